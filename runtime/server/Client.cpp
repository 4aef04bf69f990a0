//===- Client.cpp - whose a connection is ---------------------------------===//

#include "runtime/server/Client.h"
#include "runtime/base/Log.h"

#include <string>
#include <utility>

namespace plumb::rt::server {

Client::Client(Reception &reception, const net::Address &peer,
               limits::Admission::Verdict admission)
    : reception(reception), known(peer), verdict(admission) {
  if (!reception.server.proxies.trust(peer)) {
    counted = verdict == limits::Admission::Verdict::Admitted;
    return;
  }
  passedOn = std::make_unique<PassedOn>();
  passedOn->sender = peer;
  if (reception.server.proxies.expectHeader())
    passedOn->reader = std::make_unique<wire::ProxyHeaderReader>();
}

Client::Header Client::readHeader(std::span<const uint8_t> seen,
                                  size_t &bytes) {
  wire::ProxyHeaderReader &reader = *passedOn->reader;
  bytes = reader.feed(seen);
  switch (reader.state()) {
  case wire::ProxyHeaderReader::State::NeedMore:
    return Header::NeedMore;
  case wire::ProxyHeaderReader::State::Done:
    return passOn(reader.header());
  case wire::ProxyHeaderReader::State::Failed:
    tellOf(reader.text());
    return Header::Failed;
  }
  __builtin_unreachable();
}

Client::Header Client::passOn(const wire::ProxyHeader &header) {
  passedOn->secure = header.secure;
  if (header.source) {
    passedOn->sender = http::addressOf(*header.source);
    if (!countAs(passedOn->sender) && !refuseLater())
      return Header::Crowded;
  }
  passedOn->reader.reset();
  return Header::Done;
}

bool Client::refuseLater() {
  verdict = limits::Admission::Verdict::Crowded;
  return reception.refuseLater();
}

void Client::tellOf(std::string_view why) {
  base::log(reception.server.toldProxy, base::LogLevel::Warning,
            "a connection of a trusted proxy was closed: " + std::string(why) +
                "; let the proxy send one, or set proxy_protocol to off",
            {{"remote", known.text()}});
}

std::optional<Client::Refusal> Client::identify(const wire::Request &request) {
  if (!passedOn || !reception.server.proxies.expectHeaderFields() ||
      !reception.server.proxies.trust(passedOn->sender))
    return std::nullopt;
  passedOn->asked = reception.server.proxies.read(request);
  if (passedOn->asked.wrong)
    return Refusal{400, passedOn->asked.wrong,
                   metrics::Series::HandshakeMalformed};
  if (!passedOn->asked.client ||
      countAs(http::addressOf(*passedOn->asked.client)))
    return std::nullopt;
  reception.tellOf(limits::Admission::Verdict::Crowded);
  return Refusal{429, "too many connections from this address",
                 metrics::Series::HandshakeAddress};
}

void Client::requestIsOver() noexcept {
  if (!passedOn || !passedOn->asked.client)
    return;
  passedOn->asked = {};
  uncount();
  known = passedOn->sender;
}

/// From here on the connection, which is a proxy's so far and not counted, is
/// one of `client`. False when that has as many as it may have.
bool Client::countAs(const net::Address &client) {
  known = client;
  if (verdict != limits::Admission::Verdict::Admitted ||
      reception.server.proxies.trust(client))
    return true;
  counted = reception.server.admission.admitAddress(client);
  return counted;
}

void Client::uncount() noexcept {
  if (std::exchange(counted, false))
    reception.server.admission.releaseAddress(known);
}

void Client::leave() noexcept {
  uncount();
  reception.leave(verdict);
}

bool Client::isSecure(bool own) const noexcept {
  return passedOn
             ? passedOn->asked.secure.value_or(passedOn->secure.value_or(own))
             : own;
}

std::string_view Client::hostOf(const wire::Request &request) const noexcept {
  return passedOn && !passedOn->asked.host.empty() ? passedOn->asked.host
                                                   : request.host();
}

} // namespace plumb::rt::server
