//===- Characters.cpp - What no token starts with -------------------------===//

#include "frontends/snow/syntax/Characters.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/ConvertUTF.h"
#include <cstdio>

using namespace snow;
using namespace snow::syntax;
using llvm::StringRef;

size_t snow::syntax::characterSize(StringRef text) {
  auto *begin = reinterpret_cast<const llvm::UTF8 *>(text.bytes_begin());
  return llvm::getUTF8SequenceSize(begin, begin + text.size());
}

void snow::syntax::reportInvalidText(const SourceFile &file,
                                     Diagnostics &diagnostics) {
  StringRef text = file.text();
  for (size_t i = 0; i < text.size();) {
    unsigned char byte = text[i];
    if (byte != 0 && byte < 0x80) {
      ++i;
      continue;
    }
    size_t size = byte == 0 ? 0 : characterSize(text.substr(i));
    if (size == 0) {
      Span span{file.number(), uint32_t(i), uint32_t(i + 1)};
      char hex[8];
      std::snprintf(hex, sizeof hex, "0x%02X", byte);
      diagnostics
          .report(Code::InvalidText, span,
                  byte == 0 ? "a source file has no NUL bytes"
                            : "this file is not UTF-8 text",
                  byte == 0 ? "a byte that is 0"
                            : std::string("the byte ") + hex +
                                  " is no part of a character")
          .setHelp(byte == 0 ? "write `\\0` in a string for this character"
                             : "save the file as UTF-8");
      return;
    }
    i += size;
  }
}

size_t snow::syntax::foreignSize(StringRef text) {
  // `'x'`, `'text'`: a closing quote on the same line.
  if (text[0] == '\'') {
    // No literal is long, and a line may be.
    StringRef line = text.take_front(1000);
    for (size_t i = 1; i < line.size() && line[i] != '\n' && line[i] != '\r';
         ++i) {
      if (line[i] == '\\')
        ++i;
      else if (line[i] == '\'')
        return i + 1;
    }
    return 0;
  }
  // Longer ones before those that they start with.
  for (StringRef sign : {"&&&", "|||", "===", "!==", "...",
                         "..=", "**=", "+=", "-=", "*=", "/=", "%=", "**",
                         ":=", "<=>", "=~", "/*", "//"})
    if (text.starts_with(sign))
      return sign.size();
  return 0;
}

namespace {
struct Lookalike {
  StringRef character, description, instead;
};
} // namespace

/// Characters that editors and web pages put in place of plain ones, and signs
/// that other languages have.
static const Lookalike lookalikes[] = {
    {"“", "a typographic quote", "\""},
    {"”", "a typographic quote", "\""},
    {"„", "a typographic quote", "\""},
    {"‘", "a typographic quote", "\""},
    {"’", "a typographic quote", "\""},
    {"–", "a dash", "-"},
    {"—", "a dash", "-"},
    {"−", "a mathematical minus", "-"},
    {"×", "a multiplication sign", "*"},
    {"÷", "a division sign", "/"},
    {"≤", "a mathematical sign", "<="},
    {"≥", "a mathematical sign", ">="},
    {"≠", "a mathematical sign", "!="},
    {"→", "an arrow", "->"},
    {"…", "one character", ".."},
    {"\xC2\xA0", "a blank that does not break", " "},
};

bool snow::syntax::isLookalike(StringRef character) {
  return llvm::any_of(lookalikes, [&](const Lookalike &lookalike) {
    return lookalike.character == character;
  });
}

void snow::syntax::reportUnknown(Span span, StringRef character,
                                 Diagnostics &diagnostics) {
  std::string quoted = "`" + character.str() + "`";
  for (const Lookalike &lookalike : lookalikes)
    if (lookalike.character == character) {
      if (character == "\xC2\xA0")
        quoted = "U+00A0";
      diagnostics
          .report(Code::InvalidCharacter, span,
                  quoted + " is " + lookalike.description.str())
          .setFix(lookalike.instead == " "
                      ? "write a plain blank"
                      : "write `" + lookalike.instead.str() + "`",
                  span, lookalike.instead.str());
      return;
    }
  StringRef help =
      llvm::StringSwitch<StringRef>(character)
          .Case("&", "`and` is for conditions; there are no operators on bits")
          .Case("'", "a string stands in `\"`")
          .Case("`", "a string stands in `\"`")
          .Case("@", "there are no attributes or decorators")
          .Case("$", "`${ }` stands only in a string")
          .Case("\\", "a line that ends in an operator or a comma continues by "
                      "itself; a closure is `fn x -> … end`")
          .Cases({"^", "~"}, "there are no operators on bits, and powers are a "
                             "function of the library")
          .Default("");
  if (help.empty()) {
    bool isControl = character.size() == 1 && !llvm::isPrint(character[0]);
    if (isControl) {
      char hex[8];
      std::snprintf(hex, sizeof hex, "U+%04X", unsigned(character[0]));
      quoted = hex;
    }
    help = isControl ? "delete it, or write it as an escape in a string"
                     : "names are of the letters a to z and A to Z, digits and "
                       "`_`; other "
                       "characters stand in strings and comments";
  }
  diagnostics
      .report(Code::InvalidCharacter, span, quoted + " has no meaning in Snow")
      .setHelp(help.str());
}
