//===- Endpoint.cpp - an address as a proxy writes it ---------------------===//

#include "runtime/wire/Endpoint.h"
#include "runtime/base/MappedV4.h"
#include "runtime/base/Number.h"

#include <algorithm>
#include <arpa/inet.h>
#include <string>

using namespace plumb::rt::wire;

Endpoint Endpoint::fromV4(std::span<const uint8_t, 4> bytes, uint16_t port) {
  Endpoint endpoint;
  std::copy(bytes.begin(), bytes.end(), endpoint.bytes.begin());
  endpoint.port = port;
  return endpoint;
}

Endpoint Endpoint::fromV6(std::span<const uint8_t, 16> bytes, uint16_t port) {
  if (base::isMappedV4(bytes))
    return fromV4(bytes.last<4>(), port);
  Endpoint endpoint;
  std::copy(bytes.begin(), bytes.end(), endpoint.bytes.begin());
  endpoint.port = port;
  endpoint.isV6 = true;
  return endpoint;
}

/// inet_pton(3) on a text that may have zero bytes in it.
static bool parse(int family, std::string_view text,
                  std::array<uint8_t, 16> &into) {
  return text.find('\0') == text.npos &&
         ::inet_pton(family, std::string(text).c_str(), into.data()) == 1;
}

std::optional<Endpoint> Endpoint::parseV4(std::string_view text,
                                          uint16_t port) {
  std::array<uint8_t, 16> bytes;
  if (!parse(AF_INET, text, bytes))
    return std::nullopt;
  return fromV4(std::span(bytes).first<4>(), port);
}

std::optional<Endpoint> Endpoint::parseV6(std::string_view text,
                                          uint16_t port) {
  std::array<uint8_t, 16> bytes;
  if (!parse(AF_INET6, text, bytes))
    return std::nullopt;
  return fromV6(bytes, port);
}

std::optional<uint16_t> plumb::rt::wire::parsePort(std::string_view text) {
  if (text.size() > 1 && text[0] == '0')
    return std::nullopt;
  return plumb::rt::base::parseNumber<uint16_t>(text);
}
