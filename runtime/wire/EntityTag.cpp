//===- EntityTag.cpp - preconditions of a request -------------------------===//

#include "runtime/wire/EntityTag.h"
#include "runtime/wire/Request.h"
#include "runtime/wire/Syntax.h"

using namespace plumb::rt::wire;

/// entity-tag without its "W/" (RFC 9110 section 8.8.3): no escapes in it.
static bool isOpaqueTag(std::string_view text) {
  return text.size() >= 2 && text.front() == '"' && text.back() == '"' &&
         std::all_of(text.begin() + 1, text.end() - 1, [](char c) {
           return c != ' ' && c != '"' && !isControl(c);
         });
}

bool plumb::rt::wire::namesTag(std::string_view value, std::string_view own,
                               TagComparison comparison) noexcept {
  value = trimBlanks(value);
  if (value == "*")
    return true;
  bool found = false;
  while (!value.empty()) {
    // To the comma behind the closing quote; a tag may have commas in it.
    bool quoted = false;
    size_t end = 0;
    for (; end < value.size() && (quoted || value[end] != ','); ++end)
      quoted ^= value[end] == '"';
    std::string_view tag = trimBlanks(value.substr(0, end));
    value.remove_prefix(std::min(end + 1, value.size()));
    if (tag.empty())
      continue; // An empty element of a list.
    bool weak = tag.starts_with("W/");
    tag.remove_prefix(weak ? 2 : 0);
    if (!isOpaqueTag(tag))
      return false;
    found |= tag == own && (!weak || comparison == TagComparison::Weak);
  }
  return found;
}

unsigned plumb::rt::wire::evaluatePreconditions(const Request &request,
                                                std::string_view own) {
  if (request.headerCount("If-Match") != 0 &&
      !namesTag(request.header("If-Match"), own, TagComparison::Strong))
    return 412;
  if (request.headerCount("If-None-Match") != 0 &&
      namesTag(request.header("If-None-Match"), own, TagComparison::Weak))
    return 304;
  return 200;
}
