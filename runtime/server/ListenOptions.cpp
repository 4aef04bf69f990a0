//===- ListenOptions.cpp - where a server is to listen --------------------===//

#include "runtime/server/ListenOptions.h"
#include "runtime/base/Number.h"
#include "runtime/server/Refusal.h"

namespace plumb::rt::server {

/// `option` and `value` are the environment's.
static std::optional<net::ListenAddress>
parseBind(const char *option, const std::string &value, int64_t port) {
  auto place = net::ListenAddress::parse(value, static_cast<uint16_t>(port));
  if (!place)
    (void)refuseToServe(
        rooms::Status::InvalidArgument,
        "cannot listen on '" + value + "': " + option +
            " must be an IPv4 or IPv6 address such as 0.0.0.0, "
            "127.0.0.1 or ::, or unix:PATH, unix:@NAME or fd:NAME");
  return place;
}

rooms::Status ListenOptions::read(const Options &options, uint16_t port,
                                  bool hasTls) {
  auto first = parseBind("PLUMB_WS_BIND", options.bind, port);
  if (!first)
    return rooms::Status::InvalidArgument;
  std::string wrong;
  auto further =
      net::ListenAddress::parseList(options.listen, options.bind, wrong);
  if (!further)
    return refuseToServe(rooms::Status::InvalidArgument,
                         "the option listen has '" + wrong +
                             "', but it must be a list of ports, addresses "
                             "with ports, unix:PATH, unix:@NAME and fd:NAME, "
                             "each perhaps with tls: in front, such as "
                             "80,tls:[::1]:8443,unix:/run/chat.sock");
  first->tls = hasTls;
  places.push_back(*std::move(first));
  for (net::ListenAddress &place : *further) {
    if (place.tls && !hasTls)
      return refuseToServe(
          rooms::Status::InvalidArgument,
          "the option listen has '" + place.text() +
              "', but the program serves without a certificate; leave tls: "
              "out, or let the program serve with TLS");
    places.push_back(std::move(place));
  }
  mode_t mode =
      base::parseNumber<mode_t>(options.unix_mode, 8).value_or(~mode_t(0));
  if (mode > 0777)
    return refuseToServe(
        rooms::Status::InvalidArgument,
        "the option unix_mode is '" + options.unix_mode +
            "', but it must be permissions as chmod has them, such as 0660");
  unixMode = mode;
  if (options.admin_port < 0)
    return rooms::Status::Ok;
  admin =
      parseBind("PLUMB_WS_ADMIN_BIND", options.admin_bind, options.admin_port);
  return admin ? rooms::Status::Ok : rooms::Status::InvalidArgument;
}

} // namespace plumb::rt::server
