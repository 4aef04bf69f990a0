//===- Desk.cpp - a WebSocket session with nothing around it --------------===//

#include "Desk.h"
#include "runtime/websocket/HandlerFailed.h"

#include <new>
#include <utility>

namespace plumb::test {

using namespace rt;

static std::string_view textOf(std::span<const uint8_t> bytes) {
  return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

static std::span<const uint8_t> bytesOf(std::string_view text) {
  return {reinterpret_cast<const uint8_t *>(text.data()), text.size()};
}

Desk::Desk() = default;

Session &Desk::make() {
  session.reset();
  context = std::make_unique<websocket::Context>(websocket::Context{
      *this, limits, counters, scratch, budget, rates, timeouts});
  Link &link = *this;
  session = std::make_unique<Session>(*context, link);
  session->name(rooms::Token(1, 2, 3));
  lines.clear();
  return *session;
}

Session &Desk::begin() {
  make();
  EXPECT_EQ(connect(), Session::Answer::Accepted);
  open();
  EXPECT_EQ(session->phase(), Phase::Open);
  lines.clear();
  return *session;
}

std::string Desk::masked(Opcode opcode, std::string_view payload) {
  std::vector<uint8_t> out;
  wire::encodeMasked(out, opcode, true, bytesOf(payload), 0x12345678);
  return std::string(textOf(out));
}

std::string Desk::closeOf(uint16_t code, std::string_view reason) {
  std::string payload{static_cast<char>(code >> 8), static_cast<char>(code)};
  payload += reason;
  return masked(Opcode::Close, payload);
}

void Desk::receive(std::string_view bytes) {
  std::span<const uint8_t> rest = bytesOf(bytes);
  budget.begin();
  rest = rest.subspan(session->receive(rest, time()));
  while (!rest.empty()) {
    budget.begin();
    rest = rest.subspan(session->resume(rest, time()));
  }
}

void Desk::pass(int64_t milliseconds) {
  int64_t end = now + milliseconds;
  while (deadline <= end) {
    now = deadline;
    deadline = websocket::Keepalive::never;
    session->onTimer(time());
    if (deadline <= now)
      return ADD_FAILURE() << "the timer is due again and again", void();
  }
  now = end;
}

std::vector<std::string> Desk::story() { return std::exchange(lines, {}); }

//===----------------------------------------------------------------------===//
// What carries it
//===----------------------------------------------------------------------===//

void Desk::onPhase(Phase phase) noexcept {
  static constexpr const char *names[] = {
      "None", "Connecting", "ConnectingShut", "Open", "Closing", "Closed"};
  say(std::string("phase ") + names[static_cast<int>(phase)]);
}

bool Desk::pushControl(const wire::FrameRef &frame) {
  say("send " + std::to_string(static_cast<int>(frame.opcode())) + " " +
      std::string(textOf(frame.payload())));
  return !isFull;
}

void Desk::pushLast(const wire::FrameRef &frame) {
  deadline = now + closeTimeout;
  if (memoryIsOut)
    throw std::bad_alloc();
  std::span<const uint8_t> payload = frame.payload();
  EXPECT_EQ(frame.opcode(), Opcode::Close);
  say(payload.empty() ? "last"
                      : "last " + std::to_string(payload[0] << 8 | payload[1]) +
                            " " + std::string(textOf(payload.subspan(2))));
}

void Desk::onClosing(uint16_t code, std::string_view reason) noexcept {
  closing = "on_close " + std::to_string(code) + " " + std::string(reason);
}

void Desk::catchUp() {
  if (onCatchUp)
    std::exchange(onCatchUp, {})();
}

//===----------------------------------------------------------------------===//
// The program
//===----------------------------------------------------------------------===//

bool Desk::onConnect(rooms::Token token) {
  EXPECT_EQ(token, rooms::Token(1, 2, 3));
  say("connect");
  if (inConnect)
    inConnect();
  if (fails)
    throw websocket::HandlerFailed();
  return accepts;
}

void Desk::onText(rooms::Token token, std::span<uint8_t> message) {
  EXPECT_EQ(token, rooms::Token(1, 2, 3));
  say("text " + std::string(textOf(message)));
  if (inText)
    inText();
}

void Desk::onBinary(rooms::Token, std::span<uint8_t> message) {
  say("binary " + std::string(textOf(message)));
}

void Desk::onClose(rooms::Token token, uint16_t code, std::string_view reason) {
  EXPECT_EQ(token, rooms::Token(1, 2, 3));
  EXPECT_FALSE(session->takesMessages());
  say("on_close " + std::to_string(code) + " " + std::string(reason));
  EXPECT_EQ(std::exchange(closing, {}), lines.back());
  if (inClose)
    inClose();
}

void Desk::onDrained(rooms::Token) { say("drained"); }

} // namespace plumb::test
