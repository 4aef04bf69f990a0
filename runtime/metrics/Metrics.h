//===- Metrics.h - what a shard counts --------------------------*- C++ -*-===//
//
// The list is Metrics.def. Each shard has a block of its own, which its thread
// changes without a lock prefix (a relaxed load and a relaxed store) and any
// thread may read: the numbers of one read are not of one instant, but each
// counter only grows. Nothing here allocates, throws or calls the system.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_METRICS_METRICS_H
#define PLUMB_RUNTIME_METRICS_METRICS_H

#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>

namespace plumb::rt::metrics {

enum class Series : uint16_t {
#define PLUMB_SERIES(ID, VALUE) ID,
#include "runtime/metrics/Metrics.def"
};
enum class Distribution : uint8_t {
#define PLUMB_HISTOGRAM(ID, NAME, UNIT, SCALE, MIN, MAX, HELP) ID,
#include "runtime/metrics/Metrics.def"
};

/// The value of a series' label.
std::string_view labelOf(Series series) noexcept;

inline constexpr Series allSeries[] = {
#define PLUMB_SERIES(ID, VALUE) Series::ID,
#include "runtime/metrics/Metrics.def"
};
inline constexpr size_t seriesCount = std::size(allSeries);

/// Buckets of a distribution: up to 2^min ... 2^max, and one for the rest.
struct BucketRange {
  uint8_t min, max;
  constexpr size_t count() const noexcept { return max - min + 2u; }
  /// The bucket of a value, as Prometheus has it: the bounds belong to it.
  constexpr size_t of(uint64_t value) const noexcept {
    auto power = static_cast<unsigned>(std::bit_width(value ? value - 1 : 0));
    return power <= min ? 0 : power > max ? count() - 1 : power - min;
  }
};
inline constexpr auto bucketRanges = std::to_array<BucketRange>({
#define PLUMB_HISTOGRAM(ID, NAME, UNIT, SCALE, MIN, MAX, HELP)                 \
  BucketRange{MIN, MAX},
#include "runtime/metrics/Metrics.def"
});
inline constexpr size_t distributionCount = bucketRanges.size();
inline constexpr size_t maxBuckets = 32;

/// Numbers of one shard, or the sums of several.
struct Values {
  std::array<int64_t, seriesCount> series = {};
  struct Histogram {
    std::array<uint64_t, maxBuckets> buckets = {};
    uint64_t sum = 0;
  };
  std::array<Histogram, distributionCount> histograms = {};

  int64_t &operator[](Series which) noexcept {
    return series[static_cast<size_t>(which)];
  }
};

class alignas(64) Counters {
public:
  // The shard's thread.
  void add(Series which, uint64_t count = 1) noexcept {
    bump(cell(which), count);
  }
  /// Of a gauge.
  void subtract(Series which, uint64_t count = 1) noexcept {
    bump(cell(which), -count);
  }
  template <Distribution Which> void observe(uint64_t value) noexcept {
    constexpr auto index = static_cast<size_t>(Which);
    static_assert(bucketRanges[index].count() <= maxBuckets);
    bump(histograms[index].buckets[bucketRanges[index].of(value)], 1);
    bump(histograms[index].sum, value);
  }
  void received(size_t bytes) noexcept { add(Series::BytesReceived, bytes); }
  /// One write to a client has taken so many bytes, 0 when it took none.
  void sent(size_t bytes) noexcept {
    if (bytes == 0)
      return;
    add(Series::BytesSent, bytes);
    observe<Distribution::FlushSize>(bytes);
  }
  /// A room's message has been given to so many members.
  void broadcast(size_t members) noexcept {
    add(Series::Broadcasts);
    add(Series::MessagesSent, members);
    observe<Distribution::FanoutSize>(members);
  }
  /// A connection's on_close was given this code.
  void closed(uint16_t code) noexcept;
  /// About one of 64 callbacks is to be timed, at random distances, so that no
  /// pattern of the program's hides from it.
  bool timesThisOne() noexcept {
    --untilTimed;
    if (untilTimed != 0)
      return false;
    untilTimed = nextDistance();
    return true;
  }

  /// Any thread: for series that are never changed by add().
  void addShared(Series which, uint64_t count = 1) noexcept {
    cell(which).fetch_add(count, std::memory_order_relaxed);
  }
  uint64_t read(Series which) const noexcept {
    return series[static_cast<size_t>(which)].load(std::memory_order_relaxed);
  }
  void addTo(Values &sums) const noexcept;

private:
  using Cell = std::atomic<uint64_t>;
  static void bump(Cell &cell, uint64_t count) noexcept {
    cell.store(cell.load(std::memory_order_relaxed) + count,
               std::memory_order_relaxed);
  }
  Cell &cell(Series which) noexcept {
    return series[static_cast<size_t>(which)];
  }
  uint32_t nextDistance() noexcept;

  std::array<Cell, seriesCount> series = {};
  struct Histogram {
    std::array<Cell, maxBuckets> buckets = {};
    Cell sum = 0;
  };
  std::array<Histogram, distributionCount> histograms = {};
  uint32_t untilTimed = 1;
  uint32_t random = 0x9e3779b9;
};

/// Exists during a callback; now and then it looks at the clock.
class CallbackTimer {
public:
  explicit CallbackTimer(Counters &counters) noexcept
      : counters(counters.timesThisOne() ? &counters : nullptr) {
    if (this->counters) [[unlikely]]
      begin = nanoseconds();
  }
  ~CallbackTimer() {
    if (counters) [[unlikely]]
      counters->observe<Distribution::CallbackTime>(nanoseconds() - begin);
  }
  CallbackTimer(const CallbackTimer &) = delete;
  CallbackTimer &operator=(const CallbackTimer &) = delete;

private:
  static uint64_t nanoseconds() noexcept;

  Counters *counters;
  uint64_t begin = 0;
};

} // namespace plumb::rt::metrics

#endif // PLUMB_RUNTIME_METRICS_METRICS_H
