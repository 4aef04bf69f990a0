//===- Recovery.cpp - Errors of the parser, and where it goes on ----------===//

#include "frontends/snow/syntax/OtherLanguages.h"
#include "frontends/snow/syntax/ParserImpl.h"
#include "llvm/ADT/Twine.h"

using namespace snow;
using namespace snow::syntax;

Diagnostic &Parser::report(Code code, Span span, std::string message,
                           std::string label) {
  // What the lexer has reported, and what follows from another error.
  if (recovering || gaveUp || span.begin >= doubtfulFrom || at(TK::Unknown))
    return scratch = Diagnostic();
  return diagnostics.report(code, span, std::move(message), std::move(label));
}

Diagnostic &Parser::fail(Code code, Span span, std::string message,
                         std::string label) {
  Diagnostic &result = report(code, span, std::move(message), std::move(label));
  recovering = true;
  return result;
}

void Parser::giveUp() {
  if (gaveUp)
    return;
  fail(Code::NestedTooDeeply, stream.span(),
       "this is nested too deeply for the compiler", "too deep from here on")
      .setHelp("give parts of it names with `let`, or make functions of them");
  gaveUp = true;
  stream.advanceToEnd();
}

void Parser::lengthenChain() {
  if (++height > Nesting::heightLimit)
    giveUp();
}

std::string Parser::found() const {
  if (stream.atEnd())
    return "the end of the file";
  if (atLineBreak() && stream.index() != startToken)
    return "the end of the line";
  if (at(TK::StringOpen) || at(TK::StringText) || at(TK::StringClose))
    return "a string";
  StringRef text = stream.text();
  return "`" +
         (text.size() > 40 ? text.take_front(40).str() + "…" : text.str()) +
         "`";
}

Span Parser::place() const {
  return stream.atEnd() || (atLineBreak() && stream.index() != startToken)
             ? stream.last().after()
             : stream.span();
}

Diagnostic &Parser::unexpected(const llvm::Twine &expected) {
  if (at(TK::Foreign) && !recovering && reportForeign())
    return scratch = Diagnostic();
  if (at(TK::FatArrow) && !atLineBreak())
    return fail(Code::OtherLanguage, stream.span(),
                "`=>` stands only between the key and the value of a map")
        .setHelp("a closure is `fn x -> … end`");
  return fail(Code::UnexpectedToken, place(),
              ("expected " + expected + ", found " + found()).str());
}

bool Parser::expect(TK kind, const llvm::Twine &where) {
  if (recovering)
    return false;
  if (take(kind))
    return true;
  unexpected("`" + spelling(kind) + "` " + where);
  return false;
}

void Parser::skipStatement() {
  bool first = true, inClosureHead = false;
  for (unsigned open = 0; !stream.atEnd(); stream.advance(), first = false) {
    TK kind = stream.kind();
    if (stream.peek().startsLine && !first) {
      if (open == 0)
        return;
      // Of the file, not of what is skipped.
      if (stream.indentOf(stream.span()) == 0 && startsItem())
        return;
    }
    switch (kind) {
    case TK::Keyword_fn:
    case TK::Keyword_def:
      inClosureHead = !startsDefinition();
      break;
    case TK::Arrow:
    case TK::Keyword_do:
      open += kind == TK::Keyword_do || inClosureHead;
      inClosureHead = false;
      break;
    case TK::ParenOpen:
    case TK::BracketOpen:
    case TK::BraceOpen:
    case TK::MapOpen:
    case TK::InterpolationOpen:
      ++open;
      break;
    case TK::ParenClose:
    case TK::BracketClose:
    case TK::BraceClose:
    case TK::InterpolationClose:
      open -= open != 0;
      break;
    case TK::Semicolon:
    case TK::Keyword_else:
      if (open == 0)
        return;
      break;
    case TK::Keyword_end:
      if (open == 0)
        return;
      --open;
      break;
    default:
      break;
    }
  }
}

/// To the token of that kind on this line, if there is one.
bool Parser::skipTo(TK kind) {
  for (size_t ahead = 0;; ++ahead) {
    const Token &token = stream.peek(ahead);
    if (token.kind == TK::EndOfFile || (token.startsLine && ahead != 0) ||
        token.kind == TK::Keyword_end)
      return false;
    if (token.kind != kind)
      continue;
    stream.rewind(stream.index() + ahead);
    recovering = false;
    return true;
  }
}

bool Parser::reportForeign() {
  StringRef sign = stream.text();
  if (sign.starts_with("'")) {
    std::string inside = sign.drop_front().drop_back().str();
    for (size_t i = 0; (i = inside.find('"', i)) != std::string::npos; i += 2)
      inside.insert(i, "\\");
    fail(Code::OtherLanguage, stream.span(),
         "a string stands in `\"`, not in `'`")
        .setFix("write `\"" + inside + "\"`", stream.span(),
                "\"" + inside + "\"");
    return true;
  }
  OtherSign other = signOfOtherLanguage(sign);
  Diagnostic &diagnostic =
      fail(Code::OtherLanguage, stream.span(), other.message.str());
  if (!other.help.empty())
    diagnostic.setHelp(other.help.str());
  if (!other.instead.empty())
    diagnostic.setFix("write `" + other.instead.str() + "`", stream.span(),
                      other.instead.str());
  return true;
}

void Parser::unclosedBracket(Span open, StringRef close) {
  bool isElsewhere = stream.atEnd() || stream.peek().startsLine ||
                     at(TK::Keyword_end) || at(TK::Keyword_do);
  if (!isElsewhere) {
    unexpected("`,` or `" + close + "`");
    return;
  }
  std::string sign =
      "`" + stream.source().text().slice(open.begin, open.end).str() + "`";
  fail(Code::UnclosedBracket, open, "this " + sign + " is not closed",
       "opened here")
      .label(stream.last().after(),
             ("`" + close + "` may be missing here").str())
      .setFix(("write `" + close + "`").str(), stream.last().after(),
              close.str());
}
