//===- Exposition.cpp - metrics as a scraper reads them -------------------===//

#include "runtime/admin/Exposition.h"
#include "runtime/admin/BuildInfo.h"

#include <charconv>

namespace plumb::rt::admin {

/// As std::ldexp(1, exponent), which would be the one thing to need libm.
static double powerOfTwo(int exponent) noexcept {
  uint64_t power = uint64_t(1) << (exponent < 0 ? -exponent : exponent);
  return exponent < 0 ? 1 / static_cast<double>(power)
                      : static_cast<double>(power);
}

namespace {
enum class Row : uint8_t { Counter, Gauge, Series, Histogram, Info };

/// Metrics.def line by line.
struct Line {
  Row row;
  std::string_view name; ///< of a series: the label's value
  std::string_view unit, label, help;
  uint16_t index = 0; ///< of a Series or Distribution
  double scale = 1;
};
constexpr Line lines[] = {
#define PLUMB_METRIC(KIND, NAME, UNIT, LABEL, HELP)                            \
  {Row::KIND, NAME, UNIT, LABEL, HELP},
#define PLUMB_SERIES(ID, VALUE)                                                \
  {Row::Series, VALUE, "", "", "", static_cast<uint16_t>(metrics::Series::ID)},
#define PLUMB_INFO(NAME, HELP) {Row::Info, NAME, "", "", HELP},
#define PLUMB_HISTOGRAM(ID, NAME, UNIT, SCALE, MIN, MAX, HELP)                 \
  {Row::Histogram, NAME, UNIT,                                                 \
   "le",           HELP, static_cast<uint16_t>(metrics::Distribution::ID),     \
   SCALE},
#include "runtime/metrics/Metrics.def"
};

void append(std::string &out, double value) {
  char text[32];
  auto [end, error] = std::to_chars(text, text + sizeof text, value);
  std::string_view written(text, static_cast<size_t>(end - text));
  out += written;
  // "4" and "4.0" are different labels; OpenMetrics wants the second.
  if (written.find_first_of(".e") == std::string_view::npos)
    out += ".0";
}

/// `name{label="value"} `; texts of the table need no escapes.
void sample(std::string &out, std::string_view name, std::string_view suffix,
            std::string_view label, std::string_view value) {
  (out += name) += suffix;
  if (!label.empty())
    ((((out += '{') += label) += "=\"") += value) += "\"}";
  out += ' ';
}

void histogram(std::string &out, const Line &line,
               const metrics::BucketRange &range,
               const metrics::Values::Histogram &values) {
  uint64_t below = 0;
  for (size_t i = 0; i < range.count(); ++i) {
    below += values.buckets[i];
    std::string bound = "+Inf";
    if (i + 1 < range.count())
      append(bound = "",
             line.scale * powerOfTwo(static_cast<int>(range.min + i)));
    sample(out, line.name, "_bucket", line.label, bound);
    (out += std::to_string(below)) += '\n';
  }
  sample(out, line.name, "_sum", "", "");
  if (line.scale == 1)
    out += std::to_string(values.sum);
  else
    append(out, static_cast<double>(values.sum) * line.scale);
  out += '\n';
  sample(out, line.name, "_count", "", "");
  (out += std::to_string(below)) += '\n';
}

/// Versions need no escapes, either.
void buildInfo(std::string &out, std::string_view name) {
  (out += name) += "_info{";
  for (const BuiltIn &part : builtIns())
    (((out += part.name) += "=\"") += part.version) += "\",";
  out.back() = '}';
  out += " 1\n";
}
} // namespace

std::string_view mediaType(ExpositionFormat format) noexcept {
  return format == ExpositionFormat::Prometheus
             ? "text/plain; version=0.0.4; charset=utf-8"
             : "application/openmetrics-text; version=1.0.0; charset=utf-8";
}

std::string expose(const metrics::Values &values, ExpositionFormat format) {
  bool open = format == ExpositionFormat::OpenMetrics;
  const std::string_view types[] = {"counter", "gauge", "", "histogram",
                                    open ? "info" : "gauge"};
  std::string out;
  out.reserve(16384);
  const Line *metric = lines; // a series comes after its metric
  for (const Line &line : lines) {
    if (line.row == Row::Series) {
      sample(out, metric->name, metric->row == Row::Counter ? "_total" : "",
             metric->label, line.name);
      (out += std::to_string(values.series[line.index])) += '\n';
      continue;
    }
    metric = &line;
    // A metric's own name is without a suffix in OpenMetrics only.
    std::string name(line.name);
    if (line.row == Row::Counter && !open)
      name += "_total";
    if (line.row == Row::Info && !open)
      name += "_info";
    ((((out += "# HELP ") += name) += ' ') += line.help) += '\n';
    ((((out += "# TYPE ") += name) += ' ') +=
     types[static_cast<int>(line.row)]) += '\n';
    if (open && !line.unit.empty())
      ((((out += "# UNIT ") += name) += ' ') += line.unit) += '\n';
    if (line.row == Row::Info)
      buildInfo(out, line.name);
    if (line.row == Row::Histogram)
      histogram(out, line, metrics::bucketRanges[line.index],
                values.histograms[line.index]);
  }
  if (open)
    out += "# EOF\n";
  return out;
}

} // namespace plumb::rt::admin
