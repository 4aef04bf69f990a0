//===- AddressSet.h - which addresses are meant -----------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_NET_ADDRESSSET_H
#define PLUMB_RUNTIME_NET_ADDRESSSET_H

#include "runtime/net/Address.h"

#include <string>
#include <string_view>
#include <vector>

namespace plumb::rt::net {

/// Addresses and prefixes of addresses, whatever the port. Made once, then only
/// read; any thread may ask. Throws std::bad_alloc only.
class AddressSet {
public:
  /// A list, separated by commas, of addresses ("192.0.2.1", "2001:db8::1"),
  /// prefixes ("10.0.0.0/8", with no bits behind it) and "unix", which is who
  /// connects to a UNIX-domain socket. Empty for none. None when an item is
  /// none of these; `wrong` is then that item.
  static std::optional<AddressSet> parse(std::string_view text,
                                         std::string &wrong);

  bool empty() const noexcept { return prefixes.empty() && !hasUnix; }
  bool contains(const Address &address) const noexcept;

private:
  struct Prefix {
    std::array<uint8_t, 16> bytes;
    uint8_t bits;
    bool isV6;
  };
  static std::optional<Prefix> parsePrefix(std::string_view text);

  std::vector<Prefix> prefixes;
  bool hasUnix = false;
};

} // namespace plumb::rt::net

#endif // PLUMB_RUNTIME_NET_ADDRESSSET_H
