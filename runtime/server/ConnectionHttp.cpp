//===- ConnectionHttp.cpp - HTTP requests and the upgrade -----------------===//
//
// RFC 6455 section 4.2 and as much of HTTP/1.1 as fixed pages need.
//
//===----------------------------------------------------------------------===//

#include "runtime/base/Log.h"
#include "runtime/http/Pages.h"
#include "runtime/server/Connection.h"
#include "runtime/wire/Extensions.h"
#include "runtime/wire/Handshake.h"
#include "runtime/wire/Subprotocol.h"

namespace plumb::rt::server {

/// What a refusal of a request that is wrong counts as.
static metrics::Series refusalSeries(unsigned status) noexcept {
  switch (status) {
  case 405:
  case 501:
    return metrics::Series::HandshakeMethod;
  case 414:
  case 431:
    return metrics::Series::HandshakeTooLarge;
  case 426:
    return metrics::Series::HandshakeVersion;
  default:
    return metrics::Series::HandshakeMalformed;
  }
}

void Connection::readRequests(std::span<const uint8_t> bytes) {
  while (!bytes.empty() && stage == Stage::Http) {
    if (hasQueue()) {
      // One response at a time; onEmptied() goes on.
      return keepUnread(bytes);
    }
    switch (http->read(bytes, shard.server.limits)) {
    case http::Session::State::NeedMore:
      return;
    case http::Session::State::Refused:
      handshakeFailed(refusalSeries(http->status()));
      return respond(http->refusal());
    case http::Session::State::Request:
      answer(http->takeRequest());
    }
  }
  if (stage == Stage::WebSocket && !bytes.empty())
    consume(bytes, true); // Frames that came with the request.
}

void Connection::respond(http::Response &&response) {
  http->noteAnswer();
  pushResponse(std::make_shared<const wire::Bytes>(response.head.begin(),
                                                   response.head.end()));
  if (response.body && !response.body->empty())
    pushResponse(std::move(response.body));
  if (response.persistence == wire::Persistence::Close)
    linger();
  else
    awaitReader();
}

void Connection::refuse(unsigned status, std::string_view text,
                        metrics::Series reason) {
  handshakeFailed(reason);
  respond(http->refusal(status, text));
}

void Connection::answer(wire::Request &&request) {
  if (std::optional<Client::Refusal> refusal = client.identify(request))
    return refuse(refusal->status, refusal->text, refusal->reason);
  limits::Admission::Verdict admission = client.admission();
  if (admission == limits::Admission::Verdict::Crowded)
    return refuse(429, "too many connections from this address",
                  seriesOf(admission));
  if (admission == limits::Admission::Verdict::Full)
    return refuse(503, "the server is full", seriesOf(admission));
  if (admission == limits::Admission::Verdict::Short)
    return refuse(503, "the server is short of memory", seriesOf(admission));
  if (admission == limits::Admission::Verdict::NoDescriptors)
    return refuse(503, "the server is short of descriptors",
                  seriesOf(admission));
  if (shard.stopping)
    return refuse(503, "the server is stopping",
                  metrics::Series::HandshakeStopping);
  wire::RequestFault fault;
  if (auto response = http->answer(request, client.isSecure(isTls()),
                                   request.persistence(), fault)) {
    if (fault && request.isUpgrade())
      handshakeFailed(refusalSeries(fault.status));
    return respond(*std::move(response));
  }
  if (request.isUpgrade() && !http->headOnly())
    return upgrade(std::move(request));
  respond(http::pageFor(request, http->headOnly()));
}

void Connection::upgrade(wire::Request &&request) {
  wire::UpgradeCheck check = wire::validateUpgrade(request);
  if (!check.ok())
    return refuse(check.status, check.text, refusalSeries(check.status));
  const ServerState &server = shard.server;
  wire::SubprotocolChoice choice =
      wire::chooseSubprotocol(request, server.subprotocols);
  if (!choice.wellFormed)
    return refuse(400,
                  "Sec-WebSocket-Protocol must be a list of different "
                  "names",
                  metrics::Series::HandshakeMalformed);
  if (!server.origins.allows(request, client.isSecure(isTls()),
                             client.hostOf(request))) {
    tellOfOrigin(request);
    return refuse(403, "pages of this origin may not connect",
                  metrics::Series::HandshakeOrigin);
  }
  std::vector<wire::HeaderField> agreed;
  if (choice.index >= 0)
    agreed.push_back({"Sec-WebSocket-Protocol",
                      server.subprotocols[static_cast<size_t>(choice.index)]});
  wire::Offers offers;
  if (request.headerCount("Sec-WebSocket-Extensions") != 0)
    offers = wire::readOffers(request.header("Sec-WebSocket-Extensions"));
  if (!offers.wellFormed)
    return refuse(400, "Sec-WebSocket-Extensions is malformed",
                  metrics::Series::HandshakeMalformed);
  std::string extension;
  if (server.options.deflate != Options::Deflate::On)
    offers.deflate.reset();
  if (offers.deflate) {
    if (server.options.deflate_context == Options::DeflateContext::Off)
      offers.deflate->clientForgets = true;
    extension = offers.deflate->answer();
    agreed.push_back({"Sec-WebSocket-Extensions", extension});
    // One whose window is smaller than ours gets a room's messages plain.
    takeDeflated(offers.deflate->windowBits == 15);
  }
  std::string response = wire::upgradeResponse(request, agreed);
  {
    std::lock_guard guard(shard.connections.dataLock());
    head = std::move(request);
    chosenSubprotocol = choice.index;
  }
  enter(Stage::WebSocket);
  switch (session.connect(offers.deflate)) {
  case websocket::Session::Answer::Accepted:
    break;
  case websocket::Session::Answer::Refused:
    undoConnect();
    return refuse(403, "the program refused the connection",
                  metrics::Series::HandshakeRefused);
  case websocket::Session::Answer::Failed:
    undoConnect();
    return refuse(500, "internal error", metrics::Series::HandshakeError);
  }
  pushResponseFront(
      std::make_shared<const wire::Bytes>(response.begin(), response.end()));
  http.reset();
  client.forgetProxy();
  session.open(time());
}

/// For the server's owner, who may have put a proxy in front of it.
void Connection::tellOfOrigin(const wire::Request &request) {
  std::optional<std::string> origin =
      wire::normalOrigin(request.firstHeader("Origin"));
  if (origin)
    base::log(shard.server.toldOrigin, base::LogLevel::Warning,
              "a page of " + *origin +
                  " was refused; name it in the option origins if it may "
                  "connect; a proxy that speaks TLS for this server must "
                  "be named in trusted_proxies and believed");
}

std::string_view Connection::subprotocol() const noexcept {
  if (chosenSubprotocol < 0)
    return {};
  return shard.server.subprotocols[static_cast<size_t>(chosenSubprotocol)];
}

/// As if on_connect had never been called.
void Connection::undoConnect() {
  enter(Stage::Http);
  leaveRooms();
  drop();
  shard.connections.retire(token());
  takeDeflated(false);
  std::lock_guard guard(shard.connections.dataLock());
  store.clear();
  head = {};
  chosenSubprotocol = -1;
}

} // namespace plumb::rt::server
