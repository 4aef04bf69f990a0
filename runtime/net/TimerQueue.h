//===- TimerQueue.h - the timers of one event loop --------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_NET_TIMERQUEUE_H
#define PLUMB_RUNTIME_NET_TIMERQUEUE_H

#include <array>
#include <cstddef>
#include <cstdint>

namespace plumb::rt::net {

/// A place in a ring; a ring's head is one, too.
struct TimerLink {
  TimerLink *next = nullptr, *previous = nullptr;
};

/// Something that happens once at a time: embed it, arm it in a queue. Must be
/// disarmed before it is destroyed. 32 bytes.
class Timer : TimerLink {
public:
  Timer() = default;
  Timer(const Timer &) = delete;
  Timer &operator=(const Timer &) = delete;
  bool armed() const noexcept { return next != nullptr; }

protected:
  ~Timer() = default;

private:
  friend class TimerQueue;
  virtual void onTimer() = 0;
  int64_t deadline = 0;
};

/// A hierarchical timing wheel (Varghese and Lauck, SOSP 1987): 64 slots a
/// level, a slot of one level as long as all of the level below, the lowest of
/// a millisecond. Used by one thread. Times are milliseconds of the monotonic
/// clock, from 0 to INT64_MAX.
///
/// Arm and disarm cost O(1), cannot fail and take no memory; a timer is moved
/// down at most once a level before it fires. None fires early; they fire in
/// the order of their deadlines, those with one deadline in the order in which
/// they were armed. A deadline that has passed when it is armed counts as the
/// time of the last fireDue().
class TimerQueue {
public:
  static constexpr int64_t never = INT64_MAX;

  explicit TimerQueue(int64_t now = 0) noexcept;
  TimerQueue(const TimerQueue &) = delete;
  TimerQueue &operator=(const TimerQueue &) = delete;

  /// Arms or re-arms.
  void arm(Timer &timer, int64_t deadline) noexcept;
  void disarm(Timer &timer) noexcept;

  /// When to call fireDue() next: the earliest deadline if that is less than
  /// 64 ms ahead, else that or earlier (there may be timers to move down);
  /// `never` when nothing is armed.
  int64_t next() const noexcept;
  /// Fires what is due at `now`, which never goes back. What is armed meanwhile
  /// waits for the next call, so a timer that re-arms itself cannot hold the
  /// loop. Fires `maxTimers` of them; the rest fires at the next call, also
  /// when a timer throws.
  void fireDue(int64_t now, size_t maxTimers = SIZE_MAX);
  size_t size() const noexcept { return count; }

private:
  static constexpr unsigned bits = 6, slots = 1u << bits;
  static constexpr unsigned levels = 11; // All of int64_t.
  struct Place {
    unsigned level, slot;
  };
  Place placeOf(int64_t deadline) const noexcept;
  Place firstPlace() const noexcept;
  int64_t startOf(Place place) const noexcept;
  void insert(Timer &timer, TimerLink &whenDue) noexcept;
  void clear(Place place) noexcept;
  void advance(int64_t now) noexcept;

  // Each armed timer is in `due` or `firing` when its deadline is not after
  // `time`, else where placeOf() says. That stays so as `time` goes on, up to
  // the start of the slot: hence no timer remembers its place.
  int64_t time;
  size_t count = 0;
  TimerLink due;    ///< for the next fireDue()
  TimerLink firing; ///< for this one
  uint32_t usedLevels = 0;
  std::array<uint64_t, levels> usedSlots = {}; ///< a bit for each that is used
  std::array<std::array<TimerLink, slots>, levels> wheel;
};

} // namespace plumb::rt::net

#endif // PLUMB_RUNTIME_NET_TIMERQUEUE_H
