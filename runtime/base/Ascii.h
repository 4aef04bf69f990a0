//===- Ascii.h - bytes of ASCII ---------------------------------*- C++ -*-===//
//
// Of no locale; bytes over 0x7f are none of these and have no case.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_BASE_ASCII_H
#define PLUMB_RUNTIME_BASE_ASCII_H

#include <algorithm>
#include <string>
#include <string_view>

namespace plumb::rt::base {

constexpr bool isDigit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr bool isAlpha(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
/// A control character: 0x00 to 0x1f, and 0x7f.
constexpr bool isControl(char c) noexcept {
  return (c >= 0 && c < 0x20) || c == 0x7f;
}
/// Neither a control character nor over 0x7e; a blank is one.
constexpr bool isPrintable(char c) noexcept { return c >= 0x20 && c < 0x7f; }
/// As isPrintable(), without the blank.
constexpr bool isGraphic(char c) noexcept { return c > 0x20 && c < 0x7f; }

/// 0 to 15; -1 for what is no digit.
constexpr int hexDigit(char c) noexcept {
  return isDigit(c)             ? c - '0'
         : c >= 'a' && c <= 'f' ? c - 'a' + 10
         : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                : -1;
}

constexpr char toLower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}
inline std::string toLower(std::string_view text) {
  std::string lower(text);
  for (char &c : lower)
    c = toLower(c);
  return lower;
}
constexpr bool equalNoCase(std::string_view a, std::string_view b) noexcept {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return toLower(x) == toLower(y); });
}

/// Whether `is` holds for each byte.
template <typename Is>
constexpr bool allOf(std::string_view text, Is &&is) noexcept {
  return std::all_of(text.begin(), text.end(), is);
}

} // namespace plumb::rt::base

#endif // PLUMB_RUNTIME_BASE_ASCII_H
