//===- SharedEvent.h - an eventfd of the process ----------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_NET_SHAREDEVENT_H
#define PLUMB_RUNTIME_NET_SHAREDEVENT_H

#include <atomic>

namespace plumb::rt::net {

/// An eventfd(2) that is made when it is first needed, and never closed: so a
/// signal handler cannot meet one that is. Any thread.
class SharedEvent {
public:
  /// `flags` as eventfd(2) has them.
  constexpr explicit SharedEvent(int flags) noexcept : flags(flags) {}

  /// -1 with errno when it could not be made; the next call tries again.
  int fd() noexcept;
  /// Makes it readable, if it has been made. Safe in a signal handler; keeps
  /// errno.
  void ring() noexcept;

private:
  const int flags;
  std::atomic<int> made{-1};
  static_assert(std::atomic<int>::is_always_lock_free,
                "signal handlers use it");
};

/// Adds one to an eventfd. Safe in a signal handler. False, with errno, when
/// that was not possible, which no kernel does while the descriptor is one.
bool ringEvent(int fd) noexcept;

} // namespace plumb::rt::net

#endif // PLUMB_RUNTIME_NET_SHAREDEVENT_H
