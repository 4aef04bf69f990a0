//===- ParseStatement.cpp - Blocks, statements, `let`, `return` -----------===//

#include "frontends/snow/syntax/OtherLanguages.h"
#include "frontends/snow/syntax/ParserImpl.h"
#include "llvm/ADT/Twine.h"

using namespace snow;
using namespace snow::syntax;

/// Up to what closes it, which is left.
const BlockExpr *Parser::parseBlock(const Opener &opener) {
  llvm::SaveAndRestore inBlock(significant, true);
  return parseStatements(opener, stream.last().after());
}

const BlockExpr *Parser::parseStatements(const Opener &opener, Span start) {
  List<const Expr *> statements;
  while (!gaveUp) {
    while (take(TK::Semicolon))
      ;
    startToken = stream.index();
    if (closesBlock(opener) || (opener.what == "`if`" && atElseIfOfOthers()) ||
        (at(TK::Keyword_after) && stream.peek().startsLine) ||
        (inActor && at(TK::Keyword_terminate)))
      break;
    bool isDefinition = startsDefinition();
    if (isDefinition && stream.peek().startsLine &&
        stream.indentOf(stream.span()) <= opener.indent) {
      sawOutdentedFunction = true;
      if (strictIndent)
        break;
    }
    if (startsItem() && !isDefinition && !at(TK::Keyword_import) &&
        !atName("from"))
      break;
    size_t before = stream.index();
    const Expr *statement = parseStatement();
    statements.push_back(statement);
    if (!recovering && !atSeparator() && !closesBlock(opener))
      reportRestOfLine(statement);
    if (recovering && !gaveUp) {
      if (!stream.peek().startsLine || stream.index() == before)
        skipStatement();
      recovering = false;
    }
    if (stream.index() == before)
      break; // Somebody else's.
  }
  Span span = statements.empty()
                  ? start
                  : statements.front()->span.to(statements.back()->span);
  return make<BlockExpr>(span, keep(statements));
}

const Expr *Parser::parseStatement() {
  startToken = stream.index();
  readWordOfOtherLanguage();
  if (recovering || reportLineStart())
    return error(stream.span());
  switch (stream.kind()) {
  case TK::Keyword_let:
    return parseLet();
  case TK::Keyword_fn:
  case TK::Keyword_def:
    if (startsDefinition()) {
      Nesting nesting(*this);
      if (!nesting)
        return error(stream.span());
      const FunctionItem *function = parseFunction();
      return make<LocalFunctionExpr>(function->span, function);
    }
    break;
  case TK::Keyword_import:
    fail(Code::WrongPlace, stream.span(),
         "`import` stands at the top of a file, not in a block");
    return error(stream.span());
  default:
    break;
  }
  const Expr *expr = parseExpr();
  if (recovering)
    return expr;
  if (!atLineBreak() && (at(TK::Equal) || at(TK::Foreign)))
    return parseAssignment(expr);
  return expr;
}

const Expr *Parser::parseLet() {
  Span keyword = stream.span();
  stream.advance();
  if (atName("mut") && stream.kind(1) == TK::Name &&
      !stream.peek(1).startsLine) {
    OtherWord other = wordOfOtherLanguage("mut");
    Span blank = stream.span().to(stream.span(1).before());
    report(Code::OtherLanguage, stream.span(), other.message.str())
        .setHelp(other.help.str())
        .setFix("delete it", blank, "");
    stream.advance();
  }
  const Pattern *pattern = parseOr();
  // `let f(x) = …`
  if (!recovering && at(TK::ParenOpen) && llvm::isa<BindPattern>(pattern)) {
    fail(Code::OtherLanguage, keyword,
         "a function is made by `fn`, not by `let`")
        .setFix("write `fn`", keyword, "fn");
    return error(keyword);
  }
  const TypeExpr *type = nullptr;
  parseAnnotation(pattern, type, "the name");
  if (!recovering && at(TK::Foreign) && stream.text() == ":=") {
    report(Code::OtherLanguage, stream.span(), "there is no `:=`")
        .setFix("write `=`", stream.span(), "=");
    stream.advance();
  } else if (!recovering && at(TK::EqualEqual)) {
    report(Code::UnexpectedToken, stream.span(),
           "`let` gives a name by `=`; `==` compares")
        .setFix("write `=`", stream.span(), "=");
    stream.advance();
  } else if (!recovering && !take(TK::Equal)) {
    Diagnostic &diagnostic = unexpected("`=` and a value after the name");
    if (atSeparator() && &diagnostic != &scratch)
      diagnostic.setHelp(
          "a name gets its value at once, as values do not change");
  }
  const Expr *value = parseExpr();
  return make<LetExpr>(from(keyword), keyword, pattern, type, value);
}

const Expr *Parser::parseReturn() {
  Span keyword = stream.span();
  stream.advance();
  bool isEmpty = atSeparator() || at(TK::Keyword_end) || at(TK::Keyword_else) ||
                 at(TK::ParenClose) || at(TK::BraceClose) || at(TK::Comma) ||
                 at(TK::Bar) || stream.atEnd();
  const Expr *value = isEmpty ? nullptr : parseExpr();
  return make<ReturnExpr>(from(keyword), keyword, value);
}
