//===- WsProgram.h - the handlers of a compiled program ---------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_ABI_WSPROGRAM_H
#define PLUMB_RUNTIME_ABI_WSPROGRAM_H

#include "plumb/Runtime/Environment.h"
#include "plumb/ws.h"
#include "runtime/rooms/Token.h"
#include "runtime/websocket/Program.h"

#include <span>
#include <string_view>

namespace plumb::rt {

/// A connection as the program sees it, and back.
inline plumb_ws_conn handleOf(rooms::Token token) noexcept {
  return reinterpret_cast<plumb_ws_conn>(token.value());
}
inline rooms::Token tokenOf(plumb_ws_conn handle) noexcept {
  return rooms::Token(reinterpret_cast<uint64_t>(handle));
}

/// A program as C functions, each with its environment. A handler that fails is
/// logged, and its connection is closed with 1011.
struct WsProgram final : websocket::Program {
  plumb_ws_on_connect connect;
  plumb_ws_on_message message;
  plumb_ws_on_close closed;
  plumb_ws_on_binary binary;
  plumb_ws_on_drained drained;
  void *connectEnv, *messageEnv, *closedEnv, *binaryEnv, *drainedEnv;
  GivenEnvironment given[5]; ///< of those

  bool onConnect(rooms::Token token) override;
  void onText(rooms::Token token, std::span<uint8_t> payload) override;
  void onBinary(rooms::Token token, std::span<uint8_t> payload) override;
  void onClose(rooms::Token token, uint16_t code,
               std::string_view reason) override;
  void onDrained(rooms::Token token) override;
  bool takesBinary() const override { return binary != nullptr; }
};

} // namespace plumb::rt

#endif // PLUMB_RUNTIME_ABI_WSPROGRAM_H
