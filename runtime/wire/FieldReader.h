//===- FieldReader.h - a header's value, from left to right -----*- C++ -*-===//
#ifndef PLUMB_RUNTIME_WIRE_FIELDREADER_H
#define PLUMB_RUNTIME_WIRE_FIELDREADER_H

#include "runtime/wire/Syntax.h"

#include <string_view>

namespace plumb::rt::wire {

/// Takes a value of tokens and what separates them apart.
class FieldReader {
public:
  explicit FieldReader(std::string_view text) noexcept : text(text) {}

  void skipBlanks() noexcept {
    while (!text.empty() && (text[0] == ' ' || text[0] == '\t'))
      text.remove_prefix(1);
  }
  /// After blanks: true when `c` is next, which is then taken, and so are the
  /// blanks behind it.
  bool take(char c) noexcept {
    skipBlanks();
    if (text.empty() || text[0] != c)
      return false;
    text.remove_prefix(1);
    skipBlanks();
    return true;
  }
  bool atEnd() noexcept {
    skipBlanks();
    return text.empty();
  }
  /// Empty when there is none.
  std::string_view token() noexcept {
    size_t size = 0;
    while (size != text.size() && isTokenByte(text[size]))
      ++size;
    std::string_view token = text.substr(0, size);
    text.remove_prefix(size);
    return token;
  }

protected:
  std::string_view text;
};

} // namespace plumb::rt::wire

#endif // PLUMB_RUNTIME_WIRE_FIELDREADER_H
