//===- ConnectionClosing.cpp - how a connection ends ----------------------===//
//
// The ways in which a transport can end. How a WebSocket connection does that
// is its session's.
//
//===----------------------------------------------------------------------===//

#include "runtime/base/Log.h"
#include "runtime/server/Connection.h"

namespace plumb::rt::server {

void Connection::lost() {
  switch (stage) {
  case Stage::Dead:
    return;
  case Stage::WebSocket:
    session.lost();
    break;
  case Stage::ProxyHeader:
  case Stage::TlsHandshake:
    handshakeFailed(metrics::Series::HandshakeDisconnect);
    break;
  case Stage::Http:
    if (!hasQueue() || isBroken()) {
      if (!http->answered())
        handshakeFailed(metrics::Series::HandshakeDisconnect);
      break;
    }
    linger(); // A client may end its side behind its request.
    [[fallthrough]];
  case Stage::Lingering:
    // The peer has sent all it will, but what we owe it may still go out.
    if (!peerDone && hasQueue() && !isBroken()) {
      peerDone = true;
      setReading(false);
      return;
    }
    break;
  }
  destroy();
}

/// Lets the last bytes go out, then ends the stream and waits until the peer
/// has ended its own: closing a socket with unread input would reset the
/// connection and could take the close frame with it.
void Connection::linger() {
  if (stage == Stage::Dead)
    return;
  enter(Stage::Lingering);
  unread.reset();
  if (!hasQueue())
    http.reset();
  awaitReader();
  setReading(true);
  if (!hasQueue())
    onEmptied();
}

void Connection::onEmptied() {
  if (!hasQueue() && takeLost())
    session.onDrained();
  if (stage == Stage::Lingering && !finishing && !hasQueue()) {
    finishing = true;
    finishWriting();
    awaitReader();
    if (peerDone)
      destroy();
  } else if (stage == Stage::Http && !hasQueue()) {
    client.requestIsOver();
    armFor(shard.server.options.handshake_timeout_ms);
    if (!isReading())
      continueLater();
  }
}

void Connection::destroy() {
  if (stage == Stage::Dead)
    return;
  enter(Stage::Dead);
  shard.loop.patience().disarm(*this);
  Writer::close();
  http.reset();
  client.leave();
  shard.counters.subtract(metrics::Series::Sockets);
  shard.connections.bury(token());
  shard.onClosed();
}

void Connection::stop() {
  switch (stage) {
  case Stage::WebSocket:
    session.close(wire::close::GoingAway, "the server is stopping");
    break;
  case Stage::Http:
    if (hasQueue()) {
      linger();
      break;
    }
    [[fallthrough]];
  case Stage::ProxyHeader:
  case Stage::TlsHandshake:
    if (!http->answered())
      handshakeFailed(metrics::Series::HandshakeStopping);
    destroy();
    break;
  default:
    break; // On its way out, with a deadline.
  }
}

size_t Connection::waitingBytes() const noexcept {
  return waiting().bytes + session.heapBytes() + (unread ? unread->size() : 0);
}

void Connection::shed() {
  unread.reset();
  if (stage == Stage::WebSocket)
    session.shed();
  else
    destroy();
}

void Connection::cut() {
  if (stage == Stage::WebSocket)
    session.lost(); // Nothing, when that is why.
  destroy();
}

void Connection::logDebug(
    std::string_view text,
    std::initializer_list<base::LogField> more) const noexcept {
  if (!base::logShows(base::LogLevel::Debug))
    return;
  try {
    rooms::Token::Text name = token().text();
    std::string remote = peer().text();
    std::vector<base::LogField> fields{{"connection", name},
                                       {"remote", remote}};
    if (!head.path().empty())
      fields.emplace_back("path", head.path());
    fields.insert(fields.end(), more);
    base::logDebug(text, fields);
  } catch (const std::bad_alloc &) { // The log has one line less.
  }
}

} // namespace plumb::rt::server
