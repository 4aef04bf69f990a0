//===- Proxies.h - whose word about a client is taken -----------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_ROOMS_PROXIES_H
#define PLUMB_RUNTIME_ROOMS_PROXIES_H

#include "runtime/net/AddressSet.h"
#include "runtime/rooms/Options.h"
#include "runtime/wire/Forwarded.h"

namespace plumb::rt::rooms {

/// What the options trusted_proxies, proxy_protocol and forwarded_headers say.
/// Made before the first connection, then only read; any thread may ask.
class Proxies {
public:
  /// None when an item of trusted_proxies is no address; `wrong` is then that
  /// item.
  static std::optional<Proxies> parse(const Options &options,
                                      std::string &wrong);

  bool trust(const net::Address &peer) const noexcept {
    return !trusted.empty() && trusted.contains(peer);
  }
  /// A trusted one's connections begin with a PROXY header.
  bool expectHeader() const noexcept { return proxyProtocol; }
  /// Its requests tell whose they are.
  bool expectHeaderFields() const noexcept {
    return headers != Options::ForwardedHeaders::Off;
  }
  /// What such a request tells. Throws std::bad_alloc.
  wire::ForwardedRequest read(const wire::Request &request) const;

private:
  net::AddressSet trusted;
  bool proxyProtocol = false;
  decltype(Options::forwarded_headers) headers = Options::ForwardedHeaders::Off;
};

net::Address addressOf(const wire::Endpoint &endpoint) noexcept;

} // namespace plumb::rt::rooms

#endif // PLUMB_RUNTIME_ROOMS_PROXIES_H
