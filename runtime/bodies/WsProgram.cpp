//===- WsProgram.cpp - the handlers of a compiled program -----------------===//

#include "runtime/bodies/WsProgram.h"
#include "plumb/Runtime/Contain.h"
#include "plumb/Runtime/Text.h"
#include "runtime/base/Utf8.h"
#include "runtime/server/ProgramCalls.h"
#include "runtime/websocket/HandlerFailed.h"
#include "runtime/wire/CloseCode.h"

#include <cstring>
#include <new>
#include <string>

namespace plumb::rt {

using rooms::Token;
using server::Connection;
using server::ProgramCalls;

/// "127.0.0.1:4711 (/chat)"
static std::string nameOf(Token token) {
  std::string name;
  ProgramCalls::read(token, [&](const Connection &connection) {
    Failure path; // A peer chose it.
    path.set(base::toUtf8(connection.request().path()));
    name = connection.peer().text() + " (" + std::string(path.why()) + ")";
  });
  return name;
}

static void logFailure(const char *handler, Token token,
                       const Failure &failure) noexcept {
  try {
    logFailure(handler, nameOf(token), failure);
  } catch (const std::bad_alloc &) {
    logFailure(handler, "a connection", failure);
  }
}

/// One call of a handler; false, after a line in the log, when it failed.
template <typename Call>
static bool run(const char *handler, Token token, Call &&call) {
  Failure failure;
  if (contain(failure, call)) [[likely]]
    return true;
  logFailure(handler, token, failure);
  return false;
}

/// The peer learns no more than that it was not its own fault.
static void closeFailed(Token token) {
  (void)ProgramCalls::close(token, wire::close::InternalError,
                            "internal error");
}

/// The 8 bytes in front of a message are ours: its length goes there.
template <typename Text> static Text *inPlace(std::span<uint8_t> payload) {
  uint64_t length = payload.size();
  uint8_t *start = payload.data() - sizeof length;
  std::memcpy(start, &length, sizeof length);
  return reinterpret_cast<Text *>(start);
}

bool WsProgram::onConnect(Token token) {
  bool accepts = false;
  if (!run("on_connect", token,
           [&] { accepts = connect(handleOf(token), connectEnv); }))
    throw websocket::HandlerFailed();
  return accepts;
}

void WsProgram::onText(Token token, std::span<uint8_t> payload) {
  const plumb_str *text = inPlace<plumb_str>(payload);
  if (!run("on_message", token,
           [&] { message(handleOf(token), text, messageEnv); }))
    closeFailed(token);
}

void WsProgram::onBinary(Token token, std::span<uint8_t> payload) {
  const plumb_bytes *data = inPlace<plumb_bytes>(payload);
  if (!run("on_binary", token,
           [&] { binary(handleOf(token), data, binaryEnv); }))
    closeFailed(token);
}

void WsProgram::onClose(Token token, uint16_t code, std::string_view reason) {
  CallbackScope scope;
  // Better without a reason than not at all.
  const plumb_str *text = copyStrOrEmpty(reason);
  run("on_close", token,
      [&] { closed(handleOf(token), code, text, closedEnv); });
}

void WsProgram::onDrained(Token token) {
  if (drained &&
      !run("on_drained", token, [&] { drained(handleOf(token), drainedEnv); }))
    closeFailed(token);
}

} // namespace plumb::rt
