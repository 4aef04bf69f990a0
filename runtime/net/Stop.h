//===- Stop.h - asking every loop of the process to stop --------*- C++ -*-===//
//
// A stop is a number that grows; a loop remembers the number it began with.
// One eventfd that is never closed wakes all loops, so a signal handler needs
// to know no loop and cannot meet one that is being destroyed.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_NET_STOP_H
#define PLUMB_RUNTIME_NET_STOP_H

#include <cstdint>

namespace plumb::rt::net {

/// Orderly takes the time that the server's options allow. AtOnce does not
/// spread what can be done now; it also hastens an orderly one.
enum class Stop : uint8_t { Orderly, AtOnce };

/// Stops every loop that runs now. Any thread; async-signal-safe once a loop
/// has been made.
void requestStop(Stop kind = Stop::Orderly) noexcept;
/// How many stops there have been, and how many of them at once.
uint64_t stopCount() noexcept;
uint64_t hastyStopCount() noexcept;
/// Becomes readable at each stop; watch it edge-triggered. -1 when the process
/// has no descriptor left.
int stopFd() noexcept;

/// While one exists, SIGTERM requests an orderly stop, and SIGINT, behind which
/// somebody waits at a terminal, one at once. A second signal of either kind
/// ends the process on the spot, as it would without a handler. Signals that
/// were ignored stay ignored. The last guard puts back what was there.
class SignalGuard {
public:
  SignalGuard();
  ~SignalGuard();
  SignalGuard(const SignalGuard &) = delete;
  SignalGuard &operator=(const SignalGuard &) = delete;
};

} // namespace plumb::rt::net

#endif // PLUMB_RUNTIME_NET_STOP_H
