//===- Origin.cpp - which pages may connect -------------------------------===//

#include "runtime/wire/Origin.h"
#include "runtime/base/List.h"
#include "runtime/base/Number.h"
#include "runtime/wire/Syntax.h"

#include <algorithm>

using namespace plumb::rt::wire;

namespace {

bool isSchemeChar(char c) {
  return isAlpha(c) || isDigit(c) || c == '+' || c == '-' || c == '.';
}
/// Of a name or an IPv4 literal; what separates the parts of a URL is not, nor
/// is '*': there are no patterns.
bool isHostChar(char c) {
  return isGraphic(c) && std::string_view("/?#@,*\\[]:\"<>^`{|}").find(c) ==
                             std::string_view::npos;
}
bool isV6Char(char c) { return hexDigit(c) >= 0 || c == ':' || c == '.'; }

unsigned defaultPort(std::string_view scheme) {
  if (scheme == "http" || scheme == "ws")
    return 80;
  return scheme == "https" || scheme == "wss" ? 443 : 0;
}

/// host [":" port] (RFC 3986 section 3.2) behind a scheme in lower case.
std::optional<std::string> normalAuthority(const std::string &scheme,
                                           std::string_view authority) {
  size_t hostEnd;
  if (authority.starts_with('[')) {
    hostEnd = std::min(authority.find(']'), authority.size() - 1) + 1;
    std::string_view literal = authority.substr(1, hostEnd - 1);
    if (literal.size() < 3 || literal.back() != ']' ||
        !std::all_of(literal.begin(), literal.end() - 1, isV6Char))
      return std::nullopt;
  } else {
    hostEnd = std::min(authority.find(':'), authority.size());
    std::string_view name = authority.substr(0, hostEnd);
    if (!std::all_of(name.begin(), name.end(), isHostChar))
      return std::nullopt;
  }
  std::string normal = scheme + "://" + toLower(authority.substr(0, hostEnd));
  std::string_view port = authority.substr(hostEnd);
  // Of the schemes that we know, none has origins without a host.
  if (hostEnd == 0 && (defaultPort(scheme) != 0 || !port.empty()))
    return std::nullopt;
  if (port.empty() || port == ":")
    return normal;
  uint16_t number =
      plumb::rt::base::parseNumber<uint16_t>(port.substr(1)).value_or(0);
  if (port[0] != ':' || number == 0)
    return std::nullopt;
  if (number != defaultPort(scheme))
    normal += ':' + std::to_string(number);
  return normal;
}

} // namespace

std::optional<std::string>
plumb::rt::wire::normalOrigin(std::string_view text) {
  if (text == "null")
    return std::string(text);
  size_t colon = text.find("://");
  if (colon == text.npos || colon == 0 || !isAlpha(text[0]) ||
      !std::all_of(text.begin(), text.begin() + colon, isSchemeChar))
    return std::nullopt;
  std::string scheme = toLower(text.substr(0, colon));
  std::string_view authority = text.substr(colon + 3);
  if (authority.ends_with(':'))
    return std::nullopt;
  return normalAuthority(scheme, authority);
}

std::optional<OriginPolicy> OriginPolicy::parse(std::string_view text,
                                                std::string &wrong) {
  OriginPolicy policy;
  text = trimBlanks(text);
  if (text == "same")
    return policy;
  if (text == "any") {
    policy.kind = Kind::Any;
    return policy;
  }
  policy.kind = Kind::List;
  bool good = plumb::rt::base::eachItem(text, [&](std::string_view item) {
    std::optional<std::string> origin = normalOrigin(item);
    if (!origin) {
      wrong = item;
      return false;
    }
    policy.list.push_back(*std::move(origin));
    return true;
  });
  if (!good)
    return std::nullopt;
  std::sort(policy.list.begin(), policy.list.end());
  return policy;
}

bool OriginPolicy::allows(const Request &request, bool secure,
                          std::string_view host) const {
  unsigned count = request.headerCount("Origin");
  if (kind == Kind::Any || count == 0)
    return true;
  if (count > 1)
    return false;
  std::optional<std::string> origin =
      normalOrigin(request.firstHeader("Origin"));
  if (!origin)
    return false;
  if (kind == Kind::List)
    return std::binary_search(list.begin(), list.end(), *origin);
  return origin == normalAuthority(secure ? "https" : "http", host);
}
