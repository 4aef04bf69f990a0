//===- TimerQueue.h - the timers of one event loop --------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_NET_TIMERQUEUE_H
#define PLUMB_RUNTIME_NET_TIMERQUEUE_H

#include <cstddef>
#include <cstdint>
#include <vector>

namespace plumb::rt::net {

/// Something that happens once at a time: embed it, arm it in a queue. Must be
/// disarmed before it is destroyed. 16 bytes.
class Timer {
public:
  bool armed() const noexcept { return position != nowhere; }

protected:
  ~Timer() = default;

private:
  friend class TimerQueue;
  static constexpr uint32_t nowhere = UINT32_MAX;
  virtual void onTimer() = 0;
  uint32_t position = nowhere;
};

/// A binary heap of timers; used by one thread. Times are milliseconds of the
/// monotonic clock. Arm and disarm cost O(log n). Timers with one deadline
/// fire in the order in which they were armed.
class TimerQueue {
public:
  static constexpr int64_t never = INT64_MAX;

  /// Arms or re-arms. Throws std::bad_alloc, the timer then being disarmed.
  void arm(Timer &timer, int64_t deadline);
  void disarm(Timer &timer) noexcept;

  /// The earliest deadline, or `never`.
  int64_t next() const noexcept {
    return heap.empty() ? never : heap.front().deadline;
  }
  /// Fires what is due at `now`. What is armed meanwhile waits for the next
  /// call, so a timer that re-arms itself cannot hold the loop.
  void fireDue(int64_t now);
  size_t size() const noexcept { return heap.size(); }

private:
  struct Entry {
    int64_t deadline;
    uint64_t order;
    Timer *timer;
    bool before(const Entry &other) const noexcept {
      return deadline != other.deadline ? deadline < other.deadline
                                        : order < other.order;
    }
  };
  void place(uint32_t at, const Entry &entry) noexcept;
  void siftUp(uint32_t at, Entry entry) noexcept;
  void siftDown(uint32_t at, Entry entry) noexcept;

  std::vector<Entry> heap;
  uint64_t orders = 0;
};

} // namespace plumb::rt::net

#endif // PLUMB_RUNTIME_NET_TIMERQUEUE_H
