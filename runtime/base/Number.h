//===- Number.h - a number that is a whole text -----------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_BASE_NUMBER_H
#define PLUMB_RUNTIME_BASE_NUMBER_H

#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

namespace plumb::rt::base {

/// The number that all of `text` is, without blanks or "+". None when it is
/// something else, or does not fit.
template <typename Int>
std::optional<Int> parseNumber(std::string_view text, int base = 10) noexcept {
  Int number{};
  auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (error != std::errc() || end != text.data() + text.size())
    return std::nullopt;
  return number;
}

} // namespace plumb::rt::base

#endif // PLUMB_RUNTIME_BASE_NUMBER_H
