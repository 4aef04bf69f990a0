//===- Syntax.h - bytes of URIs and header fields ---------------*- C++ -*-===//
//
// RFC 3986 section 2 and RFC 9110 section 5.6. Nothing here allocates.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_WIRE_SYNTAX_H
#define PLUMB_RUNTIME_WIRE_SYNTAX_H

#include "runtime/base/List.h"

#include <algorithm>
#include <string_view>

namespace plumb::rt::wire {

constexpr bool isDigit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr bool isAlpha(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr char toLower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}
/// 0 to 15; -1 for what is no digit.
constexpr int hexDigit(char c) noexcept {
  if (isDigit(c))
    return c - '0';
  c = toLower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}
/// A byte of a token (RFC 9110 section 5.6.2).
constexpr bool isTokenByte(char c) noexcept {
  return isDigit(c) || isAlpha(c) ||
         (c != '\0' && std::string_view("!#$%&'*+-.^_`|~").find(c) !=
                           std::string_view::npos);
}
constexpr bool isToken(std::string_view text) noexcept {
  return !text.empty() && std::all_of(text.begin(), text.end(), isTokenByte);
}
constexpr bool equalNoCase(std::string_view a, std::string_view b) noexcept {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return toLower(x) == toLower(y); });
}
using base::trimBlanks; // The optional white space of section 5.6.3.

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
