//===- Authority.cpp - host and port of a request -------------------------===//

#include "runtime/wire/Authority.h"
#include "runtime/base/Number.h"
#include "runtime/wire/Syntax.h"

#include <arpa/inet.h>

using namespace plumb::rt::wire;

namespace {

/// unreserved / sub-delims (RFC 3986 section 2).
bool isNameByte(char c) {
  return isDigit(c) || isAlpha(c) ||
         (c != '\0' && std::string_view("-._~!$&'()*+,;=").find(c) !=
                           std::string_view::npos);
}

/// What stands between the brackets: IPv6address / IPvFuture (section 3.2.2).
bool isLiteral(std::string_view text) {
  if (text.starts_with('v') || text.starts_with('V')) {
    size_t dot = text.find('.');
    auto isHex = [](char c) { return hexDigit(c) >= 0; };
    return dot != text.npos && dot > 1 && dot + 1 < text.size() &&
           std::all_of(text.begin() + 1, text.begin() + dot, isHex) &&
           std::all_of(text.begin() + dot + 1, text.end(),
                       [](char c) { return isNameByte(c) || c == ':'; });
  }
  char terminated[INET6_ADDRSTRLEN] = {};
  if (text.size() >= sizeof terminated)
    return false;
  std::copy(text.begin(), text.end(), terminated);
  in6_addr address;
  return text.find('\0') == text.npos &&
         ::inet_pton(AF_INET6, terminated, &address) == 1;
}

bool isPort(std::string_view text) {
  return text.empty() ||
         plumb::rt::base::parseNumber<uint16_t>(text).has_value();
}

} // namespace

std::optional<Authority>
plumb::rt::wire::parseAuthority(std::string_view text) noexcept {
  if (text.empty())
    return Authority{};
  size_t hostEnd;
  if (text.starts_with('[')) {
    hostEnd = text.find(']');
    if (hostEnd == text.npos || !isLiteral(text.substr(1, hostEnd - 1)))
      return std::nullopt;
    ++hostEnd;
  } else {
    hostEnd = std::min(text.find(':'), text.size());
    std::string_view name = text.substr(0, hostEnd);
    if (name.empty() || !escapesAreWhole(name) ||
        !std::all_of(name.begin(), name.end(),
                     [](char c) { return isNameByte(c) || c == '%'; }))
      return std::nullopt;
  }
  std::string_view port = text.substr(hostEnd);
  if (!port.empty() && (port[0] != ':' || !isPort(port.substr(1))))
    return std::nullopt;
  return Authority{text.substr(0, hostEnd),
                   port.empty() ? port : port.substr(1)};
}
