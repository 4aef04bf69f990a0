//===- Proxies.cpp - whose word about a client is taken -------------------===//

#include "runtime/rooms/Proxies.h"

namespace plumb::rt::rooms {

std::optional<Proxies> Proxies::parse(const Options &options,
                                      std::string &wrong) {
  std::optional<net::AddressSet> trusted =
      net::AddressSet::parse(options.trusted_proxies, wrong);
  if (!trusted)
    return std::nullopt;
  Proxies proxies;
  proxies.trusted = *std::move(trusted);
  proxies.proxyProtocol = options.proxy_protocol == Options::ProxyProtocol::On;
  proxies.headers = options.forwarded_headers;
  return proxies;
}

wire::ForwardedRequest Proxies::read(const wire::Request &request) const {
  auto trusts = [this](const wire::Endpoint &endpoint) {
    return trust(addressOf(endpoint));
  };
  return headers == Options::ForwardedHeaders::Forwarded
             ? wire::readForwarded(request, trusts)
             : wire::readXForwarded(request, trusts);
}

net::Address addressOf(const wire::Endpoint &endpoint) noexcept {
  net::Address address;
  address.bytes = endpoint.bytes;
  address.port = endpoint.port;
  address.isV6 = endpoint.isV6;
  return address;
}

} // namespace plumb::rt::rooms
