//===- Endpoint.h - an address as a proxy writes it -------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_WIRE_ENDPOINT_H
#define PLUMB_RUNTIME_WIRE_ENDPOINT_H

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace plumb::rt::wire {

/// An IPv4 or IPv6 address and a port, 0 when it is not told. An IPv4 address
/// that is written as IPv6 (::ffff:192.0.2.1) is IPv4, so that equal ones are
/// equal. Any thread; functions throw std::bad_alloc only.
struct Endpoint {
  std::array<uint8_t, 16> bytes = {}; ///< the first 4 for IPv4
  uint16_t port = 0;
  bool isV6 = false;
  bool operator==(const Endpoint &) const = default;

  static Endpoint fromV4(std::span<const uint8_t, 4> bytes, uint16_t port);
  static Endpoint fromV6(std::span<const uint8_t, 16> bytes, uint16_t port);
  /// "192.0.2.1"; no leading zeros, which some take for octal.
  static std::optional<Endpoint> parseV4(std::string_view text, uint16_t port);
  /// "2001:db8::1", without brackets and without a zone.
  static std::optional<Endpoint> parseV6(std::string_view text, uint16_t port);
};

/// 0 to 65535 in decimal, without sign or leading zeros.
std::optional<uint16_t> parsePort(std::string_view text);

} // namespace plumb::rt::wire

#endif // PLUMB_RUNTIME_WIRE_ENDPOINT_H
