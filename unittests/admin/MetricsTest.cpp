//===- MetricsTest.cpp - counters, buckets and their exposition -----------===//

#include "runtime/admin/Exposition.h"

#include "plumb/version.h"

#include <fstream>
#include <gtest/gtest.h>
#include <openssl/crypto.h>
#include <regex>
#include <sstream>
#include <zlib.h>

using namespace plumb::rt::metrics;
using namespace plumb::rt::admin;

namespace {
bool has(const std::string &text, const std::string &line) {
  return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}
std::string expose(const Counters &metrics,
                   ExpositionFormat format = ExpositionFormat::Prometheus) {
  Values sums;
  metrics.addTo(sums);
  return expose(sums, format);
}
} // namespace

TEST(Metrics, BoundsBelongToTheirBucket) {
  constexpr BucketRange range{4, 6}; // 16, 32, 64, more
  EXPECT_EQ(range.count(), 4u);
  for (auto [value, bucket] : {std::pair<uint64_t, size_t>{0, 0},
                               {1, 0},
                               {16, 0},
                               {17, 1},
                               {32, 1},
                               {33, 2},
                               {64, 2},
                               {65, 3},
                               {UINT64_MAX, 3}})
    EXPECT_EQ(range.of(value), bucket) << value;
  EXPECT_EQ((BucketRange{0, 3}.of(1)), 0u);
  EXPECT_EQ((BucketRange{0, 3}.of(2)), 1u);
}

TEST(Metrics, HistogramsAreCumulativeAndAgree) {
  Counters metrics;
  for (uint64_t members : {0, 1, 2, 3, 1000, 1 << 20})
    metrics.observe<Distribution::FanoutSize>(members);
  std::string text = expose(metrics);
  EXPECT_TRUE(has(text, "plumb_fanout_members_bucket{le=\"1.0\"} 2")) << text;
  EXPECT_TRUE(has(text, "plumb_fanout_members_bucket{le=\"2.0\"} 3"));
  EXPECT_TRUE(has(text, "plumb_fanout_members_bucket{le=\"1024.0\"} 5"));
  EXPECT_TRUE(has(text, "plumb_fanout_members_bucket{le=\"131072.0\"} 5"));
  EXPECT_TRUE(has(text, "plumb_fanout_members_bucket{le=\"+Inf\"} 6"));
  EXPECT_TRUE(has(text, "plumb_fanout_members_sum 1049582"));
  EXPECT_TRUE(has(text, "plumb_fanout_members_count 6"));
}

TEST(Metrics, SecondsAreScaled) {
  Counters metrics;
  metrics.observe<Distribution::CallbackTime>(1500);
  std::string text = expose(metrics);
  EXPECT_TRUE(has(text, "plumb_callback_seconds_bucket{le=\"1.024e-06\"} 0"))
      << text;
  EXPECT_TRUE(has(text, "plumb_callback_seconds_bucket{le=\"2.048e-06\"} 1"));
  EXPECT_TRUE(has(text, "plumb_callback_seconds_sum 1.5e-06"));
}

TEST(Metrics, ShardsAreSummedAndGaugesMayFallOnAnother) {
  Counters one, other;
  one.add(Series::QueueBytes, 100);
  other.add(Series::QueueBytes, 50);
  other.subtract(Series::QueueBytes, 30);
  one.subtract(Series::Memberships); // What another shard had counted.
  other.add(Series::Memberships, 3);
  Values sums;
  one.addTo(sums);
  other.addTo(sums);
  EXPECT_EQ(sums[Series::QueueBytes], 120);
  EXPECT_EQ(sums[Series::Memberships], 2);
}

TEST(Metrics, EveryCodeIsCountedOnce) {
  Counters metrics;
  for (auto [code, label] : {std::pair<uint16_t, const char *>{1000, "1000"},
                             {1006, "1006"},
                             {1013, "1013"},
                             {1012, "other"},
                             {2999, "other"},
                             {3000, "3xxx"},
                             {3999, "3xxx"},
                             {4000, "4xxx"},
                             {4999, "4xxx"},
                             {5000, "other"}})
    metrics.add(Series::Connections), metrics.closed(code);
  std::string text = expose(metrics);
  for (const char *line :
       {"{code=\"1000\"} 1", "{code=\"1001\"} 0", "{code=\"1006\"} 1",
        "{code=\"1013\"} 1", "{code=\"3xxx\"} 2", "{code=\"4xxx\"} 2",
        "{code=\"other\"} 3"})
    EXPECT_TRUE(has(text, std::string("plumb_connections_closed_total") + line))
        << line;
  EXPECT_TRUE(has(text, "plumb_connections 0"));
}

TEST(Metrics, FirstCallbackIsTimedAndThenFewOfThem) {
  Counters metrics;
  EXPECT_TRUE(metrics.timesThisOne());
  int timed = 0;
  for (int i = 0; i < 64000; ++i)
    timed += metrics.timesThisOne();
  EXPECT_GT(timed, 800);
  EXPECT_LT(timed, 1200);
}

TEST(Metrics, OpenMetricsNamesCountersWithoutTotalAndEnds) {
  Counters metrics;
  std::string plain = expose(metrics);
  std::string open = expose(metrics, ExpositionFormat::OpenMetrics);
  EXPECT_TRUE(has(plain, "# TYPE plumb_sent_bytes_total counter"));
  EXPECT_TRUE(has(open, "# TYPE plumb_sent_bytes counter"));
  EXPECT_TRUE(has(open, "# UNIT plumb_sent_bytes bytes"));
  EXPECT_TRUE(has(open, "plumb_sent_bytes_total 0"));
  EXPECT_TRUE(open.ends_with("\n# EOF\n"));
  EXPECT_EQ(plain.find("# UNIT"), std::string::npos);
  EXPECT_EQ(plain.find("# EOF"), std::string::npos);
}

TEST(Metrics, LibrariesThatAreLinked) {
  Counters metrics;
  std::string labels = std::string("{version=\"") + PLUMB_VERSION +
                       "\",openssl=\"" +
                       OpenSSL_version(OPENSSL_VERSION_STRING) + "\",zlib=\"" +
                       zlibVersion() + "\"} 1";
  std::string plain = expose(metrics);
  EXPECT_TRUE(has(plain, "# TYPE plumb_build_info gauge"));
  EXPECT_TRUE(has(plain, "plumb_build_info" + labels)) << plain;
  std::string open = expose(metrics, ExpositionFormat::OpenMetrics);
  EXPECT_TRUE(has(open, "# TYPE plumb_build info"));
  EXPECT_TRUE(has(open, "plumb_build_info" + labels)) << open;
}

/// The page's table, from the list.
static std::string tableOfMetrics() {
  std::istringstream lines(expose(Counters()));
  std::string table =
      "| metric | type | labels | meaning |\n|---|---|---|---|\n";
  std::string line, help, row;
  std::vector<std::string> values;
  std::string label;
  auto finish = [&] {
    if (row.empty())
      return;
    table += row;
    if (!label.empty())
      table += "`" + label + "`";
    for (size_t i = 0; i < values.size(); ++i)
      table += (i ? ", `" : ": `") + values[i] + "`";
    table += " | " + help + " |\n";
    values.clear();
    label.clear();
  };
  std::smatch part;
  while (std::getline(lines, line)) {
    if (std::regex_match(line, part, std::regex("# HELP (\\S+) (.*)"))) {
      finish();
      help = part[2];
    } else if (std::regex_match(line, part, std::regex("# TYPE (\\S+) (.*)"))) {
      row = "| `" + part[1].str() + "` | " + part[2].str() + " | ";
    } else if (line.find("_info{") != line.npos) {
      // Their values are this machine's.
      static const std::regex labels("[{,](\\w+)=");
      for (std::sregex_iterator at(line.begin(), line.end(), labels), end;
           at != end; ++at)
        label += (label.empty() ? "" : "`, `") + (*at)[1].str();
    } else if (std::regex_match(line, part,
                                std::regex("\\S+\\{(.*)=\"(.*)\"\\} .*")) &&
               part[1] != "le") {
      label = part[1];
      values.push_back(part[2]);
    }
  }
  finish();
  return table;
}

TEST(Metrics, PageHasThemAll) {
  std::ifstream file(PLUMB_OBSERVABILITY_PAGE);
  std::stringstream page;
  page << file.rdbuf();
  std::string table = tableOfMetrics();
  EXPECT_NE(page.str().find("<!-- metrics -->\n" + table + "<!-- end -->"),
            std::string::npos)
      << "the table in docs/observability.md should be:\n"
      << table;
}
