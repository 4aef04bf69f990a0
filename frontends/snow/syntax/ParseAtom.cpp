//===- ParseAtom.cpp - What operators work on -----------------------------===//

#include "frontends/snow/syntax/Literals.h"
#include "frontends/snow/syntax/ParserImpl.h"
#include "llvm/ADT/Twine.h"

using namespace snow;
using namespace snow::syntax;

const Expr *Parser::parseAtom() {
  Span span = stream.span();
  auto simple = [&](Expr::Kind kind) {
    stream.advance();
    return make<SimpleExpr>(kind, span);
  };
  if (isKeyword(stream.kind()) && stream.kind(1) != TK::ParenOpen &&
      llvm::is_contained(reportedWords, stream.text())) {
    stream.advance();
    return error(span);
  }
  switch (stream.kind()) {
  case TK::Integer:
    return parseInteger(span.before());
  case TK::Float: {
    double value = readFloat(span, stream.text(), diagnostics);
    stream.advance();
    return make<FloatExpr>(span, value);
  }
  case TK::StringOpen:
    return parseString();
  case TK::Keyword_true:
  case TK::Keyword_false: {
    bool value = at(TK::Keyword_true);
    stream.advance();
    return make<BoolExpr>(span, value);
  }
  case TK::Keyword_nil:
    return simple(Expr::Kind::Nil);
  case TK::Keyword_self:
    return simple(Expr::Kind::Self);
  case TK::Keyword_break:
    return simple(Expr::Kind::Break);
  case TK::Keyword_continue:
    return simple(Expr::Kind::Continue);
  case TK::Atom: {
    StringRef name = stream.text().drop_front();
    stream.advance();
    return make<TextExpr>(Expr::Kind::Atom, span, name);
  }
  case TK::Name:
    return parseNameOrStruct();
  case TK::ParenOpen:
    return parseParentheses();
  case TK::BracketOpen:
    return parseList();
  case TK::MapOpen:
    return parseMapOrUpdate();
  case TK::BraceOpen:
    return parseBracesAsValue();
  case TK::Keyword_if:
    return parseIf();
  case TK::Keyword_case:
  case TK::Keyword_match:
    return parseCase();
  case TK::Keyword_while:
    return parseWhile();
  case TK::Keyword_for:
    return parseFor();
  case TK::Keyword_receive:
    return parseReceive();
  case TK::Keyword_fn:
  case TK::Keyword_def:
    return parseClosure();
  case TK::Keyword_return:
    return parseReturn();
  case TK::Keyword_spawn:
    return parseActorCall(Expr::Kind::Spawn);
  case TK::Keyword_send:
    return parseActorCall(Expr::Kind::Send);
  case TK::Keyword_link:
    return parseActorCall(Expr::Kind::Link);
  case TK::Keyword_let:
    fail(Code::WrongPlace, span, "`let` is a statement and has no value")
        .setHelp("write it on a line of its own, before this one");
    return error(span);
  case TK::Keyword_cond:
    fail(Code::OtherLanguage, span, "there is no `cond`")
        .setHelp("write `if a do … else if b do … else … end`");
    return error(span);
  default:
    break;
  }
  if (isKeyword(stream.kind()) && !at(TK::Keyword_end) && !at(TK::Keyword_do) &&
      !at(TK::Keyword_else)) {
    std::string word = stream.text().str();
    fail(Code::ReservedWord, span,
         "`" + word + "` is a reserved word, not a value")
        .setHelp("choose another name, such as `" + word + "_`");
    return error(span);
  }
  if (brackets == 0 &&
      (at(TK::ParenClose) || at(TK::BracketClose) || at(TK::BraceClose)) &&
      !atLineBreak()) {
    fail(Code::UnclosedBracket, span,
         "this `" + stream.text().str() + "` closes nothing")
        .setFix("delete it", span, "");
    return error(span);
  }
  unexpected("an expression");
  return error(span.before());
}

/// `minus` is the sign before it, and else empty. With a sign, null for all but
/// the smallest Int, which has no positive counterpart.
const Expr *Parser::parseInteger(Span minus) {
  size_t ahead = minus.isEmpty() ? 0 : 1;
  uint64_t limit = uint64_t(INT64_MAX) + ahead;
  Span span = stream.span(ahead);
  Diagnostics quiet;
  uint64_t value =
      readInteger(span, stream.text(ahead), limit, ahead ? quiet : diagnostics);
  if (ahead && value != limit)
    return nullptr;
  stream.rewind(stream.index() + ahead + 1);
  return make<IntExpr>(ahead ? minus.to(span) : span, int64_t(value));
}

const Expr *Parser::parseParentheses() {
  Span open = stream.span();
  stream.advance();
  ArrayRef<const Expr *> elements = parseList<const Expr *>(
      open, TK::ParenClose, [&] { return parseExpr(); });
  Span span = from(open);
  if (elements.size() != 1)
    return make<SequenceExpr>(Expr::Kind::Tuple, span, elements);
  // A node of this parser's own, which nobody else has seen.
  Expr *inner = const_cast<Expr *>(elements[0]);
  inner->span = span;
  inner->isParenthesised = true;
  return inner;
}

const Expr *Parser::parseList() {
  Span open = stream.span();
  stream.advance();
  ArrayRef<const Expr *> elements = parseList<const Expr *>(
      open, TK::BracketClose, [&] { return parseExpr(); });
  return make<SequenceExpr>(Expr::Kind::List, from(open), elements);
}

const Expr *Parser::parseMapOrUpdate() {
  Span open = stream.span();
  stream.advance();
  Brackets inside(*this);
  if (take(TK::BraceClose))
    return make<MapExpr>(from(open), ArrayRef<MapExpr::Entry>());
  // `%{a: 1}`, `%{"a": 1}`
  bool isJson = (at(TK::Name) && stream.kind(1) == TK::Colon) ||
                (at(TK::StringOpen) && stream.kind(1) == TK::StringText &&
                 stream.kind(3) == TK::Colon);
  if (isJson) {
    size_t colon = at(TK::Name) ? 1 : 3;
    fail(Code::OtherLanguage, stream.span(colon),
         "an entry of a map is written `key => value`")
        .setHelp("a key that is a word is a string: `%{\"name\" => value}`");
    return error(from(open));
  }
  const Expr *first = parseExpr();
  if (!recovering && take(TK::Bar)) {
    ArrayRef<FieldValue> fields = parseFieldValues(open);
    return make<RecordUpdateExpr>(from(open), first, fields);
  }
  List<MapExpr::Entry> entries;
  while (!recovering) {
    expect(TK::FatArrow, "and the value after the key");
    const Expr *value = parseExpr();
    entries.push_back({first, value});
    bool hasComma = !recovering && take(TK::Comma);
    if (recovering || take(TK::BraceClose))
      break;
    if (!hasComma) {
      unclosedBracket(open, "}");
      break;
    }
    first = parseExpr();
  }
  return make<MapExpr>(from(open), keep(entries));
}

const Expr *Parser::parseActorCall(Expr::Kind kind) {
  Span keyword = stream.span();
  StringRef word = stream.text();
  stream.advance();
  if (!at(TK::ParenOpen) || atLineBreak()) {
    unexpected("`(` after `" + word + "`");
    return error(keyword);
  }
  Arguments arguments = parseArguments();
  if (!arguments.keywords.empty())
    report(Code::UnexpectedToken, arguments.keywords[0].name.span,
           "`" + word.str() + "` has no arguments with names");
  return make<ActorCallExpr>(kind, from(keyword), keyword, arguments.positional,
                             arguments.parentheses);
}

/// `{1, 2}`, `{}`, `{"a": 1}` where a value is wanted.
const Expr *Parser::parseBracesAsValue() {
  Span open = stream.span();
  fail(Code::OtherLanguage, open, "braces alone are no value")
      .setHelp("a tuple is `(a, b)`, a map is `%{key => value}`, a struct is "
               "`Name { field: value }`, and a block is `do … end`");
  return error(open);
}
