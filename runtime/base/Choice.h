//===- Choice.h - one of a few words ----------------------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_BASE_CHOICE_H
#define PLUMB_RUNTIME_BASE_CHOICE_H

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace plumb::rt::base {

/// Words with a '|' between each two, "off|on": what an option or a variable
/// of the environment may be. Letters count as they are.
class Choice {
public:
  constexpr explicit Choice(std::string_view words) noexcept : words(words) {}

  /// The place of the word that `text` is, from 0.
  constexpr std::optional<size_t> find(std::string_view text) const noexcept {
    std::string_view left = words;
    for (size_t place = 0;; ++place) {
      size_t end = std::min(left.find('|'), left.size());
      if (left.substr(0, end) == text)
        return place;
      if (end == left.size())
        return std::nullopt;
      left.remove_prefix(end + 1);
    }
  }
  /// The word at a place that there is.
  constexpr std::string_view operator[](size_t place) const noexcept {
    std::string_view left = words;
    while (place-- > 0)
      left.remove_prefix(left.find('|') + 1);
    return left.substr(0, left.find('|'));
  }
  /// "off, on": for who gave none of them.
  std::string list() const {
    std::string all;
    for (char c : words)
      all += c == '|' ? std::string(", ") : std::string(1, c);
    return all;
  }

private:
  std::string_view words;
};

} // namespace plumb::rt::base

#endif // PLUMB_RUNTIME_BASE_CHOICE_H
