//===- Histogram.h - Times, to within one in 128 ----------------*- C++ -*-===//
#ifndef PLUMB_BENCH_LOADGEN_HISTOGRAM_H
#define PLUMB_BENCH_LOADGEN_HISTOGRAM_H

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

namespace plumb::bench {

/// Counts values by the power of two that they are in, each power in 64 equal
/// parts, as HDR histograms do: any percentile is right to within 0.8 %, in a
/// fixed 32 KB. Values are nanoseconds. One thread.
class Histogram {
public:
  Histogram() : counts(64 * parts) {}

  void add(double seconds) {
    auto value = uint64_t(std::max(0.0, seconds) * 1e9);
    ++counts[placeOf(value)];
    ++total;
    max = std::max(max, value);
  }
  uint64_t count() const { return total; }
  double maxMicroseconds() const { return double(max) * 1e-3; }

  /// The value that `fraction` of all are not above, in microseconds.
  double microseconds(double fraction) const {
    auto rank = uint64_t(std::llround(fraction * double(total)));
    rank = std::clamp<uint64_t>(rank, 1, std::max<uint64_t>(total, 1));
    uint64_t seen = 0;
    for (unsigned place = 0; place < counts.size(); ++place) {
      seen += counts[place];
      if (seen >= rank)
        return std::min(middleOf(place), double(max)) * 1e-3;
    }
    return 0;
  }

private:
  static constexpr unsigned bits = 6, parts = 1 << bits;

  /// Below 64 each value has a place of its own.
  static unsigned placeOf(uint64_t value) {
    if (value < parts)
      return unsigned(value);
    unsigned power = unsigned(std::bit_width(value)) - 1 - bits;
    return (power + 1) * parts + unsigned((value >> power) & (parts - 1));
  }
  static double middleOf(unsigned place) {
    if (place < parts)
      return place;
    unsigned power = place / parts - 1;
    return (double(place % parts + parts) + 0.5) * double(uint64_t(1) << power);
  }

  std::vector<uint64_t> counts;
  uint64_t total = 0, max = 0;
};

} // namespace plumb::bench

#endif // PLUMB_BENCH_LOADGEN_HISTOGRAM_H
