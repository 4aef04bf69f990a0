//===- Lexer.h - Divides a source file into tokens --------------*- C++ -*-===//

#ifndef SNOW_SYNTAX_LEXER_H
#define SNOW_SYNTAX_LEXER_H

#include "frontends/snow/source/Diagnostic.h"
#include "frontends/snow/syntax/Token.h"

namespace snow::syntax {

struct Tokens {
  /// Every byte of the file belongs to exactly one of them, in order, trivia
  /// included; the last is EndOfFile, which is empty.
  std::vector<Token> all;
  /// Errors of the parser from this byte on follow from one that the lexer has
  /// reported (an open string).
  uint32_t doubtfulFrom = UINT32_MAX;
};

/// Takes any bytes. Linear in their number; uses no recursion.
Tokens lex(const SourceFile &file, Diagnostics &diagnostics);

} // namespace snow::syntax

#endif // SNOW_SYNTAX_LEXER_H
