//===- Escape.h - texts of others on a line of ours -------------*- C++ -*-===//
//
// Whatever a peer or a program puts into a text, on a line of ours it stays in
// its place: what a reader does not see (Unicode.h) and bytes that are not
// UTF-8 are written as escapes.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_BASE_ESCAPE_H
#define PLUMB_RUNTIME_BASE_ESCAPE_H

#include <cstdint>
#include <string>
#include <string_view>

namespace plumb::rt::base {

enum class Escapes : uint8_t {
  Line,   ///< \n, \r, \t, \xNN for a byte and below U+0100, \u{NNNN}
  Quoted, ///< as Line, and " and \ get a \ before them
  Json,   ///< RFC 8259 section 7; a byte that is no UTF-8 is \ufffd
  Hex,    ///< as Line, but \x0a, \x0d, \x09
  Bytes,  ///< every byte that is no printable ASCII is \xNN; \" and \\ too
};

/// The next character of a text as it is written. Allocates nothing.
class Escaped {
public:
  /// Takes a character off `text`, which must not be empty.
  Escaped(std::string_view &text, Escapes how) noexcept;
  /// 1 to 12 bytes. Valid as long as this and the text are.
  operator std::string_view() const noexcept {
    return plain.empty() ? std::string_view(escape, size) : plain;
  }

private:
  void writePoint(char32_t point, Escapes how) noexcept;
  void writeHex(const char *before, uint32_t number, unsigned digits,
                const char *after = "") noexcept;

  std::string_view plain; ///< when it needs no escape: the character itself
  char escape[15];
  uint8_t size = 0;
};

/// Throws std::bad_alloc.
void appendEscaped(std::string &out, std::string_view text, Escapes how);
/// The same between '"'; `how` is Quoted, Json or Bytes.
void appendQuoted(std::string &out, std::string_view text, Escapes how);

} // namespace plumb::rt::base

#endif // PLUMB_RUNTIME_BASE_ESCAPE_H
