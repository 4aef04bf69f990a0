//===- ParseControl.cpp - Branches and loops ------------------------------===//

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

const Expr *Parser::parseCase() {
  Span keyword = stream.span();
  Opener open = opener(keyword, at(TK::Keyword_case) ? "`case`" : "`match`");
  stream.advance();
  const Expr *scrutinee = parseExpr();
  open.span = from(keyword);
  if (!openBlock(open, "after the value"))
    return error(keyword);
  llvm::SaveAndRestore inBlock(significant, true);
  List<Arm> arms;
  while (!gaveUp) {
    while (take(TK::Semicolon))
      ;
    bool isElse = at(TK::Keyword_else) && stream.kind(1) == TK::Arrow;
    if ((closesBlock(open) && !isElse) || (startsItem() && !at(TK::Name)))
      break;
    bool isArm = arms.empty() || lineHasArrow();
    // Not even indented: behind an `end` that is missing.
    if (!isArm && stream.indentOf(stream.span()) <= open.indent)
      break;
    if (!isArm)
      arms.back().body = parseSeveralStatements(arms.back());
    else
      arms.push_back(parseArm());
    finishArm();
  }
  Span end = closeBlock(open);
  return make<CaseExpr>(from(keyword), keyword, scrutinee, keep(arms), end);
}

Arm Parser::parseArm() {
  Span begin = stream.span();
  startToken = stream.index();
  if (at(TK::Keyword_else) ||
      (atName("default") && stream.kind(1) == TK::FatArrow)) {
    std::string word = stream.text().str();
    report(Code::OtherLanguage, begin, "the arm for everything else is `_`")
        .setFix("write `_`", begin, "_");
  }
  // `case 1 ->`, `when 1 ->`, `== 1 ->`
  bool isHabit =
      at(TK::Keyword_case) || at(TK::Keyword_when) || at(TK::EqualEqual);
  if (isHabit) {
    std::string word = stream.text().str();
    report(Code::OtherLanguage, begin,
           "an arm starts with its pattern, not with `" + word + "`")
        .setFix("delete it", begin.to(stream.span(1).before()), "");
    stream.advance();
  }
  const Pattern *pattern;
  if (at(TK::Keyword_else)) {
    stream.advance();
    pattern = errorPattern(begin);
  } else {
    pattern = parsePattern();
  }
  const Expr *guard = parseGuard();
  Span arrow = stream.span();
  if (!recovering && (at(TK::FatArrow) || at(TK::Colon) || at(TK::Equal))) {
    report(Code::OtherLanguage, arrow,
           "`->` stands between a pattern and its value, not `" +
               stream.text().str() + "`")
        .setFix("write `->`", arrow, stream.touchesLast() ? " ->" : "->");
    stream.advance();
  } else if (!recovering && atName("if")) {
    stream.advance();
  } else if (!recovering && at(TK::Keyword_if)) {
    fail(Code::OtherLanguage, arrow,
         "the condition of an arm stands after `when`")
        .setFix("write `when`", arrow, "when");
  } else if (!recovering && at(TK::Keyword_do)) {
    fail(Code::OtherLanguage, arrow,
         "`->` stands between a pattern and its value")
        .setHelp("several statements are `-> do … end`");
  } else {
    expect(TK::Arrow, "after the pattern");
  }
  Arm arm{pattern, guard, nullptr, arrow, from(begin)};
  arm.body = at(TK::Keyword_let) && !recovering ? parseSeveralStatements(arm)
                                                : parseArmBody();
  arm.span = from(begin);
  return arm;
}

const Expr *Parser::parseArmBody() {
  if (!at(TK::Keyword_do) || recovering)
    return parseExpr();
  Opener open = opener(stream.span(), "`do`");
  stream.advance();
  const BlockExpr *block = parseBlock(open);
  closeBlock(open);
  return block;
}

/// Whether the line that starts here is an arm.
bool Parser::lineHasArrow() const {
  unsigned open = 0;
  for (size_t ahead = 0;; ++ahead) {
    const Token &token = stream.peek(ahead);
    bool isNext = token.startsLine && ahead != 0 && open == 0;
    switch (token.kind) {
    case TK::EndOfFile:
      return true; // Something else is wrong.
    case TK::ParenOpen:
    case TK::BracketOpen:
    case TK::BraceOpen:
    case TK::MapOpen:
    case TK::InterpolationOpen:
      if (isNext)
        return false;
      ++open;
      continue;
    case TK::ParenClose:
    case TK::BracketClose:
    case TK::BraceClose:
    case TK::InterpolationClose:
      open -= open != 0;
      continue;
    case TK::Arrow:
    case TK::FatArrow:
      if (open == 0)
        return true;
      continue;
    case TK::Keyword_do:
    case TK::Keyword_fn:
      if (open == 0)
        return at(TK::Keyword_case);
      continue;
    case TK::Bar:
    case TK::Keyword_when:
      continue; // Also at the start of a line.
    default:
      if (isNext && stream.kind(ahead - 1) != TK::Bar)
        return false;
    }
  }
}

/// What stands below an arm and is none, or starts with `let`: it wants `do`.
const Expr *Parser::parseSeveralStatements(const Arm &arm) {
  Span first = stream.span();
  Diagnostic &diagnostic =
      report(Code::WrongPlace, first, "an arm is one expression",
             "this is another statement")
          .label(arm.arrow, "of this arm")
          .setHelp(
              "several statements stand between `do` and `end`: `-> do … end`");
  bool isKept = &diagnostic != &scratch;
  List<const Expr *> statements;
  if (arm.body)
    statements.push_back(arm.body);
  do {
    statements.push_back(parseStatement());
    if (recovering)
      break;
  } while (stream.peek().startsLine && !closesBlock({}) && !lineHasArrow());
  if (isKept && !recovering) {
    std::string indent(stream.indentOf(arm.pattern->span), ' ');
    diagnostic.fix.title = "write `do` and `end`";
    diagnostic.fix.edits = {{arm.arrow.after(), " do"},
                            {stream.last().after(), "\n" + indent + "end"}};
  }
  return make<BlockExpr>(from(first), keep(statements));
}

/// To the next arm.
void Parser::finishArm() {
  if (!recovering && !atSeparator() && !closesBlock({}) &&
      !at(TK::BraceClose)) {
    if (take(TK::Comma)) {
      recovering = false;
      Span comma = stream.last();
      report(Code::OtherLanguage, comma,
             "an arm ends with its line, not with `,`")
          .setFix("delete it", comma, "");
      return;
    }
    reportRestOfLine(error(stream.last()));
  }
  // `-> do` is missing for the second statement: its line is no pattern.
  if (recovering && !gaveUp) {
    skipStatement();
    recovering = false;
  }
}

const Expr *Parser::parseReceive() {
  Span keyword = stream.span();
  Opener open = opener(keyword, "`receive`");
  stream.advance();
  if (!openBlock(open, "after `receive`"))
    return error(keyword);
  llvm::SaveAndRestore inBlock(significant, true);
  List<Arm> arms;
  const Expr *timeout = nullptr, *afterBody = nullptr;
  while (!gaveUp) {
    while (take(TK::Semicolon))
      ;
    if (closesBlock(open) || (startsItem() && !at(TK::Name)))
      break;
    if (at(TK::Keyword_after)) {
      Span after = stream.span();
      stream.advance();
      const Expr *limit = parseExpr();
      expect(TK::Arrow, "after the time");
      const Expr *body = parseArmBody();
      if (timeout)
        report(Code::UnexpectedToken, after, "`receive` has only one `after`");
      timeout = limit;
      afterBody = body;
    } else {
      if (timeout)
        report(Code::UnexpectedToken, stream.span(),
               "the arms of `receive` stand before its `after`");
      arms.push_back(parseArm());
    }
    finishArm();
  }
  closeBlock(open);
  return make<ReceiveExpr>(from(keyword), keyword, keep(arms), timeout,
                           afterBody);
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
