//===- ParseControl.cpp - `if` and loops ----------------------------------===//

#include "frontends/snow/syntax/ParserImpl.h"
#include "llvm/ADT/Twine.h"

using namespace snow;
using namespace snow::syntax;

/// Of `if` and `while`: nothing is assigned in it.
const Expr *Parser::parseCondition(StringRef of) {
  const Expr *condition = parseExpr();
  if (!recovering && at(TK::Equal)) {
    report(Code::Assignment, stream.span(), "`=` does not compare")
        .setHelp("values do not change, so nothing is assigned in a condition")
        .setFix("write `==`", stream.span(), "==");
    stream.advance();
    parseExpr();
  }
  return condition;
}

/// With all its `else if`, which are not nested in what is written.
const Expr *Parser::parseIf() {
  Nesting nesting(*this);
  if (!nesting)
    return error(stream.span());
  struct Branch {
    Span keyword;
    const Expr *condition;
    const BlockExpr *then;
  };
  List<Branch> branches;
  const Expr *otherwise = nullptr;
  bool hasMore = true;
  while (hasMore && !gaveUp) {
    Span keyword = stream.span();
    Opener open = opener(keyword, "`if`");
    stream.advance();
    const Expr *condition = parseCondition("if");
    open.span = from(keyword);
    if (!openBlock(open, "after the condition"))
      return error(keyword);
    branches.push_back({keyword, condition, parseBlock(open)});
    hasMore = parseElse(open, otherwise);
    lengthenChain();
  }
  for (size_t i = branches.size(); i-- != 0;)
    otherwise =
        make<IfExpr>(from(branches[i].keyword), branches[i].keyword,
                     branches[i].condition, branches[i].then, otherwise);
  return otherwise ? otherwise : error(stream.span());
}

/// After a block of an `if`. True before the condition of an `else if`; else
/// the `end` is taken, and `otherwise` is the block of the `else`, if there is
/// one.
bool Parser::parseElse(const Opener &open, const Expr *&otherwise) {
  bool isBraces = open.close == TK::BraceClose;
  if (isBraces)
    closeBlock(open);
  if (!recovering && atElseIfOfOthers()) {
    report(Code::OtherLanguage, stream.span(),
           "there is no `" + stream.text().str() + "`")
        .setFix("write `else if`", stream.span(), "else if");
    return true;
  }
  if (!at(TK::Keyword_else) || recovering) {
    if (!isBraces)
      closeBlock(open);
    return false;
  }
  Span keyword = stream.span();
  stream.advance();
  // On the next line it is an `if` of its own, with its own `end`.
  if (at(TK::Keyword_if) && !stream.peek().startsLine)
    return true;
  Opener block = open;
  if (at(TK::BraceOpen)) {
    if (braces)
      braces->fix.edits.push_back({stream.span(), ""});
    stream.advance();
    block.close = TK::BraceClose;
  } else if (at(TK::Keyword_do) && !stream.peek().startsLine) {
    report(Code::UnexpectedToken, stream.span(), "`else` has no `do`")
        .setFix("delete it", keyword.after().to(stream.span()), "");
    stream.advance();
  } else if (at(TK::Colon)) {
    report(Code::OtherLanguage, stream.span(), "`else` has no `:`")
        .setFix("delete it", stream.span(), "");
    stream.advance();
  }
  otherwise = parseBlock(block);
  closeBlock(block);
  return false;
}

const Expr *Parser::parseGuard() {
  return !recovering && take(TK::Keyword_when) ? parseExpr() : nullptr;
}

const Expr *Parser::parseWhile() {
  Span keyword = stream.span();
  Opener open = opener(keyword, "`while`");
  stream.advance();
  const Expr *condition = parseCondition("while");
  open.span = from(keyword);
  if (!openBlock(open, "after the condition"))
    return error(keyword);
  const BlockExpr *body = parseBlock(open);
  closeBlock(open);
  return make<WhileExpr>(from(keyword), keyword, condition, body);
}

const Expr *Parser::parseFor() {
  Span keyword = stream.span();
  Opener open = opener(keyword, "`for`");
  stream.advance();
  const Pattern *pattern;
  Span brace = stream.span();
  if (take(TK::BraceOpen)) {
    ArrayRef<const Pattern *> names = parseList<const Pattern *>(
        brace, TK::BraceClose, [&] { return parsePattern(); });
    pattern = make<TuplePattern>(from(brace), names, true);
  } else {
    pattern = parsePattern();
    // `for k, v in m`
    if (!recovering && at(TK::Comma)) {
      Diagnostic &diagnostic =
          report(Code::OtherLanguage, stream.span(),
                 "the key and the value of a map are taken "
                 "apart by `{ }`");
      stream.advance();
      const Pattern *second = parsePattern();
      List<const Pattern *> both = {pattern, second};
      Span span = pattern->span.to(second->span);
      if (&diagnostic != &scratch && !recovering) {
        diagnostic.fix.title = "write braces";
        diagnostic.fix.edits = {{span.before(), "{"}, {span.after(), "}"}};
      }
      pattern = make<TuplePattern>(span, keep(both), true);
    }
  }
  if (!recovering && (at(TK::Equal) || at(TK::Colon) || atName("of"))) {
    Diagnostic &diagnostic =
        fail(Code::OtherLanguage, stream.span(),
             "`for` goes over the elements of something by `in`")
            .setHelp("`for i in 0..10 do` counts from 0 to 9");
    if (!at(TK::Equal))
      diagnostic.setFix("write `in`", stream.span(), "in");
  } else {
    expect(TK::Keyword_in, "after the name");
  }
  const Expr *iterable = parseExpr();
  const Expr *guard = parseGuard();
  open.span = from(keyword);
  if (!openBlock(open, "after what `for` goes over"))
    return error(keyword);
  const BlockExpr *body = parseBlock(open);
  closeBlock(open);
  return make<ForExpr>(from(keyword), keyword, pattern, iterable, guard, body);
}
