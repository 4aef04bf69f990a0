//===- Proxies.h - whose word about a client is taken -----------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_HTTP_PROXIES_H
#define PLUMB_RUNTIME_HTTP_PROXIES_H

#include "runtime/net/AddressSet.h"
#include "runtime/wire/Forwarded.h"

#include <optional>
#include <string>
#include <string_view>

namespace plumb::rt::http {

/// In which fields a proxy says whose a request is.
enum class ForwardedFields : uint8_t { None, Forwarded, XForwarded };

/// What the options trusted_proxies, proxy_protocol and forwarded_headers say.
/// Made before the first connection, then only read; any thread may ask.
class Proxies {
public:
  /// None when an item of trusted_proxies is no address; `wrong` is then that
  /// item.
  static std::optional<Proxies> parse(std::string_view trusted,
                                      bool expectHeader, ForwardedFields fields,
                                      std::string &wrong);

  bool trust(const net::Address &peer) const noexcept {
    return !trusted.empty() && trusted.contains(peer);
  }
  /// A trusted one's connections begin with a PROXY header.
  bool expectHeader() const noexcept { return proxyProtocol; }
  /// Its requests tell whose they are.
  bool expectHeaderFields() const noexcept {
    return fields != ForwardedFields::None;
  }
  /// What such a request tells. Throws std::bad_alloc.
  wire::ForwardedRequest read(const wire::Request &request) const;

private:
  net::AddressSet trusted;
  bool proxyProtocol = false;
  ForwardedFields fields = ForwardedFields::None;
};

net::Address addressOf(const wire::Endpoint &endpoint) noexcept;

} // namespace plumb::rt::http

#endif // PLUMB_RUNTIME_HTTP_PROXIES_H
