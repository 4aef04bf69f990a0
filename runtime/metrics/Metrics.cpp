//===- Metrics.cpp - what a shard counts ----------------------------------===//

#include "runtime/metrics/Metrics.h"
#include "runtime/base/Clock.h"

namespace plumb::rt::metrics {

std::string_view labelOf(Series series) noexcept {
  static constexpr std::string_view labels[] = {
#define PLUMB_SERIES(ID, VALUE) VALUE,
#include "runtime/metrics/Metrics.def"
  };
  return labels[static_cast<size_t>(series)];
}

static Series seriesOf(uint16_t code) noexcept {
  switch (code) {
#define PLUMB_CLOSE(CODE)                                                      \
  case CODE:                                                                   \
    return Series::Closed##CODE;
#include "runtime/metrics/Metrics.def"
  default:
    return code >= 5000 || code < 3000 ? Series::ClosedOther
           : code < 4000               ? Series::Closed3xxx
                                       : Series::Closed4xxx;
  }
}

void Counters::closed(uint16_t code) noexcept {
  subtract(Series::Connections);
  add(seriesOf(code));
}

uint32_t Counters::nextDistance() noexcept {
  random ^= random << 13; // xorshift
  random ^= random >> 17;
  random ^= random << 5;
  return 1 + random % 127;
}

void Counters::addTo(Values &sums) const noexcept {
  for (size_t i = 0; i < seriesCount; ++i)
    sums.series[i] += static_cast<int64_t>(
        series[i].load(std::memory_order_relaxed)); // Gauges may wrap.
  for (size_t i = 0; i < distributionCount; ++i) {
    for (size_t k = 0; k < maxBuckets; ++k)
      sums.histograms[i].buckets[k] +=
          histograms[i].buckets[k].load(std::memory_order_relaxed);
    sums.histograms[i].sum += histograms[i].sum.load(std::memory_order_relaxed);
  }
}

uint64_t CallbackTimer::nanoseconds() noexcept {
  return static_cast<uint64_t>(base::steadyNanoseconds());
}

} // namespace plumb::rt::metrics
