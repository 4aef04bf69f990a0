//===- Loop.h - an event loop -----------------------------------*- C++ -*-===//
//
// A loop belongs to one thread, the one that calls turn(). It reports what is
// ready and fires timers; when output is written is its user's decision, who
// does it once after each turn. That is where another way of writing (io_uring)
// would come in.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_NET_LOOP_H
#define PLUMB_RUNTIME_NET_LOOP_H

#include "runtime/base/Log.h"
#include "runtime/net/Poller.h"
#include "runtime/net/TimerQueue.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

namespace plumb::rt::net {

class Loop {
public:
  /// On epoll; throws std::system_error when the process has no descriptor
  /// left.
  Loop() : Loop(makeEpoll()) {}
  /// With a clock and a transport that a test holds.
  explicit Loop(std::unique_ptr<Poller> poller);
  ~Loop();
  Loop(const Loop &) = delete;
  Loop &operator=(const Loop &) = delete;

  /// The loop that this thread is running, or null.
  static Loop *current() noexcept;
  /// Makes a loop the current one of this thread while it exists.
  class Running {
  public:
    explicit Running(Loop &loop) noexcept;
    ~Running();
    Running(const Running &) = delete;
    Running &operator=(const Running &) = delete;

  private:
    base::HastyLog log; // Others wait for this thread.
  };

  /// Level-triggered unless `events` has EPOLLET. False with errno set.
  bool watch(int fd, EventHandler &handler, uint32_t events) noexcept {
    return poller->watch(fd, handler, events);
  }
  bool change(int fd, EventHandler &handler, uint32_t events) noexcept {
    return poller->change(fd, handler, events);
  }
  void unwatch(int fd) noexcept { poller->unwatch(fd); }

  TimerQueue &timers() noexcept { return queue; }
  /// Milliseconds of the monotonic clock when this turn's events came in.
  int64_t now() const noexcept { return turnTime; }
  /// The same now, amid the turn.
  int64_t clock() const noexcept { return poller->now(); }

  /// For the deadlines of peers, by peerTime(): as now(), but when the loop
  /// did not listen (a long callback, a process that was stopped), that counts
  /// as `heldUp` milliseconds at most. Nobody is late whom nobody heard.
  TimerQueue &patience() noexcept { return peerQueue; }
  int64_t peerTime() const noexcept { return turnTime - unheard; }
  static constexpr int64_t heldUp = 250;
  /// How long nobody was listened to before this turn, milliseconds: what comes
  /// now may have been sent at any time within.
  int64_t behind() const noexcept { return gap; }

  /// Waits until something is ready, a timer is due or wake() is called (or
  /// not at all when `wait` is false), then calls handlers, posted functions
  /// and due timers, in this order; of very many timers some in the next turn.
  void turn(bool wait);
  /// As turn(), but waits for so long at most, and false when nothing was
  /// ready. Where the kernel cannot wait for less than a millisecond: not at
  /// all.
  bool turnFor(std::chrono::nanoseconds maxWait);

  /// Makes turn() return soon. Any thread.
  void wake() noexcept;
  /// Runs `function` in a later turn, in the order posted. Any thread. What is
  /// left when the loop is destroyed is dropped.
  void post(std::function<void()> function);
  /// True once requestStop was called after the loop was made.
  bool stopRequested() const noexcept;

private:
  bool finishTurn(std::span<const epoll_event> ready, int64_t waitBegan,
                  int64_t maxWait);
  void runPosted();

  std::unique_ptr<Poller> poller;
  TimerQueue queue, peerQueue;
  int64_t turnTime;
  int64_t gap = 0;     // before this turn
  int64_t unheard = 0; // what does not count of all gaps
  uint64_t stopsBefore;
  std::atomic<bool> woken{false};
  std::mutex postLock;
  std::vector<std::function<void()>> posted; // guarded by postLock
};

} // namespace plumb::rt::net

#endif // PLUMB_RUNTIME_NET_LOOP_H
