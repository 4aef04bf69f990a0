//===- SessionClosing.cpp - how a WebSocket connection ends ---------------===//
//
// RFC 6455 section 7, and who is ended because nothing comes.
//
//===----------------------------------------------------------------------===//

#include "runtime/websocket/Session.h"

namespace plumb::rt::websocket {

void Session::close(uint16_t code, std::string_view reason) {
  if (!takesMessages())
    return;
  // What may fail comes before anything is changed.
  std::unique_ptr<std::string> why;
  if (!reason.empty())
    why = std::make_unique<std::string>(reason);
  wire::FrameRef frame = wire::encodeClose(code, reason);
  link.settle();
  closeReason = std::move(why);
  closeCode = code;
  enter(isOpen() ? Phase::Closing : Phase::ConnectingShut);
  link.leaveRooms();
  // Without memory for it, the peer gets no close frame; the deadline holds.
  link.pushLast(frame);
}

void Session::overflow() {
  if (!takesMessages())
    return;
  link.leaveRooms();
  link.dropUnsent();
  close(wire::close::TryAgainLater, "the send queue is full");
}

void Session::shed() {
  if (!takesMessages()) {
    lost();
    return link.cut();
  }
  link.leaveRooms();
  link.dropUnsent();
  fail(wire::close::TryAgainLater, "the server is short of memory");
  decoder = wire::Decoder(); // Nothing more is read.
}

/// The peer has broken a rule: tell it, and wait for nothing more from it.
void Session::fail(uint16_t code, std::string_view reason) {
  link.catchUp();
  if (isOpen())
    close(code, reason);
  report();
  link.linger();
}

void Session::peerClosed(uint16_t code, std::string_view reason) {
  link.catchUp();
  if (isOpen()) {
    // The echo has the peer's code but needs no reason (section 5.5.1).
    close(code, {});
    report(reason);
  } else {
    report();
  }
  link.linger();
}

void Session::lost() {
  switch (phase()) {
  case Phase::None:
  case Phase::Closed:
    return;
  case Phase::Connecting: // Accepted; no memory for the response.
  case Phase::Open:
    closeCode = wire::close::Abnormal;
    enter(Phase::Closing);
    link.leaveRooms();
    break;
  case Phase::ConnectingShut:
  case Phase::Closing:
    break;
  }
  report();
}

/// on_close. It is in no room and takes no messages.
void Session::report(std::string_view reason) {
  enter(Phase::Closed);
  context.counters.closed(closeCode);
  link.onClosing(closeCode, reason);
  {
    metrics::CallbackTimer timed(context.counters);
    context.program.onClose(self, closeCode, reason);
  }
  link.onClosed();
}

//===----------------------------------------------------------------------===//
// Deadlines
//===----------------------------------------------------------------------===//

void Session::onTimer(const Time &at) {
  if (isOpen())
    return lookAfter(at);
  if (phase() != Phase::Closing)
    return;
  report();
  link.cut();
}

void Session::watch(const Time &at) noexcept {
  link.wakeAt(keepalive.deadline(context.timeouts, at.peer));
}

/// Pings a silent peer, ends a connection whose peer stays silent, and closes
/// one that has said nothing to the program for too long.
void Session::lookAfter(const Time &at) {
  switch (keepalive.due(context.timeouts, at.peer,
                        [&] { return link.readersMark(); })) {
  case Keepalive::Due::Nothing:
    return watch(at);
  case Keepalive::Due::Ping:
    watch(at);
    return pushControl(wire::encode(wire::Opcode::Ping, {}));
  case Keepalive::Due::Idle:
    link.catchUp();
    return close(wire::close::GoingAway, "no message for too long");
  case Keepalive::Due::GiveUp:
    closeCode = wire::close::Abnormal;
    enter(Phase::Closing);
    link.leaveRooms();
    report("no answer to a ping");
    return link.cut();
  }
}

} // namespace plumb::rt::websocket
