//===- ConnectionOpening.cpp - what comes before the first request --------===//
//
// The PROXY header, which stands below TLS, and TLS's handshake.
//
//===----------------------------------------------------------------------===//

#include "runtime/net/Peek.h"
#include "runtime/server/Connection.h"

namespace plumb::rt::server {

/// Peeked at and then taken just so far, because what follows is for TLS.
void Connection::readProxyHeader() {
  std::span<uint8_t> buffer = std::span(shard.readBuffer).first(4096);
  net::IoResult seen = net::peek(fd(), buffer);
  if (seen.io == net::Io::WantRead)
    return;
  if (seen.io != net::Io::Done)
    return lost();
  size_t size = 0;
  Client::Header header = client.readHeader(buffer.first(seen.bytes), size);
  if (header != Client::Header::Failed)
    net::take(fd(), buffer.first(size));
  switch (header) {
  case Client::Header::NeedMore:
    return;
  case Client::Header::Done:
    // What has come behind it is reported by the next turn.
    return enter(isTls() ? Stage::TlsHandshake : Stage::Http);
  case Client::Header::Crowded:
    handshakeFailed(metrics::Series::HandshakeAddress);
    return destroy();
  case Client::Header::Failed:
    handshakeFailed(metrics::Series::HandshakeProxy);
    return destroy();
  }
}

void Connection::shakeHands() {
  // Else it is reported again in the next turn.
  if (!shard.handshakes.spend(limits::Budget::expensive))
    return;
  switch (handshake()) {
  case net::Io::Done:
    return handshaken();
  case net::Io::WantRead:
  case net::Io::WantWrite:
    return;
  case net::Io::Closed:
    handshakeFailed(metrics::Series::HandshakeDisconnect);
    return destroy();
  case net::Io::Failed:
    return handshakeRefused();
  }
}

void Connection::handshaken() {
  if (net::ClientCertificate found(ssl()); found) {
    std::lock_guard guard(shard.connections.dataLock());
    proven = std::move(found);
  }
  enter(Stage::Http);
  receive(); // What came with the handshake is not reported again.
}

/// The peer has been told why by an alert. That must arrive: see linger().
void Connection::handshakeRefused() {
  const char *wrong = net::whatIsWrongWithClient(ssl());
  if (wrong)
    logDebug("a client's certificate was refused", {{"why", wrong}});
  handshakeFailed(wrong ? metrics::Series::HandshakeCertificate
                        : metrics::Series::HandshakeTls);
  abandonTls();
  linger();
}

void Connection::handshakeFailed(metrics::Series reason) {
  shard.counters.add(reason);
  logDebug("no WebSocket connection came of it",
           {{"reason", metrics::labelOf(reason)}});
}

} // namespace plumb::rt::server
