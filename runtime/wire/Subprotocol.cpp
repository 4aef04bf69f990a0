//===- Subprotocol.cpp - what both sides speak inside messages ------------===//

#include "runtime/wire/Subprotocol.h"
#include "runtime/base/List.h"
#include "runtime/wire/Syntax.h"

#include <algorithm>

using namespace plumb::rt::wire;

/// The tokens of a list; empty elements are to be ignored (RFC 9110 section
/// 5.6.1.2). False when something in it is no token.
static bool split(std::string_view list, std::vector<std::string_view> &out) {
  return plumb::rt::base::eachItem(list, [&](std::string_view item) {
    if (!item.empty())
      out.push_back(item);
    return std::all_of(item.begin(), item.end(), isTokenByte);
  });
}

static bool hasTwice(std::vector<std::string_view> &sorted) {
  std::sort(sorted.begin(), sorted.end());
  return std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end();
}

std::optional<std::vector<std::string>>
plumb::rt::wire::parseSubprotocols(std::string_view text) {
  std::vector<std::string_view> items;
  if (!split(text, items))
    return std::nullopt;
  std::vector<std::string> names(items.begin(), items.end());
  if (hasTwice(items))
    return std::nullopt;
  return names;
}

SubprotocolChoice
plumb::rt::wire::chooseSubprotocol(const Request &request,
                                   std::span<const std::string> ours) {
  if (request.headerCount("Sec-WebSocket-Protocol") == 0)
    return {};
  std::string header = request.header("Sec-WebSocket-Protocol");
  std::vector<std::string_view> offered;
  if (!split(header, offered) || offered.empty() || hasTwice(offered))
    return {.wellFormed = false};
  for (size_t i = 0; i < ours.size(); ++i)
    if (std::binary_search(offered.begin(), offered.end(), ours[i]))
      return {.index = static_cast<int32_t>(i)};
  return {};
}
