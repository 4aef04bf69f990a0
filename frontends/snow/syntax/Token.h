//===- Token.h - Words and signs of a source file ---------------*- C++ -*-===//

#ifndef SNOW_SYNTAX_TOKEN_H
#define SNOW_SYNTAX_TOKEN_H

#include "frontends/snow/source/Span.h"
#include "llvm/ADT/StringRef.h"

namespace snow::syntax {

enum class TokenKind : uint8_t {
  EndOfFile,
  // Between tokens, of no meaning to the parser but for line ends.
  Blank, ///< blanks, tabs and a byte order mark
  Newline,
  Comment,      ///< `#`, to the end of the line
  BlockComment, ///< `#= … =#`
  ItemDoc,      ///< `##`
  ModuleDoc,    ///< `##!`

  Name,    ///< not reserved; `_`, too
  Integer, ///< all forms
  Float,
  Atom, ///< with its colon

  // A string is StringOpen, then in order StringText and InterpolationOpen …
  // InterpolationClose, then StringClose.
  StringOpen, ///< `"` or `"""`
  StringText, ///< with escapes as written
  StringClose,
  InterpolationOpen,  ///< `${`
  InterpolationClose, ///< `}`

  Foreign, ///< an operator or a quote of other languages, `+=`, `'x'`
  Unknown, ///< no token; the lexer has reported it

#define SNOW_KEYWORD(word) Keyword_##word,
#define SNOW_SIGN(name, text) name,
#include "frontends/snow/syntax/Tokens.def"
};

struct Token {
  TokenKind kind = TokenKind::EndOfFile;
  /// A line end stands between it and the token before.
  bool startsLine = false;
  uint32_t begin = 0;
  uint32_t end = 0;
};

inline bool isTrivia(TokenKind kind) {
  return kind >= TokenKind::Blank && kind <= TokenKind::ModuleDoc;
}
bool isKeyword(TokenKind kind);
/// Of a keyword or sign: its text. Else a description, "a name".
llvm::StringRef spelling(TokenKind kind);
/// Keyword_… for a reserved word, else Name.
TokenKind wordKind(llvm::StringRef word);

} // namespace snow::syntax

#endif // SNOW_SYNTAX_TOKEN_H
