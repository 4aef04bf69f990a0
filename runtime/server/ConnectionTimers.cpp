//===- ConnectionTimers.cpp - deadlines of a connection -------------------===//

#include "runtime/server/Connection.h"

namespace plumb::rt::server {

void Connection::armFor(int64_t milliseconds) noexcept {
  shard.loop.patience().arm(*this, shard.loop.peerTime() + milliseconds);
  patience.end();
}

void Connection::onTimer() {
  if (readerGoesOn())
    return;
  switch (stage) {
  case Stage::WebSocket:
    session.onTimer(time());
    break;
  case Stage::ProxyHeader:
  case Stage::TlsHandshake:
    handshakeFailed(metrics::Series::HandshakeTimeout);
    destroy();
    break;
  case Stage::Http:
    if (!http->answered())
      handshakeFailed(metrics::Series::HandshakeTimeout);
    requestTimedOut();
    break;
  case Stage::Lingering:
  case Stage::Dead:
    destroy();
  }
}

/// Of what was written to the peer: what its kernel has not taken yet.
size_t Connection::untakenBytes() const noexcept {
  return Writer::untaken() + waiting().bytes;
}

/// How long the peer may take nothing of what is written to it, milliseconds.
int64_t Connection::readersPatience() const noexcept {
  const Options &options = shard.server.options;
  return http && hasQueue() ? options.pong_timeout_ms
                            : options.close_timeout_ms;
}

/// A response goes out, or the last that the peer gets.
void Connection::awaitReader() noexcept {
  int64_t next = patience.begin(untakenBytes(), readersPatience());
  shard.loop.patience().arm(*this, shard.loop.peerTime() + next);
}

/// True, with the timer armed again, when the peer is to be waited for.
bool Connection::readerGoesOn() noexcept {
  int64_t next = 0;
  if (!patience.waits() ||
      !patience.goesOn(untakenBytes(), readersPatience(), next))
    return false;
  shard.loop.patience().arm(*this, shard.loop.peerTime() + next);
  return true;
}

/// RFC 9110 section 15.5.9; one that has asked for nothing is owed no answer.
void Connection::requestTimedOut() {
  if (hasQueue() || !http->started())
    return destroy();
  try {
    respond({wire::refusal(408, "the request took too long")});
  } catch (const std::bad_alloc &) {
    destroy();
  }
}

} // namespace plumb::rt::server
