//===- ConnectionProxy.cpp - a connection that a proxy passes on ----------===//
//
// Whose it is: what a trusted proxy says in front of the connection (the PROXY
// protocol) or in each request (Forwarded, X-Forwarded-*).
//
//===----------------------------------------------------------------------===//

#include "runtime/base/Log.h"
#include "runtime/net/Peek.h"
#include "runtime/server/Connection.h"
#include "runtime/server/ShardContext.h"

namespace plumb::rt::server {

/// Peeked at and then taken just so far, because what follows is for TLS.
void Connection::readProxyHeader() {
  std::span<uint8_t> buffer = std::span(shard.readBuffer).first(4096);
  net::IoResult seen = net::peek(fd(), buffer);
  if (seen.io == net::Io::WantRead)
    return;
  if (seen.io != net::Io::Done)
    return lost();
  wire::ProxyHeaderReader &reader = *passedOn->reader;
  size_t size = reader.feed(buffer.first(seen.bytes));
  switch (reader.state()) {
  case wire::ProxyHeaderReader::State::NeedMore:
    net::take(fd(), buffer.first(size));
    break;
  case wire::ProxyHeaderReader::State::Done:
    net::take(fd(), buffer.first(size));
    passOn(reader.header());
    break;
  case wire::ProxyHeaderReader::State::Failed:
    tellOfProxy(reader.text());
    handshakeFailed(metrics::Series::HandshakeProxy);
    destroy();
  }
}

/// The PROXY header is whole. What has come behind it is reported by the next
/// turn.
void Connection::passOn(const wire::ProxyHeader &header) {
  passedOn->secure = header.secure;
  if (header.source) {
    passedOn->sender = http::addressOf(*header.source);
    if (!countAs(passedOn->sender) && !refuseLater()) {
      handshakeFailed(metrics::Series::HandshakeAddress);
      return destroy();
    }
  }
  passedOn->reader.reset();
  enter(isTls() ? Phase::TlsHandshake : Phase::Http);
}

bool Connection::refuseLater() {
  admission = limits::Admission::Verdict::Crowded;
  return shard.reception.refuseLater();
}

void Connection::tellOfProxy(std::string_view why) {
  base::log(shard.server.toldProxy, base::LogLevel::Warning,
            "a connection of a trusted proxy was closed: " + std::string(why) +
                "; let the proxy send one, or set proxy_protocol to off",
            {{"remote", address.text()}});
}

/// Finds out whose request it is. False when it has been refused.
bool Connection::identify(const wire::Request &request) {
  const ServerState &server = shard.server;
  if (!passedOn || !server.proxies.expectHeaderFields() ||
      !server.proxies.trust(passedOn->sender))
    return true;
  passedOn->asked = server.proxies.read(request);
  if (passedOn->asked.wrong) {
    refuse(400, passedOn->asked.wrong, metrics::Series::HandshakeMalformed);
    return false;
  }
  if (!passedOn->asked.client ||
      countAs(http::addressOf(*passedOn->asked.client)))
    return true;
  shard.reception.tellOf(limits::Admission::Verdict::Crowded);
  refuse(429, "too many connections from this address",
         metrics::Series::HandshakeAddress);
  return false;
}

/// A proxy may use the connection for the next request of anybody.
void Connection::requestIsOver() noexcept {
  if (!passedOn || !passedOn->asked.client)
    return;
  passedOn->asked = {};
  uncount();
  address = passedOn->sender;
}

/// From here on the connection, which is a proxy's so far and not counted, is
/// one of `client`. False when that has as many as it may have.
bool Connection::countAs(const net::Address &client) {
  address = client;
  const ServerState &server = shard.server;
  if (admission != limits::Admission::Verdict::Admitted ||
      server.proxies.trust(client))
    return true;
  counted = shard.server.admission.admitAddress(client);
  return counted;
}

void Connection::uncount() noexcept {
  if (std::exchange(counted, false))
    shard.server.admission.releaseAddress(address);
}

/// Whether the client speaks TLS, with us or with the outermost proxy.
bool Connection::isSecure() const noexcept {
  bool own = isTls();
  return passedOn
             ? passedOn->asked.secure.value_or(passedOn->secure.value_or(own))
             : own;
}

/// Host and port that the client has asked.
std::string_view
Connection::hostOf(const wire::Request &request) const noexcept {
  return passedOn && !passedOn->asked.host.empty() ? passedOn->asked.host
                                                   : request.host();
}

} // namespace plumb::rt::server
