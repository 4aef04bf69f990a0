//===- AddressSet.cpp - which addresses are meant -------------------------===//

#include "runtime/net/AddressSet.h"
#include "runtime/base/List.h"
#include "runtime/base/Number.h"

#include <algorithm>
#include <cstring>

namespace plumb::rt::net {

/// Of the byte in which a prefix ends: the bits that belong to it.
static uint8_t maskOf(unsigned bits) noexcept {
  return static_cast<uint8_t>(0xff00 >> (bits % 8));
}

std::optional<AddressSet::Prefix>
AddressSet::parsePrefix(std::string_view text) {
  size_t slash = std::min(text.find('/'), text.size());
  std::optional<Address> address = Address::parse(text.substr(0, slash), 0);
  if (!address)
    return std::nullopt;
  unsigned maxBits = address->isV6 ? 128 : 32, bits = maxBits;
  if (slash != text.size()) {
    auto given = base::parseNumber<unsigned>(text.substr(slash + 1));
    if (!given || *given > maxBits)
      return std::nullopt;
    bits = *given;
  }
  if (address->isV6 && address->isMapped() && bits >= 96) {
    *address = address->unmapped();
    bits -= 96;
    maxBits = 32;
  }
  Prefix prefix{address->bytes, static_cast<uint8_t>(bits), address->isV6};
  for (unsigned at = bits / 8; at < maxBits / 8; ++at)
    if (prefix.bytes[at] & ~(at == bits / 8 ? maskOf(bits) : 0))
      return std::nullopt;
  return prefix;
}

std::optional<AddressSet> AddressSet::parse(std::string_view text,
                                            std::string &wrong) {
  AddressSet set;
  if (base::trimBlanks(text).empty())
    return set;
  bool good = base::eachItem(text, [&](std::string_view item) {
    if (item == "unix")
      return set.hasUnix = true;
    std::optional<Prefix> prefix = parsePrefix(item);
    if (prefix)
      set.prefixes.push_back(*prefix);
    else
      wrong = item;
    return prefix.has_value();
  });
  if (!good)
    return std::nullopt;
  return set;
}

bool AddressSet::contains(const Address &address) const noexcept {
  if (address.isUnix)
    return hasUnix;
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](const Prefix &prefix) {
                       unsigned whole = prefix.bits / 8;
                       return prefix.isV6 == address.isV6 &&
                              std::memcmp(prefix.bytes.data(),
                                          address.bytes.data(), whole) == 0 &&
                              (prefix.bits % 8 == 0 ||
                               ((prefix.bytes[whole] ^ address.bytes[whole]) &
                                maskOf(prefix.bits)) == 0);
                     });
}

} // namespace plumb::rt::net
