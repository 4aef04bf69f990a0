//===- Address.cpp - socket addresses -------------------------------------===//

#include "runtime/net/Address.h"
#include "runtime/base/MappedV4.h"

#include <arpa/inet.h>
#include <cstring>

namespace plumb::rt::net {

std::optional<Address> Address::parse(std::string_view text, uint16_t port) {
  if (text == "localhost")
    text = "127.0.0.1";
  if (text.size() > 2 && text.front() == '[' && text.back() == ']')
    text = text.substr(1, text.size() - 2);
  std::string literal(text);
  Address address;
  address.port = port;
  if (::inet_pton(AF_INET, literal.c_str(), address.bytes.data()) == 1)
    return address;
  address.isV6 = true;
  if (::inet_pton(AF_INET6, literal.c_str(), address.bytes.data()) == 1)
    return address;
  return std::nullopt;
}

bool Address::isMapped() const noexcept {
  return isV6 && base::isMappedV4(bytes);
}

Address Address::unmapped() const noexcept {
  Address v4;
  std::memcpy(v4.bytes.data(), bytes.data() + 12, 4);
  v4.port = port;
  return v4;
}

Address Address::from(const sockaddr_in6 &socketAddress) noexcept {
  Address address;
  if (socketAddress.sin6_family == AF_INET6) {
    std::memcpy(address.bytes.data(), &socketAddress.sin6_addr, 16);
    address.port = ntohs(socketAddress.sin6_port);
    address.isV6 = true;
    if (address.isMapped())
      return address.unmapped();
  } else if (socketAddress.sin6_family == AF_UNIX) {
    address.isUnix = true;
  } else {
    sockaddr_in v4;
    std::memcpy(&v4, &socketAddress, sizeof v4);
    std::memcpy(address.bytes.data(), &v4.sin_addr, 4);
    address.port = ntohs(v4.sin_port);
  }
  return address;
}

socklen_t Address::to(sockaddr_in6 &out) const noexcept {
  out = {};
  if (isV6) {
    out.sin6_family = AF_INET6;
    out.sin6_port = htons(port);
    std::memcpy(&out.sin6_addr, bytes.data(), 16);
    return sizeof(sockaddr_in6);
  }
  sockaddr_in v4 = {};
  v4.sin_family = AF_INET;
  v4.sin_port = htons(port);
  std::memcpy(&v4.sin_addr, bytes.data(), 4);
  std::memcpy(&out, &v4, sizeof v4);
  return sizeof v4;
}

std::string Address::text() const {
  if (isUnix)
    return "unix";
  char literal[INET6_ADDRSTRLEN];
  ::inet_ntop(isV6 ? AF_INET6 : AF_INET, bytes.data(), literal, sizeof literal);
  std::string host = isV6 ? "[" + std::string(literal) + "]" : literal;
  return host + ":" + std::to_string(port);
}

} // namespace plumb::rt::net
