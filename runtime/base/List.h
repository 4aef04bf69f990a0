//===- List.h - a text that is a list ---------------------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_BASE_LIST_H
#define PLUMB_RUNTIME_BASE_LIST_H

#include <algorithm>
#include <string_view>

namespace plumb::rt::base {

/// Without the blanks and tabs around it. Of nothing but those: what is at its
/// end.
constexpr std::string_view trimBlanks(std::string_view text) noexcept {
  constexpr std::string_view blank = " \t";
  text.remove_prefix(std::min(text.find_first_not_of(blank), text.size()));
  return text.substr(0, text.find_last_not_of(blank) + 1);
}

/// Calls `bool each(item)` for what stands between the commas of an option's
/// value, trimmed, until it returns false; then false. An empty text has one
/// item, which is empty.
template <typename Each>
constexpr bool eachItem(std::string_view list, Each &&each) {
  while (true) {
    size_t comma = std::min(list.find(','), list.size());
    if (!each(trimBlanks(list.substr(0, comma))))
      return false;
    if (comma == list.size())
      return true;
    list.remove_prefix(comma + 1);
  }
}

} // namespace plumb::rt::base

#endif // PLUMB_RUNTIME_BASE_LIST_H
