//===- ConnectionClosing.cpp - how a connection ends ----------------------===//
//
// RFC 6455 section 7, and the ways in which a transport can end.
//
//===----------------------------------------------------------------------===//

#include "runtime/base/Log.h"
#include "runtime/server/Connection.h"
#include "runtime/server/ShardContext.h"
#include "runtime/wire/Frame.h"

namespace plumb::rt::server {

void Connection::close(uint16_t code, std::string_view reason) {
  if (!takesMessages())
    return;
  // What may fail comes before anything is changed.
  std::unique_ptr<std::string> why;
  if (!reason.empty())
    why = std::make_unique<std::string>(reason);
  wire::FrameRef frame = wire::encodeClose(code, reason);
  shard.fanout.settle(*this);
  closeReason = std::move(why);
  closeCode = code;
  enter(phase == Phase::Connecting ? Phase::ConnectingShut : Phase::Closing);
  shard.rooms.leaveAll(*this);
  awaitReader();
  // Without memory for it, the peer gets no close frame; the deadline holds.
  pushUnbounded(frame);
}

void Connection::overflow() {
  if (!takesMessages())
    return;
  shard.rooms.leaveAll(*this);
  dropUnsent();
  close(wire::close::TryAgainLater, "the send queue is full");
}

/// The peer has broken a rule: tell it, and wait for nothing more from it.
void Connection::fail(uint16_t code, std::string_view reason) {
  shard.catchUp();
  if (phase == Phase::Open)
    close(code, reason);
  report();
  linger();
}

void Connection::peerClosed(uint16_t code, std::string_view reason) {
  shard.catchUp();
  if (phase == Phase::Open) {
    // The echo has the peer's code but needs no reason (section 5.5.1).
    close(code, {});
    report(reason);
  } else {
    report();
  }
  linger();
}

void Connection::lost() {
  switch (phase) {
  case Phase::Dead:
    return;
  case Phase::Connecting: // Accepted; no memory for the response.
  case Phase::Open:
    closeCode = wire::close::Abnormal;
    enter(Phase::Closing);
    shard.rooms.leaveAll(*this);
    [[fallthrough]];
  case Phase::ConnectingShut:
  case Phase::Closing:
    report();
    break;
  case Phase::ProxyHeader:
  case Phase::TlsHandshake:
    handshakeFailed(metrics::Series::HandshakeDisconnect);
    break;
  case Phase::Http:
    if (!hasQueue() || isBroken()) {
      if (!http->answered())
        handshakeFailed(metrics::Series::HandshakeDisconnect);
      break;
    }
    linger(); // A client may end its side behind its request.
    [[fallthrough]];
  case Phase::Lingering:
    // The peer has sent all it will, but what we owe it may still go out.
    if (!peerDone && hasQueue() && !isBroken()) {
      peerDone = true;
      setReading(false);
      return;
    }
    break;
  default:
    break;
  }
  destroy();
}

/// on_close. The connection is in no room, takes no messages, and from here
/// goes to Lingering or Dead only: that is why this happens once.
void Connection::report(std::string_view reason) {
  shard.counters.closed(closeCode);
  logDebug("connection closed", {{"code", closeCode}, {"reason", reason}});
  metrics::CallbackTimer timed(shard.counters);
  shard.server.program.onClose(token(), closeCode, reason);
  shard.connections.retire(token());
}

void Connection::handshakeFailed(metrics::Series reason) {
  shard.counters.add(reason);
  logDebug("no WebSocket connection came of it",
           {{"reason", metrics::labelOf(reason)}});
}

void Connection::logDebug(
    std::string_view text,
    std::initializer_list<base::LogField> more) const noexcept {
  if (!base::logShows(base::LogLevel::Debug))
    return;
  try {
    rooms::Token::Text name = token().text();
    std::string remote = address.text();
    std::vector<base::LogField> fields{{"connection", name},
                                       {"remote", remote}};
    if (!head.path().empty())
      fields.emplace_back("path", head.path());
    fields.insert(fields.end(), more);
    base::logDebug(text, fields);
  } catch (const std::bad_alloc &) {
  }
}

/// Lets the last bytes go out, then ends the stream and waits until the peer
/// has ended its own: closing a socket with unread input would reset the
/// connection and could take the close frame with it.
void Connection::linger() {
  if (phase == Phase::Dead)
    return;
  enter(Phase::Lingering);
  unread.reset();
  if (!hasQueue())
    http.reset();
  awaitReader();
  setReading(true);
  if (!hasQueue())
    onEmptied();
}

void Connection::onEmptied() {
  if (!hasQueue() && takeLost() && phase == Phase::Open) {
    metrics::CallbackTimer timed(shard.counters);
    shard.server.program.onDrained(token());
  }
  if (phase == Phase::Lingering && !finishing && !hasQueue()) {
    finishing = true;
    finishWriting();
    awaitReader();
    if (peerDone)
      destroy();
  } else if (phase == Phase::Http && !hasQueue()) {
    requestIsOver();
    armFor(shard.server.options.handshake_timeout_ms);
    if (!isReading())
      continueLater();
  }
}

void Connection::destroy() {
  if (phase == Phase::Dead)
    return;
  enter(Phase::Dead);
  shard.loop.patience().disarm(*this);
  Writer::close();
  http.reset();
  uncount();
  shard.reception.leave(admission);
  shard.counters.subtract(metrics::Series::Sockets);
  shard.connections.bury(token());
  shard.onClosed();
}

void Connection::stop() {
  switch (phase) {
  case Phase::Open:
    close(wire::close::GoingAway, "the server is stopping");
    break;
  case Phase::Http:
    if (hasQueue()) {
      linger();
      break;
    }
    [[fallthrough]];
  case Phase::ProxyHeader:
  case Phase::TlsHandshake:
    if (!http->answered())
      handshakeFailed(metrics::Series::HandshakeStopping);
    destroy();
    break;
  default:
    break; // On its way out, with a deadline.
  }
}

size_t Connection::waitingBytes() const noexcept {
  return waiting().bytes + decoder.heapBytes() + (unread ? unread->size() : 0);
}

void Connection::shed() {
  unread.reset();
  if (takesMessages()) {
    shard.rooms.leaveAll(*this);
    dropUnsent();
    closeCode = wire::close::TryAgainLater;
    fail(closeCode, "the server is short of memory");
    decoder = wire::Decoder(); // Nothing more is read.
  } else {
    cut();
  }
}

void Connection::cut() {
  if (phase == Phase::Closing)
    report();
  destroy();
}

} // namespace plumb::rt::server
