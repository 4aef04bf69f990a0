//===- Phase.h - how far a WebSocket connection is --------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_WEBSOCKET_PHASE_H
#define PLUMB_RUNTIME_WEBSOCKET_PHASE_H

#include <cstdint>

namespace plumb::rt::websocket {

/// Goes down this list and never back, but from the two of on_connect to None,
/// when the program has refused.
enum class Phase : uint8_t {
  None,           ///< no upgrade has been asked for
  Connecting,     ///< in on_connect, before the response
  ConnectingShut, ///< the same, and the program has called close
  Open,
  Closing, ///< our close frame is queued; the peer's answer is awaited
  Closed,  ///< on_close has been called, or is being called
};

/// The response has not been sent: nothing may go out before it.
constexpr bool isConnecting(Phase phase) noexcept {
  return phase == Phase::Connecting || phase == Phase::ConnectingShut;
}

} // namespace plumb::rt::websocket

#endif // PLUMB_RUNTIME_WEBSOCKET_PHASE_H
