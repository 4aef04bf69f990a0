//===- Address.h - socket addresses -----------------------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_NET_ADDRESS_H
#define PLUMB_RUNTIME_NET_ADDRESS_H

#include <array>
#include <cstdint>
#include <netinet/in.h>
#include <optional>
#include <string>
#include <string_view>

namespace plumb::rt::net {

/// An IPv4 or IPv6 address and a port, or whoever connects to a UNIX-domain
/// socket; in 20 bytes.
struct Address {
  std::array<uint8_t, 16> bytes = {}; ///< the first 4 for IPv4
  uint16_t port = 0;
  bool isV6 = false;
  bool isUnix = false;

  /// A literal: "127.0.0.1", "::", "[::1]", or "localhost" for 127.0.0.1.
  static std::optional<Address> parse(std::string_view text, uint16_t port);
  static Address from(const sockaddr_in6 &socketAddress) noexcept;
  /// Whether it is IPv4 written as IPv6, as ::ffff:192.0.2.1, and the same as
  /// IPv4.
  bool isMapped() const noexcept;
  Address unmapped() const noexcept;
  /// The size of what was written to `out`.
  socklen_t to(sockaddr_in6 &out) const noexcept;
  /// "192.0.2.1:4711" or "[2001:db8::1]:4711"; an IPv4 peer of an IPv6 socket
  /// is written as IPv4; "unix".
  std::string text() const;
};

} // namespace plumb::rt::net

#endif // PLUMB_RUNTIME_NET_ADDRESS_H
