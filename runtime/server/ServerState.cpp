//===- ServerState.cpp - what the shards of a server share ----------------===//

#include "runtime/server/ServerState.h"
#include "runtime/server/Refusal.h"
#include "runtime/wire/Subprotocol.h"

namespace plumb::rt::server {

static http::ForwardedFields fieldsOf(const Options &options) noexcept {
  switch (options.forwarded_headers) {
  case Options::ForwardedHeaders::Off:
    return http::ForwardedFields::None;
  case Options::ForwardedHeaders::Forwarded:
    return http::ForwardedFields::Forwarded;
  default:
    return http::ForwardedFields::XForwarded;
  }
}

rooms::Status ServerState::readLists() {
  std::string wrong;
  if (auto policy = wire::OriginPolicy::parse(options.origins, wrong))
    origins = *std::move(policy);
  else
    return refuseToServe(
        rooms::Status::InvalidArgument,
        "the option origins has '" + wrong +
            "', but it must be same, any or a list of origins such "
            "as https://a.example,http://localhost:8080");
  if (auto trusted = http::Proxies::parse(options.trusted_proxies,
                                          options.proxy_protocol ==
                                              Options::ProxyProtocol::On,
                                          fieldsOf(options), wrong))
    proxies = *std::move(trusted);
  else
    return refuseToServe(
        rooms::Status::InvalidArgument,
        "the option trusted_proxies has '" + wrong +
            "', but it must be a list of addresses and prefixes such "
            "as 127.0.0.1,10.0.0.0/8,2001:db8::/32, or unix");
  if (auto names = wire::parseSubprotocols(options.subprotocols))
    subprotocols = *std::move(names);
  else
    return refuseToServe(
        rooms::Status::InvalidArgument,
        "the option subprotocols is '" + options.subprotocols +
            "', but it must be a list of different names such as "
            "v2.chat,v1.chat");
  return rooms::Status::Ok;
}

} // namespace plumb::rt::server
