//===- ParseArms.cpp - `case` and `receive` -------------------------------===//

#include "frontends/snow/syntax/ParserImpl.h"

using namespace snow;
using namespace snow::syntax;

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
