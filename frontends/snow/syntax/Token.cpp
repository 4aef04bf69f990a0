//===- Token.cpp - Words and signs of a source file -----------------------===//

#include "frontends/snow/syntax/Token.h"
#include "llvm/ADT/StringSwitch.h"

using namespace snow::syntax;

bool snow::syntax::isKeyword(TokenKind kind) {
  switch (kind) {
#define SNOW_KEYWORD(word) case TokenKind::Keyword_##word:
#include "frontends/snow/syntax/Tokens.def"
    return true;
  default:
    return false;
  }
}

TokenKind snow::syntax::wordKind(llvm::StringRef word) {
  return llvm::StringSwitch<TokenKind>(word)
#define SNOW_KEYWORD(word) .Case(#word, TokenKind::Keyword_##word)
#include "frontends/snow/syntax/Tokens.def"
      .Default(TokenKind::Name);
}

llvm::StringRef snow::syntax::spelling(TokenKind kind) {
  switch (kind) {
#define SNOW_KEYWORD(word)                                                     \
  case TokenKind::Keyword_##word:                                              \
    return #word;
#define SNOW_SIGN(name, text)                                                  \
  case TokenKind::name:                                                        \
    return text;
#include "frontends/snow/syntax/Tokens.def"
  case TokenKind::EndOfFile:
    return "the end of the file";
  case TokenKind::Name:
    return "a name";
  case TokenKind::Integer:
  case TokenKind::Float:
    return "a number";
  case TokenKind::Atom:
    return "an atom";
  case TokenKind::StringOpen:
  case TokenKind::StringText:
  case TokenKind::StringClose:
    return "a string";
  case TokenKind::InterpolationOpen:
    return "${";
  case TokenKind::InterpolationClose:
    return "}";
  default:
    return "something else";
  }
}
