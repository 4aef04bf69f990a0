//===- Mistakes.cpp - Statements as other languages write them ------------===//

#include "frontends/snow/syntax/OtherLanguages.h"
#include "frontends/snow/syntax/ParserImpl.h"
#include "llvm/ADT/Twine.h"

using namespace snow;
using namespace snow::syntax;

/// Whether an expression that starts with this token could be the argument of a
/// call without parentheses.
static bool startsArgument(TokenKind kind) {
  switch (kind) {
  case TokenKind::Name:
  case TokenKind::Integer:
  case TokenKind::Float:
  case TokenKind::Atom:
  case TokenKind::StringOpen:
  case TokenKind::MapOpen:
  case TokenKind::Keyword_true:
  case TokenKind::Keyword_false:
  case TokenKind::Keyword_nil:
  case TokenKind::Keyword_self:
  case TokenKind::Keyword_fn:
    return true;
  default:
    return false;
  }
}

/// A word that starts a statement or an item elsewhere is reported; where one
/// of ours means the same, it is read as that one.
bool Parser::readWordOfOtherLanguage() {
  if (!at(TK::Name) || recovering)
    return false;
  OtherWord other = wordOfOtherLanguage(stream.text());
  if (other.message.empty())
    return false;
  const Token &next = stream.peek(1);
  bool isBlock = next.kind == TK::Keyword_do || next.kind == TK::BraceOpen;
  bool isFollowed =
      startsArgument(next.kind) || next.kind == TK::BracketOpen ||
      next.kind == TK::Keyword_not || next.kind == TK::Keyword_let ||
      next.kind == TK::Keyword_self || next.kind == TK::Keyword_type ||
      (isBlock && (stream.text() == "loop" || stream.text() == "try"));
  if (next.startsLine || !isFollowed)
    return false;
  Span word = stream.span();
  Diagnostic &diagnostic =
      report(Code::OtherLanguage, word, other.message.str());
  if (!other.help.empty())
    diagnostic.setHelp(other.help.str());
  if (!other.instead.empty())
    diagnostic.setFix("write `" + other.instead.str() + "`", word,
                      other.instead.str());
  TK ours = wordKind(
      (other.meaning.empty() ? other.instead : other.meaning).split(' ').first);
  if (ours == TK::Name)
    recovering = true;
  else
    stream.split(0, ours);
  return true;
}

/// Of a line that starts with what stands between two values.
bool Parser::reportLineStart() {
  if (!stream.peek().startsLine || stream.index() == 0)
    return false;
  switch (stream.kind()) {
  case TK::Plus:
  case TK::Star:
  case TK::Slash:
  case TK::Percent:
  case TK::EqualEqual:
  case TK::NotEqual:
  case TK::Less:
  case TK::Greater:
  case TK::LessEqual:
  case TK::GreaterEqual:
  case TK::DotDot:
  case TK::Dot:
    break;
  default:
    return false;
  }
  Span span = stream.span(), last = stream.last().after();
  std::string sign = stream.text().str();
  Diagnostic &diagnostic =
      fail(Code::UnexpectedToken, span, "no line starts with `" + sign + "`");
  diagnostic.setHelp(
      at(TK::Dot)
          ? "the line before is whole; write the `.` right behind its value"
          : "the line before is whole; a line that ends in `" + sign +
                "` goes on");
  diagnostic.fix.title = "move it to the line before";
  if (at(TK::Dot))
    diagnostic.fix.edits = {{last.to(span.before()), ""}};
  else
    diagnostic.fix.edits = {{last, " " + sign}, {span, ""}};
  return true;
}

/// `x = 6`, `x += 1` as a statement.
const Expr *Parser::parseAssignment(const Expr *left) {
  Span sign = stream.span();
  StringRef text = stream.source().text();
  std::string target = text.slice(left->span.begin, left->span.end).str();
  bool isName = llvm::isa<NameExpr>(left) &&
                !llvm::cast<NameExpr>(left)->name.isCapitalised();
  if (at(TK::Foreign) && stream.text() != ":=") {
    if (!stream.text().ends_with("=") || stream.text() == "===" ||
        stream.text() == "!==") {
      unexpected("the end of the statement");
      return left;
    }
    StringRef op = stream.text().drop_back();
    OtherSign other = signOfOtherLanguage(stream.text());
    Diagnostic &diagnostic =
        report(Code::Assignment, sign, other.message.str());
    if (isName)
      diagnostic.setHelp("`let " + target + " = " + target + " " + op.str() +
                         " …` makes a new `" + target + "` for what follows");
    else if (!other.help.empty())
      diagnostic.setHelp(other.help.str());
  } else {
    Diagnostic &diagnostic = report(
        Code::Assignment, sign, "values do not change, so `=` cannot assign");
    auto *member = llvm::dyn_cast<MemberExpr>(left);
    Span value = stream.span(1);
    std::string right = text.slice(value.begin, value.end).str();
    bool isShort = stream.peek(2).startsLine || stream.kind(2) == TK::EndOfFile;
    if (!isShort || right.size() > 30)
      right = "…";
    if (isName || llvm::isa<SequenceExpr>(left)) {
      if (target == "_")
        diagnostic.setHelp("`let _ = …` drops a value");
      else
        diagnostic.setHelp("write `let " + target + " = " + right +
                           "` for a new `" + target + "`, or `==` to compare");
      if (at(TK::Equal))
        diagnostic.setFix("write `let`", left->span.before(), "let ");
    } else if (member) {
      std::string object =
          text.slice(member->object->span.begin, member->object->span.end)
              .str();
      diagnostic.setHelp("`%{" + object + " | " + member->name.text.str() +
                         ": " + right + "}` is a copy with another `" +
                         member->name.text.str() + "`");
    } else {
      diagnostic.setHelp(
          "make a new value from the old one and give it a name by "
          "`let`, or write `==` to compare");
    }
  }
  stream.advance();
  parseExpr();
  return error(from(left->span));
}

/// Of a statement that is read whole, and neither the line nor the block ends.
void Parser::reportRestOfLine(const Expr *statement) {
  if (at(TK::Foreign)) {
    unexpected("the end of the statement");
    return;
  }
  if (reportCallWithoutParentheses(statement))
    return;
  // `a ? b : c`
  Span question = stream.last();
  if (stream.source().text().slice(question.begin, question.end) == "?") {
    for (size_t ahead = 0;
         stream.kind(ahead) != TK::EndOfFile && !stream.peek(ahead).startsLine;
         ++ahead)
      if (stream.kind(ahead) == TK::Colon || stream.kind(ahead) == TK::Atom) {
        fail(Code::OtherLanguage, question, "there is no `? :`")
            .setHelp("`if` has a value: `if condition do a else b end`");
        return;
      }
  }
  if (at(TK::ParenClose) || at(TK::BracketClose) || at(TK::BraceClose)) {
    fail(Code::UnclosedBracket, stream.span(),
         "this `" + stream.text().str() + "` closes nothing")
        .setFix("delete it", stream.span(), "");
    return;
  }
  bool startsStatement = startsArgument(stream.kind()) || at(TK::Keyword_let) ||
                         at(TK::Keyword_if) || at(TK::Keyword_case) ||
                         at(TK::Keyword_for) || at(TK::Keyword_while) ||
                         at(TK::Keyword_return);
  if (startsStatement) {
    fail(Code::MissingSeparator, stream.span(),
         "a new statement starts on a line of its own")
        .label(statement->span, "this statement ends here")
        .setFix("write `;` between them", stream.last().after(), ";");
    return;
  }
  unexpected("the end of the statement");
}

/// `print "text"`, `List.map xs, f`.
bool Parser::reportCallWithoutParentheses(const Expr *callee) {
  bool isName = llvm::isa<NameExpr>(callee) || llvm::isa<MemberExpr>(callee);
  if (!isName || callee->isParenthesised || !startsArgument(stream.kind()))
    return false;
  Span gap = stream.last().after();
  gap.end = stream.span().begin;
  size_t errors = diagnostics.numErrors();
  std::string name =
      stream.source().text().slice(callee->span.begin, callee->span.end).str();
  Diagnostic &diagnostic = report(Code::OtherLanguage, stream.span(),
                                  "a call needs parentheses", "an argument?");
  diagnostic.labels.push_back({callee->span, "of this function"});
  diagnostic.setHelp("write `" + name + "(…)`");
  bool isKept = diagnostics.numErrors() != errors;
  do
    parseExpr();
  while (!recovering && take(TK::Comma));
  if (isKept && !recovering && atSeparator()) {
    diagnostic.fix.title = "write the parentheses";
    diagnostic.fix.edits = {{gap, "("}, {stream.last().after(), ")"}};
  }
  return true;
}
