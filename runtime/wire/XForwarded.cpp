//===- XForwarded.cpp - what proxies say about a request, X-Forwarded-* ---===//

#include "runtime/wire/Authority.h"
#include "runtime/wire/Forwarded.h"
#include "runtime/wire/ForwardedNode.h"
#include "runtime/wire/Syntax.h"

#include <algorithm>
#include <vector>

using namespace plumb::rt::wire;

namespace {

/// The items of a list, those that are empty left out. No quotes are known.
std::vector<std::string_view> itemsOf(std::string_view list) {
  std::vector<std::string_view> items;
  while (!list.empty()) {
    size_t comma = std::min(list.find(','), list.size());
    std::string_view item = trimBlanks(list.substr(0, comma));
    list.remove_prefix(std::min(list.size(), comma + 1));
    if (!item.empty())
      items.push_back(item);
  }
  return items;
}

std::string lastOf(const Request &request, std::string_view name) {
  std::string list = request.header(name);
  std::vector<std::string_view> items = itemsOf(list);
  return items.empty() ? std::string() : std::string(items.back());
}

} // namespace

ForwardedRequest plumb::rt::wire::readXForwarded(const Request &request,
                                                 const Trusts &trusts) {
  ForwardedRequest result;
  std::string field = request.header("X-Forwarded-For");
  std::vector<std::string_view> list = itemsOf(field);
  for (size_t at = list.size(); at-- != 0;) {
    ForwardedNode node = ForwardedNode::parse(list[at], true);
    if (!node.wellFormed) {
      result.wrong = "what X-Forwarded-For ends with is no address";
      return result;
    }
    result.client = node.endpoint;
    if (!node.endpoint || !trusts(*node.endpoint))
      break;
  }
  if (std::string scheme = lastOf(request, "X-Forwarded-Proto");
      !scheme.empty()) {
    result.secure = isSecureScheme(scheme);
    if (!result.secure) {
      result.wrong = "X-Forwarded-Proto is neither http nor https";
      return result;
    }
  }
  result.host = lastOf(request, "X-Forwarded-Host");
  std::string_view host = result.host.empty() ? request.host() : result.host;
  std::optional<Authority> authority = parseAuthority(host);
  if (!authority) {
    result.wrong = "X-Forwarded-Host is no host";
    return result;
  }
  if (std::string port = lastOf(request, "X-Forwarded-Port"); !port.empty()) {
    if (parsePort(port).value_or(0) == 0) {
      result.wrong = "X-Forwarded-Port is no port";
      return result;
    }
    if (authority->port.empty() && !host.empty())
      result.host = std::string(authority->host) + ':' + port;
  }
  return result;
}
