//===- Json.h - One line of JSON --------------------------------*- C++ -*-===//
#ifndef PLUMB_BENCH_LOADGEN_JSON_H
#define PLUMB_BENCH_LOADGEN_JSON_H

#include "bench/loadgen/Histogram.h"

#include <cstdint>
#include <cstdio>
#include <string>

namespace plumb::bench {

/// An object that is filled in order. Names and texts are the program's own:
/// nothing in them needs escaping.
class Json {
public:
  Json &text(const std::string &name, const std::string &value) {
    return raw(name, "\"" + value + "\"");
  }
  Json &count(const std::string &name, uint64_t value) {
    return raw(name, std::to_string(value));
  }
  Json &number(const std::string &name, double value, int digits = 3) {
    char buffer[64];
    snprintf(buffer, sizeof buffer, "%.*f", digits, value);
    return raw(name, buffer);
  }
  /// `value` is JSON already.
  Json &raw(const std::string &name, const std::string &value) {
    body += (body.empty() ? "\"" : ", \"") + name + "\": " + value;
    return *this;
  }
  /// Percentiles, in microseconds.
  Json &times(const std::string &name, const Histogram &times) {
    Json inner;
    inner.count("count", times.count());
    for (auto [label, fraction] : {std::pair<const char *, double>{"p50", .5},
                                   {"p90", .9},
                                   {"p99", .99},
                                   {"p99.9", .999}})
      inner.number(label, times.microseconds(fraction), 1);
    inner.number("max", times.maxMicroseconds(), 1);
    return raw(name, inner.object());
  }
  std::string object() const { return "{" + body + "}"; }

private:
  std::string body;
};

} // namespace plumb::bench

#endif // PLUMB_BENCH_LOADGEN_JSON_H
