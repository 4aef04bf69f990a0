//===- Clock.h - what time it is --------------------------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_BASE_CLOCK_H
#define PLUMB_RUNTIME_BASE_CLOCK_H

#include <cstdint>
#include <time.h>

namespace plumb::rt::base {

namespace detail {
inline timespec timeOf(clockid_t clock) noexcept {
  timespec time;
  ::clock_gettime(clock, &time);
  return time;
}
inline int64_t milliseconds(const timespec &time) noexcept {
  return int64_t(time.tv_sec) * 1000 + time.tv_nsec / 1000000;
}
} // namespace detail

/// Of the monotonic clock (CLOCK_MONOTONIC), which nobody sets.
inline int64_t steadyMilliseconds() noexcept {
  return detail::milliseconds(detail::timeOf(CLOCK_MONOTONIC));
}
inline int64_t steadyNanoseconds() noexcept {
  timespec time = detail::timeOf(CLOCK_MONOTONIC);
  return int64_t(time.tv_sec) * 1000000000 + time.tv_nsec;
}

/// Since 1970, UTC; may go back when somebody sets the clock.
inline int64_t wallMilliseconds() noexcept {
  return detail::milliseconds(detail::timeOf(CLOCK_REALTIME));
}

} // namespace plumb::rt::base

#endif // PLUMB_RUNTIME_BASE_CLOCK_H
