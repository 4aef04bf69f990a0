//===- Proxies.cpp - whose word about a client is taken -------------------===//

#include "runtime/http/Proxies.h"

namespace plumb::rt::http {

std::optional<Proxies> Proxies::parse(std::string_view trusted,
                                      bool expectHeader, ForwardedFields fields,
                                      std::string &wrong) {
  std::optional<net::AddressSet> addresses =
      net::AddressSet::parse(trusted, wrong);
  if (!addresses)
    return std::nullopt;
  Proxies proxies;
  proxies.trusted = *std::move(addresses);
  proxies.proxyProtocol = expectHeader;
  proxies.fields = fields;
  return proxies;
}

wire::ForwardedRequest Proxies::read(const wire::Request &request) const {
  auto trusts = [this](const wire::Endpoint &endpoint) {
    return trust(addressOf(endpoint));
  };
  return fields == ForwardedFields::Forwarded
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

} // namespace plumb::rt::http
