//===- PrometheusText.h - a strict reader of expositions --------*- C++ -*-===//
#ifndef PLUMB_UNITTESTS_ABI_PROMETHEUSTEXT_H
#define PLUMB_UNITTESTS_ABI_PROMETHEUSTEXT_H

#include <map>
#include <string>

namespace plumb::test {

/// An exposition in Prometheus' text format 0.0.4.
struct Exposition {
  /// By `name{label="value"}` as written.
  std::map<std::string, double> samples;
  std::map<std::string, std::string> types, help; ///< by the metric's name
  /// The first rule that was broken, with the line; else empty.
  std::string wrong;

  /// Rules: each line ends; HELP and TYPE once, before the samples; the samples
  /// of a metric together, and none twice; names and escapes as allowed;
  /// counters end in _total; buckets ascend and are cumulative, +Inf is there
  /// and is _count; _sum is there.
  explicit Exposition(const std::string &text);

  double operator[](const std::string &sample) const {
    auto found = samples.find(sample);
    return found == samples.end() ? -1 : found->second;
  }
};

} // namespace plumb::test

#endif // PLUMB_UNITTESTS_ABI_PROMETHEUSTEXT_H
