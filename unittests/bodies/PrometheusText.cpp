//===- PrometheusText.cpp - a strict reader of expositions ----------------===//

#include "PrometheusText.h"

#include <cmath>
#include <cstdlib>
#include <regex>
#include <set>
#include <vector>

namespace plumb::test {

namespace {
struct Reader {
  Exposition &out;
  std::string current;            ///< the metric whose lines these are
  std::set<std::string> finished; ///< those that may not come again
  struct Buckets {
    double bound = -INFINITY, count = 0;
    bool sum = false, total = false;
  };
  std::map<std::string, Buckets> histograms;

  bool enter(const std::string &metric) {
    if (metric == current)
      return true;
    if (!current.empty())
      finished.insert(current);
    current = metric;
    return !finished.contains(metric);
  }

  std::string comment(const std::string &line) {
    static const std::regex form(
        "# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
    std::smatch part;
    if (!std::regex_match(line, part, form))
      return "neither HELP nor TYPE";
    if (!enter(part[2]))
      return "its metric was over";
    auto &map = part[1] == "HELP" ? out.help : out.types;
    if (!map.emplace(part[2], part[3]).second)
      return "twice";
    if (part[1] == "HELP")
      return std::regex_search(std::string(part[3]), std::regex("\\\\[^\\\\n]"))
                 ? "an escape that is none"
                 : "";
    if (part[3] != "counter" && part[3] != "gauge" && part[3] != "histogram")
      return "no such type";
    if (part[3] == "counter" && !std::string(part[2]).ends_with("_total"))
      return "a counter without _total";
    return "";
  }

  std::string sample(const std::string &line) {
    static const std::string label =
        "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\]|\\\\[\\\\\"n])*\"";
    static const std::regex form("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{" + label +
                                 "(?:," + label + ")*\\})? (\\S+)");
    std::smatch part;
    if (!std::regex_match(line, part, form))
      return "no sample";
    std::string name = part[1], metric = name, suffix;
    for (const char *end : {"_bucket", "_sum", "_count"})
      if (name.ends_with(end)) {
        std::string base =
            name.substr(0, name.size() - std::string(end).size());
        auto type = out.types.find(base);
        if (type != out.types.end() && type->second == "histogram")
          metric = base, suffix = end;
      }
    if (metric != current || !out.types.contains(metric) ||
        !out.help.contains(metric))
      return "not behind its HELP and TYPE";
    if (out.types[metric] == "histogram" && suffix.empty())
      return "a histogram has no sample of its own name";
    char *end;
    std::string written = part[3];
    double value = std::strtod(written.c_str(), &end);
    if (*end)
      return "no number";
    if (!out.samples.emplace(name + std::string(part[2]), value).second)
      return "twice";
    if (suffix.empty())
      return out.types[metric] == "counter" && value < 0 ? "negative" : "";
    Buckets &buckets = histograms[metric];
    if (suffix == "_bucket") {
      std::string label = part[2];
      if (!label.starts_with("{le=\""))
        return "a bucket without le";
      double bound = std::strtod(label.c_str() + 5, nullptr);
      if (bound <= buckets.bound || value < buckets.count)
        return "buckets do not grow";
      buckets.bound = bound;
      buckets.count = value;
    } else if (suffix == "_sum") {
      buckets.sum = true;
    } else {
      buckets.total = true;
      if (buckets.bound != INFINITY || value != buckets.count)
        return "_count is not the last bucket";
    }
    return "";
  }
};
} // namespace

Exposition::Exposition(const std::string &text) {
  Reader reader{*this, {}, {}, {}};
  size_t at = 0;
  while (at < text.size()) {
    size_t end = text.find('\n', at);
    if (end == std::string::npos) {
      wrong = "the last line has no end";
      return;
    }
    std::string line = text.substr(at, end - at);
    at = end + 1;
    std::string why =
        line.starts_with('#') ? reader.comment(line) : reader.sample(line);
    if (!why.empty()) {
      wrong = why + ": " + line;
      return;
    }
  }
  for (const auto &[name, type] : types)
    if (type == "histogram" &&
        (!reader.histograms[name].sum || !reader.histograms[name].total))
      wrong = "no _sum or _count: " + name;
}

} // namespace plumb::test
