//===- RateLimit.h - how much a second --------------------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_LIMITS_RATELIMIT_H
#define PLUMB_RUNTIME_LIMITS_RATELIMIT_H

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace plumb::rt::limits {

/// A token bucket of `burst` tokens into which `rate` fall each second. One
/// object is shared by all connections of a server; a connection has the 8
/// bytes of a Bucket. Plain data: written before the first connection.
class RateLimit {
public:
  /// Full when it is made.
  class Bucket {
    friend class RateLimit;
    int64_t fullAt = INT64_MIN; // nanoseconds
  };

  RateLimit() noexcept = default;
  /// `rate` 0: no limit. `burst` 0: as many as come in a second.
  RateLimit(int64_t rate, int64_t burst) noexcept
      : on(rate > 0), cost(rate > 0 ? 1e9 / static_cast<double>(rate) : 0),
        // Half a token more, because costs are rounded; at most a century.
        depth(static_cast<int64_t>(std::min(
            (static_cast<double>(burst > 0 ? burst : rate) + 0.5) * cost,
            3e18))) {}

  explicit operator bool() const noexcept { return on; }

  /// Takes `tokens` out; false, having taken nothing, when there are not so
  /// many. `now` is the loop's time in milliseconds: no clock is asked. What is
  /// counted may have been sent up to `behind` milliseconds ago.
  bool take(Bucket &bucket, int64_t now, size_t tokens = 1,
            int64_t behind = 0) const noexcept {
    if (!on)
      return true;
    // The bucket is kept as the time at which it will be full again, so that
    // nothing has to be done as time goes by ("virtual scheduling", ITU-T
    // I.371).
    int64_t time = now * 1'000'000;
    double filling = static_cast<double>(tokens) * cost;
    int64_t start = std::max(bucket.fullAt, time - behind * 1'000'000);
    if (filling > static_cast<double>(depth - (start - time)))
      return false;
    bucket.fullAt = start + static_cast<int64_t>(filling);
    return true;
  }

private:
  bool on = false;
  double cost = 0;   // nanoseconds in which a token falls
  int64_t depth = 0; // nanoseconds in which an empty bucket fills
};

} // namespace plumb::rt::limits

#endif // PLUMB_RUNTIME_LIMITS_RATELIMIT_H
