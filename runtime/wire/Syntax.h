//===- Syntax.h - bytes of URIs and header fields ---------------*- C++ -*-===//
//
// RFC 3986 section 2 and RFC 9110 section 5.6. Nothing here allocates.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_WIRE_SYNTAX_H
#define PLUMB_RUNTIME_WIRE_SYNTAX_H

#include "runtime/base/Ascii.h"
#include "runtime/base/List.h"

#include <algorithm>
#include <string_view>

namespace plumb::rt::wire {

using base::equalNoCase, base::hexDigit, base::isAlpha, base::isControl,
    base::isDigit, base::isGraphic, base::toLower;
using base::trimBlanks; // The optional white space of section 5.6.3.

/// A byte of a token (RFC 9110 section 5.6.2).
constexpr bool isTokenByte(char c) noexcept {
  return isDigit(c) || isAlpha(c) ||
         (c != '\0' && std::string_view("!#$%&'*+-.^_`|~").find(c) !=
                           std::string_view::npos);
}
constexpr bool isToken(std::string_view text) noexcept {
  return !text.empty() && base::allOf(text, isTokenByte);
}

/// Each '%' starts an escape of two hexadecimal digits.
constexpr bool escapesAreWhole(std::string_view text) noexcept {
  for (size_t at = 0; (at = text.find('%', at)) != text.npos; at += 3)
    if (text.size() - at < 3 || hexDigit(text[at + 1]) < 0 ||
        hexDigit(text[at + 2]) < 0)
      return false;
  return true;
}

/// Takes the next element off a list whose elements `separator` divides, which
/// does not divide inside a quoted string (RFC 9110 section 5.6.1); trimmed.
constexpr std::string_view takeElement(std::string_view &list,
                                       char separator) noexcept {
  bool quoted = false;
  size_t at = 0;
  for (; at < list.size() && (quoted || list[at] != separator); ++at) {
    if (list[at] == '"')
      quoted = !quoted;
    else if (quoted && list[at] == '\\')
      ++at;
  }
  std::string_view element = list.substr(0, at);
  list.remove_prefix(std::min(at + 1, list.size()));
  return trimBlanks(element);
}

} // namespace plumb::rt::wire

#endif // PLUMB_RUNTIME_WIRE_SYNTAX_H
