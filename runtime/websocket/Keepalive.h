//===- Keepalive.h - whether a peer is still there --------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_WEBSOCKET_KEEPALIVE_H
#define PLUMB_RUNTIME_WEBSOCKET_KEEPALIVE_H

#include "runtime/limits/Patience.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>

namespace plumb::rt::websocket {

/// When a silent peer is pinged, when it is given up, and when one has said
/// nothing to the program for too long. Times are a peer's (net::Loop), in
/// milliseconds; nothing here asks a clock.
class Keepalive {
public:
  static constexpr int64_t never = std::numeric_limits<int64_t>::max();
  struct Timeouts {
    int64_t pingInterval = 0; ///< 0: no pings
    int64_t pongTimeout = 0;
    int64_t idleTimeout = 0; ///< 0: none
  };
  enum class Due : uint8_t { Nothing, Ping, GiveUp, Idle };

  void begin(int64_t now) noexcept { silentSince = lastMessage = now; }
  /// Bytes of any kind have come. True when that was awaited: the deadline is
  /// another now.
  bool heard(int64_t now) noexcept {
    silentSince = now;
    return std::exchange(pinged, false);
  }
  void gotMessage(int64_t now) noexcept { lastMessage = now; }
  bool awaitsPong() const noexcept { return pinged; }

  /// What is to be done now. `readersMark` is asked for while it awaitsPong():
  /// another number whenever the peer has taken some of what was sent.
  template <typename Mark>
  Due due(const Timeouts &timeouts, int64_t now, Mark &&readersMark) {
    if (timeouts.idleTimeout > 0 && now - lastMessage >= timeouts.idleTimeout)
      return Due::Idle;
    if (pinged && readsOn(readersMark()))
      silentSince = now;
    if (pinged)
      return now - silentSince >= timeouts.pongTimeout ? Due::GiveUp
                                                       : Due::Nothing;
    if (timeouts.pingInterval <= 0 || now - silentSince < timeouts.pingInterval)
      return Due::Nothing;
    pinged = true;
    looked = false;
    silentSince = now;
    return Due::Ping;
  }
  /// When to ask again; `never` when nothing can become due by itself.
  int64_t deadline(const Timeouts &timeouts, int64_t now) const noexcept {
    int64_t next = never;
    if (pinged) // Or when the reader is looked at next.
      next = std::min(silentSince + timeouts.pongTimeout,
                      now + limits::lookEvery(timeouts.pongTimeout));
    else if (timeouts.pingInterval > 0)
      next = silentSince + timeouts.pingInterval;
    if (timeouts.idleTimeout > 0)
      next = std::min(next, lastMessage + timeouts.idleTimeout);
    return next;
  }

private:
  /// A ping waits behind what the peer has not read yet: while it reads it is
  /// alive. The first look is for what its kernel takes without it, the ping
  /// too.
  bool readsOn(uint64_t mark) noexcept {
    bool isFirst = !std::exchange(looked, true);
    return std::exchange(lastMark, mark) != mark && !isFirst;
  }

  int64_t silentSince = 0; ///< time of the last byte, or the last ping
  int64_t lastMessage = 0;
  uint64_t lastMark = 0; ///< at the last look
  bool pinged = false, looked = false;
};

} // namespace plumb::rt::websocket

#endif // PLUMB_RUNTIME_WEBSOCKET_KEEPALIVE_H
