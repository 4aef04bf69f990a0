//===- Escape.cpp - texts of others on a line of ours ---------------------===//

#include "runtime/base/Escape.h"
#include "runtime/base/Ascii.h"
#include "runtime/base/Unicode.h"
#include "runtime/base/Utf8.h"

#include <bit>

namespace plumb::rt::base {

void Escaped::writeHex(const char *before, uint32_t number, unsigned digits,
                       const char *after) noexcept {
  while (*before)
    escape[size++] = *before++;
  while (digits-- > 0)
    escape[size++] = "0123456789abcdef"[number >> 4 * digits & 15];
  while (*after)
    escape[size++] = *after++;
}

void Escaped::writePoint(char32_t point, Escapes how) noexcept {
  if (how != Escapes::Hex &&
      (point == '\n' || point == '\r' || point == '\t')) {
    escape[size++] = '\\';
    escape[size++] = point == '\n' ? 'n' : point == '\r' ? 'r' : 't';
  } else if (how != Escapes::Json) {
    if (point < 0x100)
      writeHex("\\x", point, 2);
    else
      writeHex(
          "\\u{", point,
          std::max(4u, (unsigned(std::bit_width(uint32_t(point))) + 3) / 4),
          "}");
  } else if (point < 0x10000) {
    writeHex("\\u", point, 4);
  } else { // As UTF-16 has it.
    writeHex("\\u", 0xd7c0 + (point >> 10), 4);
    writeHex("\\u", 0xdc00 + (point & 0x3ff), 4);
  }
}

Escaped::Escaped(std::string_view &text, Escapes how) noexcept {
  size_t length =
      how == Escapes::Bytes ? isPrintable(text[0]) : firstCharacter(text);
  std::string_view sequence = text.substr(0, length ? length : 1);
  text.remove_prefix(sequence.size());
  char c = sequence[0];
  if (length == 0) {
    if (how == Escapes::Json) // It has no way to write a byte.
      writePoint(0xfffd, how);
    else
      writeHex("\\x", static_cast<uint8_t>(c), 2);
  } else if (char32_t point = codePoint(sequence); isInvisible(point)) {
    writePoint(point, how);
  } else if ((c == '"' || c == '\\') && how != Escapes::Line &&
             how != Escapes::Hex) {
    escape[size++] = '\\';
    escape[size++] = c;
  } else {
    plain = sequence;
  }
}

void appendEscaped(std::string &out, std::string_view text, Escapes how) {
  while (!text.empty())
    out += Escaped(text, how);
}

void appendQuoted(std::string &out, std::string_view text, Escapes how) {
  out += '"';
  appendEscaped(out, text, how);
  out += '"';
}

} // namespace plumb::rt::base
