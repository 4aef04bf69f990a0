//===- Text.h - texts and bytes of the C interface --------------*- C++ -*-===//
#ifndef PLUMB_UNITTESTS_ABI_TEXT_H
#define PLUMB_UNITTESTS_ABI_TEXT_H

#include "plumb/intr.h"

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace plumb::test {

/// A plumb_str or plumb_bytes of our own.
class Text {
public:
  Text(std::string_view text) : words(1 + (text.size() + 7) / 8) {
    words[0] = text.size();
    if (!text.empty())
      std::memcpy(words.data() + 1, text.data(), text.size());
  }
  Text(const char *text) : Text(std::string_view(text)) {}
  Text(const std::string &text) : Text(std::string_view(text)) {}
  operator const plumb_str *() const {
    return reinterpret_cast<const plumb_str *>(words.data());
  }
  operator const plumb_bytes *() const {
    return reinterpret_cast<const plumb_bytes *>(words.data());
  }

private:
  std::vector<uint64_t> words;
};

inline std::string text(const plumb_str *value) {
  return {reinterpret_cast<const char *>(value->data), value->len};
}

} // namespace plumb::test

#endif // PLUMB_UNITTESTS_ABI_TEXT_H
