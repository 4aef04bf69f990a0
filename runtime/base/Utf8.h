//===- Utf8.h - UTF-8 validation --------------------------------*- C++ -*-===//
//
// Well-formed UTF-8 as RFC 3629 and Unicode table 3-7 define it: no overlong
// forms, no surrogates, nothing above U+10FFFF. No function here allocates,
// but for `toUtf8`.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_BASE_UTF8_H
#define PLUMB_RUNTIME_BASE_UTF8_H

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace plumb::rt::base {

/// Validates a text that arrives in pieces, cut anywhere. Fails at the first
/// byte that no continuation can make valid (RFC 6455 section 8.1 allows it).
class Utf8Checker {
public:
  /// False when the text is invalid; it stays so for all that follows.
  bool feed(std::span<const uint8_t> bytes) noexcept;

  /// True when the text so far ends between two characters.
  bool complete() const noexcept { return need == 0; }

private:
  uint8_t need = 0; // continuation bytes that must follow; 0xff after a failure
  uint8_t lower = 0x80, upper = 0xbf; // range of the next one
};

/// The length of the longest valid prefix, which ends between two characters.
size_t validUtf8Prefix(std::span<const uint8_t> bytes) noexcept;

/// How many bytes the character at the start of a text has that is not empty; 0
/// when there is none (cut off, or no UTF-8).
size_t firstCharacter(std::string_view text) noexcept;
/// The code point of a whole character.
char32_t codePoint(std::string_view character) noexcept;

bool isValidUtf8(std::span<const uint8_t> bytes) noexcept;

inline std::span<const uint8_t> asBytes(std::string_view text) noexcept {
  return {reinterpret_cast<const uint8_t *>(text.data()), text.size()};
}

/// A valid text from bytes that are meant to be text (a header, a path): each
/// byte that is not part of a character becomes U+FFFD.
std::string toUtf8(std::string_view bytes);

} // namespace plumb::rt::base

#endif // PLUMB_RUNTIME_BASE_UTF8_H
