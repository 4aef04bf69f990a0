//===- Occasional.h - what is said now and then -----------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_ROOMS_OCCASIONAL_H
#define PLUMB_RUNTIME_ROOMS_OCCASIONAL_H

#include <atomic>
#include <cstdint>

namespace plumb::rt::rooms {

/// For lines of the log that a peer can cause: due() is true at most once a
/// minute, whichever threads ask. Times are milliseconds of one clock.
class Occasional {
public:
  bool due(int64_t now) noexcept {
    int64_t from = next.load(std::memory_order_relaxed);
    return now >= from && next.compare_exchange_strong(
                              from, now + 60'000, std::memory_order_relaxed);
  }

private:
  std::atomic<int64_t> next{INT64_MIN};
};

} // namespace plumb::rt::rooms

#endif // PLUMB_RUNTIME_ROOMS_OCCASIONAL_H
