//===- TokenStream.h - What the parser sees of the tokens -------*- C++ -*-===//

#ifndef SNOW_SYNTAX_TOKENSTREAM_H
#define SNOW_SYNTAX_TOKENSTREAM_H

#include "frontends/snow/source/SourceFile.h"
#include "frontends/snow/syntax/Ast.h"
#include "frontends/snow/syntax/Token.h"

namespace snow::syntax {

/// Tokens without trivia and a place among them. A token's `startsLine` is what
/// is left of line ends.
class TokenStream {
public:
  TokenStream(const SourceFile &file, ArrayRef<Token> all);

  const Token &peek(size_t ahead = 0) const {
    return tokens[std::min(position + ahead, tokens.size() - 1)];
  }
  TokenKind kind(size_t ahead = 0) const { return peek(ahead).kind; }
  bool at(TokenKind kind) const { return peek().kind == kind; }
  bool atEnd() const { return at(TokenKind::EndOfFile); }
  void advance() { position += position + 1 < tokens.size(); }
  /// Takes the rest of the file as read.
  void advanceToEnd() { position = tokens.size() - 1; }
  size_t index() const { return position; }
  void rewind(size_t index) { position = index; }
  /// Takes `count` bytes off the front of the token, whose rest is of `kind`.
  void split(uint32_t count, TokenKind kind) {
    tokens[position].begin += count;
    tokens[position].kind = kind;
  }

  Span span(const Token &token) const {
    return {file.number(), token.begin, token.end};
  }
  Span span(size_t ahead = 0) const { return span(peek(ahead)); }
  StringRef text(size_t ahead = 0) const {
    return file.text().slice(peek(ahead).begin, peek(ahead).end);
  }
  /// Of the token before; empty at the start of the file.
  Span last() const {
    return position == 0 ? Span{file.number(), 0, 0}
                         : span(tokens[position - 1]);
  }
  /// Nothing stands between this token and the one before.
  bool touchesLast(size_t ahead = 0) const {
    return position + ahead != 0 &&
           peek(ahead).begin == tokens[position + ahead - 1].end;
  }
  /// Bytes from the start of the line to the first token of it.
  unsigned indentOf(Span place) const;

  /// The `##` lines right before this token, and all `##!` lines of the file.
  Documentation itemDoc(Module &module) const;
  Documentation moduleDoc(Module &module) const;

  const SourceFile &source() const { return file; }

private:
  const SourceFile &file;
  ArrayRef<Token> all;
  std::vector<Token> tokens;
  std::vector<uint32_t> numbers; ///< of each token among all
  size_t position = 0;
};

} // namespace snow::syntax

#endif // SNOW_SYNTAX_TOKENSTREAM_H
