//===- MappedV4.h - IPv4 that is written as IPv6 ----------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_BASE_MAPPEDV4_H
#define PLUMB_RUNTIME_BASE_MAPPEDV4_H

#include <algorithm>
#include <cstdint>
#include <span>

namespace plumb::rt::base {

/// Whether it is ::ffff:0:0/96, whose last four bytes are an IPv4 address (RFC
/// 4291 section 2.5.5.2).
constexpr bool isMappedV4(std::span<const uint8_t, 16> address) noexcept {
  constexpr auto isZero = [](uint8_t byte) { return byte == 0; };
  return std::all_of(address.begin(), address.begin() + 10, isZero) &&
         address[10] == 0xff && address[11] == 0xff;
}

} // namespace plumb::rt::base

#endif // PLUMB_RUNTIME_BASE_MAPPEDV4_H
