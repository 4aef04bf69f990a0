//===- Desk.h - a WebSocket session with nothing around it ------*- C++ -*-===//
//
// The session under test; what carries it and the program that it calls, which
// write down what they are asked, in order; and a clock that the test holds.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_UNITTESTS_WEBSOCKET_DESK_H
#define PLUMB_UNITTESTS_WEBSOCKET_DESK_H

#include "runtime/websocket/Session.h"

#include <functional>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

namespace plumb::test {

using rt::websocket::Phase;
using rt::websocket::Session;
using rt::wire::Opcode;

class Desk : public testing::Test, rt::websocket::Link, rt::websocket::Program {
protected:
  Desk();

  // What is set before begin().
  rt::wire::Limits limits;
  rt::websocket::Rates rates;
  rt::websocket::Keepalive::Timeouts timeouts;
  bool hasBinary = true;
  std::optional<rt::wire::Deflate> deflate;
  int64_t closeTimeout = 5000;

  /// Makes a session. It is Open afterwards.
  Session &begin();
  /// One for which on_connect has not been called.
  Session &make();
  Session::Answer connect() { return session->connect(deflate); }
  void open() { session->open(time()); }

  // The peer.
  static std::string masked(Opcode opcode, std::string_view payload);
  static std::string closeOf(uint16_t code, std::string_view reason = {});
  /// Brings the bytes, and what was left of them, until all are taken.
  void receive(std::string_view bytes);
  void text(std::string_view text) { receive(masked(Opcode::Text, text)); }

  // Time.
  rt::websocket::Time time() const { return {now, now, behind}; }
  /// Until then, with the timer when it is due.
  void pass(int64_t milliseconds);
  int64_t now = 1000, behind = 0;
  int64_t deadline = rt::websocket::Keepalive::never;

  /// What has been asked since this was asked last, each a line:
  ///   phase Open; connect; text hi; send 10 hi; last 1000 bye; ...
  std::vector<std::string> story();
  using Lines = std::vector<std::string>;
  static std::string lastOf(const Lines &lines) {
    return lines.empty() ? std::string() : lines.back();
  }
  uint64_t count(rt::metrics::Series series) { return counters.read(series); }

  // What those around it do.
  bool accepts = true, fails = false, isFull = false, memoryIsOut = false;
  uint64_t mark = 0;
  std::function<void()> inText, inClose, inConnect, onCatchUp;

  rt::metrics::Counters counters;
  rt::limits::Budget budget;
  std::unique_ptr<Session> session;

private:
  void onPhase(Phase phase) noexcept override;
  bool pushControl(const rt::wire::FrameRef &frame) override;
  void settle() override { say("settle"); }
  void pushLast(const rt::wire::FrameRef &frame) override;
  void dropUnsent() noexcept override { say("drop unsent"); }
  void leaveRooms() noexcept override { say("leave rooms"); }
  void catchUp() override;
  void wakeAt(int64_t when) noexcept override { deadline = when; }
  uint64_t readersMark() noexcept override { return mark; }
  void onClosing(uint16_t code, std::string_view reason) noexcept override;
  void onClosed() noexcept override { say("closed"); }
  void linger() override { say("linger"); }
  void cut() override { say("cut"); }

  bool onConnect(rt::rooms::Token token) override;
  void onText(rt::rooms::Token token, std::span<uint8_t> message) override;
  void onBinary(rt::rooms::Token token, std::span<uint8_t> message) override;
  void onClose(rt::rooms::Token token, uint16_t code,
               std::string_view reason) override;
  void onDrained(rt::rooms::Token token) override;
  bool takesBinary() const override { return hasBinary; }

  void say(std::string line) { lines.push_back(std::move(line)); }

  std::vector<std::string> lines;
  std::string closing; ///< what on_close is to say
  rt::wire::Scratch scratch;
  std::unique_ptr<rt::websocket::Context> context;
};

} // namespace plumb::test

#endif // PLUMB_UNITTESTS_WEBSOCKET_DESK_H
