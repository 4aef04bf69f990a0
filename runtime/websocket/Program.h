//===- Program.h - the program that a session calls back --------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_WEBSOCKET_PROGRAM_H
#define PLUMB_RUNTIME_WEBSOCKET_PROGRAM_H

#include "runtime/rooms/Token.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace plumb::rt::websocket {

/// Called on the connection's shard, one call at a time there; with several
/// shards, calls for connections of different shards run at once. Messages are
/// as wire::Event has them: 8-byte aligned, with 8 writable bytes in front,
/// valid during the call.
class Program {
public:
  /// False refuses with HTTP 403, HandlerFailed with 500; no more calls for it.
  virtual bool onConnect(rooms::Token connection) = 0;
  virtual void onText(rooms::Token connection, std::span<uint8_t> message) = 0;
  virtual void onBinary(rooms::Token connection,
                        std::span<uint8_t> message) = 0;
  /// Exactly once for each accepted connection; the token is stale afterwards.
  virtual void onClose(rooms::Token connection, uint16_t code,
                       std::string_view reason) = 0;
  /// A queue that was full has emptied: the connection takes messages again.
  virtual void onDrained(rooms::Token connection) = 0;
  /// False: binary messages close the connection with 1003.
  virtual bool takesBinary() const = 0;

protected:
  ~Program() = default;
};

} // namespace plumb::rt::websocket

#endif // PLUMB_RUNTIME_WEBSOCKET_PROGRAM_H
