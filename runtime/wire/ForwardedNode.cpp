//===- ForwardedNode.cpp - one hop of a list of them ----------------------===//

#include "runtime/wire/ForwardedNode.h"
#include "runtime/base/Number.h"
#include "runtime/wire/Syntax.h"

#include <algorithm>

using namespace plumb::rt::wire;

namespace {

/// A name that hides one: "_" and letters, digits, ".", "_" or "-" (RFC 7239
/// section 6.3).
bool isHidden(std::string_view text) {
  return text.size() > 1 && text[0] == '_' &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return isDigit(c) || isAlpha(c) ||
                  std::string_view("._-").find(c) != std::string_view::npos;
         });
}

/// Reads what may be a port of a node, section 6.2; 0 for a hidden one.
bool readNodePort(std::string_view text, uint16_t &port) {
  if (isHidden(text))
    return true;
  std::optional<uint16_t> number;
  if (text.size() <= 5)
    number = plumb::rt::base::parseNumber<uint16_t>(text);
  port = number.value_or(0);
  return number.has_value();
}

} // namespace

std::optional<bool> plumb::rt::wire::isSecureScheme(std::string_view scheme) {
  if (equalNoCase(scheme, "https") || equalNoCase(scheme, "wss"))
    return true;
  if (equalNoCase(scheme, "http") || equalNoCase(scheme, "ws"))
    return false;
  return std::nullopt;
}

ForwardedNode ForwardedNode::parse(std::string_view text, bool bareV6) {
  if (bareV6 && std::count(text.begin(), text.end(), ':') > 1 &&
      !text.starts_with('[')) {
    std::optional<Endpoint> bare = Endpoint::parseV6(text, 0);
    return {bare, bare.has_value()};
  }
  bool bracketed = text.starts_with('[');
  size_t nameEnd = bracketed ? text.find(']') : text.find(':');
  if (bracketed) {
    if (nameEnd == text.npos)
      return {};
    ++nameEnd;
  }
  std::string_view name = text.substr(0, nameEnd);
  uint16_t port = 0;
  if (name.size() != text.size() &&
      (text[name.size()] != ':' ||
       !readNodePort(text.substr(name.size() + 1), port)))
    return {};
  if (equalNoCase(name, "unknown") || isHidden(name))
    return {std::nullopt, true};
  std::optional<Endpoint> endpoint =
      bracketed ? Endpoint::parseV6(name.substr(1, name.size() - 2), port)
                : Endpoint::parseV4(name, port);
  return {endpoint, endpoint.has_value()};
}
