//===- Poller.h - where a loop's time and readiness come from ---*- C++ -*-===//
#ifndef PLUMB_RUNTIME_NET_POLLER_H
#define PLUMB_RUNTIME_NET_POLLER_H

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <sys/epoll.h>

namespace plumb::rt::net {

/// Told about a descriptor. An object that is destroyed must not be reported
/// again in the same turn: keep it until the turn is over.
class EventHandler {
public:
  /// `events` are EPOLLIN, EPOLLOUT, EPOLLHUP, EPOLLERR, EPOLLRDHUP.
  virtual void onEvents(uint32_t events) = 0;

protected:
  ~EventHandler() = default;
};

/// A clock, and what is ready when: the kernel's, or what a test holds in its
/// hands. The calls are few (some a turn), so this costs a server nothing that
/// can be measured. One thread's but for wake().
class Poller {
public:
  virtual ~Poller() = default;

  /// Milliseconds of a clock that never goes back, now.
  virtual int64_t now() const noexcept = 0;

  /// As epoll_ctl(2): level-triggered unless `events` has EPOLLET. False with
  /// errno set.
  virtual bool watch(int fd, EventHandler &handler,
                     uint32_t events) noexcept = 0;
  virtual bool change(int fd, EventHandler &handler,
                      uint32_t events) noexcept = 0;
  virtual void unwatch(int fd) noexcept = 0;

  /// Waits until something is ready, for so many milliseconds at most, or for
  /// ever when that is negative. Fills the front of `ready`, and returns it:
  /// `data.ptr` is the EventHandler, or null for what only ends the waiting.
  virtual std::span<epoll_event> wait(std::span<epoll_event> ready,
                                      int milliseconds) noexcept = 0;
  /// The same for a time that may be shorter. Where that cannot be waited for:
  /// not at all.
  virtual std::span<epoll_event>
  waitShortly(std::span<epoll_event> ready,
              std::chrono::nanoseconds maxWait) noexcept = 0;

  /// Ends the waiting, or the next one. Any thread. False when it failed.
  virtual bool wake() noexcept = 0;
};

/// The kernel's, with the monotonic clock. A stop of the process (Stop.h) wakes
/// it, too. Throws std::system_error when the process has no descriptor left.
std::unique_ptr<Poller> makeEpoll();

} // namespace plumb::rt::net

#endif // PLUMB_RUNTIME_NET_POLLER_H
