//===- ListenAddress.cpp - where a server listens -------------------------===//

#include "runtime/net/ListenAddress.h"
#include "runtime/base/List.h"
#include "runtime/base/Number.h"

namespace plumb::rt::net {

static bool takeFront(std::string_view &text, std::string_view front) {
  if (!text.starts_with(front))
    return false;
  text.remove_prefix(front.size());
  return true;
}

/// "unix:..." or "fd:...".
static std::optional<ListenAddress> parseNamed(std::string_view text) {
  ListenAddress place;
  if (takeFront(text, "unix:"))
    place.kind = ListenAddress::Kind::Unix;
  else if (takeFront(text, "fd:"))
    place.kind = ListenAddress::Kind::Inherited;
  else
    return std::nullopt;
  bool isName = !text.empty() && text != "@" && text.find('\0') == text.npos;
  if (!isName)
    return std::nullopt;
  place.name = text;
  return place;
}

std::optional<ListenAddress> ListenAddress::parse(std::string_view text,
                                                  uint16_t port) {
  if (std::optional<Address> address = Address::parse(text, port))
    return ListenAddress{.address = *address};
  return parseNamed(text);
}

static std::optional<ListenAddress> parseItem(std::string_view item,
                                              std::string_view bind) {
  bool tls = takeFront(item, "tls:");
  std::optional<ListenAddress> place = parseNamed(item);
  if (!place) {
    size_t colon = item.rfind(':');
    auto port = base::parseNumber<uint16_t>(
        item.substr(colon == item.npos ? 0 : colon + 1));
    if (!port)
      return std::nullopt;
    std::optional<Address> address;
    if (colon == item.npos) {
      address = Address::parse(bind, *port);
      if (!address)
        address = Address::parse("0.0.0.0", *port);
    } else if (std::string_view host = item.substr(0, colon);
               // Else nobody could tell where the port begins.
               host.find(':') == host.npos || host.ends_with(']')) {
      address = Address::parse(host, *port);
    }
    if (!address)
      return std::nullopt;
    place = ListenAddress{.address = *address};
  }
  place->tls = tls;
  return place;
}

std::optional<std::vector<ListenAddress>>
ListenAddress::parseList(std::string_view text, std::string_view bind,
                         std::string &wrong) {
  std::vector<ListenAddress> list;
  if (base::trimBlanks(text).empty())
    return list;
  bool good = base::eachItem(text, [&](std::string_view item) {
    std::optional<ListenAddress> place = parseItem(item, bind);
    if (!place) {
      wrong = item;
      return false;
    }
    list.push_back(*std::move(place));
    return true;
  });
  if (!good)
    return std::nullopt;
  return list;
}

std::string ListenAddress::text() const {
  std::string front = tls ? "tls:" : "";
  switch (kind) {
  case Kind::Tcp:
    return front + address.text();
  case Kind::Unix:
    return front + "unix:" + name;
  case Kind::Inherited:
    return front + "fd:" + name;
  }
  __builtin_unreachable();
}

} // namespace plumb::rt::net
