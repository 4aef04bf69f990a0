//===- Pace.h - When messages of an open loop are due -----------*- C++ -*-===//
#ifndef PLUMB_BENCH_LOADGEN_PACE_H
#define PLUMB_BENCH_LOADGEN_PACE_H

#include <algorithm>

namespace plumb::bench {

/// Times at which messages are due, whatever has become of earlier ones: the
/// rate is `from` until `rampBegin`, grows evenly for `rampSeconds`, and stays
/// at `to`. Rates are messages a second, times are seconds of `now()`.
class Pace {
public:
  Pace(double from, double to, double begin, double rampBegin,
       double rampSeconds)
      : from(from), to(to), rampBegin(rampBegin), rampSeconds(rampSeconds),
        due(begin) {}

  double next() const { return due; }
  void advance() { due += 1 / rate(); }
  /// The rate at the time of the next message.
  double rate() const {
    double part = rampSeconds > 0 ? (due - rampBegin) / rampSeconds : 1;
    return from + (to - from) * std::clamp(part, 0.0, 1.0);
  }

private:
  double from, to, rampBegin, rampSeconds, due;
};

} // namespace plumb::bench

#endif // PLUMB_BENCH_LOADGEN_PACE_H
