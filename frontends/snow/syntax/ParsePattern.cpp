//===- ParsePattern.cpp - Patterns ----------------------------------------===//

#include "frontends/snow/syntax/Literals.h"
#include "frontends/snow/syntax/ParserImpl.h"

using namespace snow;
using namespace snow::syntax;

const Pattern *Parser::errorPattern(Span span) {
  return make<SimplePattern>(Pattern::Kind::Error, span);
}

const Pattern *Parser::parsePattern() {
  Nesting nesting(*this);
  if (!nesting || recovering)
    return errorPattern(stream.span().before());
  const Pattern *pattern = parseCons(parseOr());
  while (!recovering && atName("as")) {
    stream.advance();
    Name name = parseLowerName("the name after `as`");
    lengthenChain();
    pattern = make<AsPattern>(pattern, name);
  }
  return pattern;
}

/// `head`, or `head :: …` if that follows.
const Pattern *Parser::parseCons(const Pattern *head) {
  Nesting nesting(*this);
  if (!nesting || recovering || !take(TK::ColonColon))
    return head;
  const Pattern *tail = parseCons(parseOr());
  return make<ConsPattern>(head, tail);
}

const Pattern *Parser::parseOr() {
  const Pattern *first = parsePrimitive();
  if (recovering || !at(TK::Bar))
    return first;
  List<const Pattern *> alternatives = {first};
  while (!recovering && take(TK::Bar))
    alternatives.push_back(parsePrimitive());
  return make<OrPattern>(first->span.to(alternatives.back()->span),
                         keep(alternatives));
}

const Pattern *Parser::parsePrimitive() {
  Span span = stream.span();
  if (recovering)
    return errorPattern(span.before());
  switch (stream.kind()) {
  case TK::Name:
    return parseNamePattern();
  case TK::Minus:
  case TK::Integer:
  case TK::Float:
    return parseNumberPattern();
  case TK::Keyword_true:
  case TK::Keyword_false: {
    bool value = at(TK::Keyword_true);
    stream.advance();
    return make<BoolPattern>(span, value);
  }
  case TK::Keyword_nil:
    stream.advance();
    return make<SimplePattern>(Pattern::Kind::Nil, span);
  case TK::Atom: {
    StringRef name = stream.text().drop_front();
    stream.advance();
    return make<TextPattern>(Pattern::Kind::Atom, span, name);
  }
  case TK::StringOpen: {
    const Expr *string = parseString();
    if (auto *text = llvm::dyn_cast<TextExpr>(string))
      return make<TextPattern>(Pattern::Kind::String, text->span, text->text);
    report(Code::UnexpectedToken, string->span,
           "a string in a pattern is without `${}`")
        .setHelp("bind a name, and compare it after `when`");
    return errorPattern(string->span);
  }
  case TK::ParenOpen: {
    Nesting nesting(*this);
    if (!nesting)
      return errorPattern(span);
    stream.advance();
    ArrayRef<const Pattern *> elements = parseList<const Pattern *>(
        span, TK::ParenClose, [&] { return parsePattern(); });
    if (elements.size() == 1)
      return elements[0];
    return make<TuplePattern>(from(span), elements);
  }
  case TK::BracketOpen:
    return parseListPattern();
  case TK::MapOpen:
  case TK::BraceOpen:
    fail(Code::OtherLanguage, span, "there are no patterns of maps and structs")
        .setHelp(
            "bind a name and use its fields: `p -> p.x`; the parts of a tuple "
            "are `(a, b)`");
    return errorPattern(span);
  default:
    break;
  }
  if (isKeyword(stream.kind()) && !at(TK::Keyword_do) && !at(TK::Keyword_end) &&
      !at(TK::Keyword_in) && !at(TK::Keyword_when)) {
    Name name = parseName("the name of a value");
    return errorPattern(name.span);
  }
  unexpected("a pattern");
  return errorPattern(span.before());
}

const Pattern *Parser::parseNumberPattern() {
  Span begin = stream.span();
  bool isNegative = take(TK::Minus);
  if (at(TK::Float)) {
    double value = readFloat(stream.span(), stream.text(), diagnostics);
    stream.advance();
    return make<FloatPattern>(from(begin), isNegative ? -value : value);
  }
  if (!at(TK::Integer)) {
    unexpected("a number after `-`");
    return errorPattern(begin);
  }
  uint64_t value = readInteger(stream.span(), stream.text(),
                               uint64_t(INT64_MAX) + isNegative, diagnostics);
  stream.advance();
  if (at(TK::DotDot)) {
    fail(Code::OtherLanguage, stream.span(), "a range is no pattern")
        .setHelp("bind a name and compare it: `n when n >= 1 and n < 5 -> …`");
    return errorPattern(begin);
  }
  return make<IntPattern>(from(begin), int64_t(isNegative ? 0 - value : value));
}

const Pattern *Parser::parseNamePattern() {
  Name first = thisName();
  if (!first.isCapitalised()) {
    stream.advance();
    if (first.text == "_")
      return make<SimplePattern>(Pattern::Kind::Wildcard, first.span);
    if (at(TK::ParenOpen) && stream.touchesLast() && !recovering) {
      // In a closure's parameters this is never right, either.
      report(
          Code::NameSpelling, first.span,
          "a constructor starts with a capital, and a pattern calls nothing");
      parseParentheses();
      return errorPattern(from(first.span));
    }
    return make<BindPattern>(first);
  }
  Path path = parsePath("a constructor");
  Span open = stream.span();
  if (recovering || !at(TK::ParenOpen) || atLineBreak()) {
    if (!recovering && at(TK::BraceOpen)) {
      fail(Code::OtherLanguage, open, "there are no patterns of structs")
          .setHelp("bind a name and use its fields: `p -> p.x`");
    }
    return make<ConstructorPattern>(from(first.span), path,
                                    ArrayRef<const Pattern *>(), false);
  }
  Nesting nesting(*this);
  if (!nesting)
    return errorPattern(first.span);
  stream.advance();
  ArrayRef<const Pattern *> arguments = parseList<const Pattern *>(
      open, TK::ParenClose, [&] { return parsePattern(); });
  return make<ConstructorPattern>(from(first.span), path, arguments, true);
}

const Pattern *Parser::parseListPattern() {
  Span open = stream.span();
  Nesting nesting(*this);
  if (!nesting)
    return errorPattern(open);
  stream.advance();
  Brackets inside(*this);
  List<const Pattern *> elements;
  while (!recovering && !take(TK::BracketClose)) {
    // Without `|`, so that `[h | t]` is seen.
    elements.push_back(parseCons(parsePrimitive()));
    if (recovering || take(TK::Comma))
      continue;
    if (at(TK::Bar) || at(TK::DotDot) || at(TK::Foreign)) {
      StringRef text = stream.source().text();
      std::string head =
          text.slice(elements.back()->span.begin, elements.back()->span.end)
              .str();
      Span rest = stream.span(1);
      std::string tail = stream.kind(1) == TK::Name
                             ? text.slice(rest.begin, rest.end).str()
                             : "rest";
      Diagnostic &diagnostic =
          fail(Code::OtherLanguage, stream.span(),
               "the first element and the rest of a list are `first :: rest`");
      Span last = stream.span(2);
      if (elements.size() == 1 && stream.kind(1) == TK::Name &&
          stream.kind(2) == TK::BracketClose)
        diagnostic.setFix("write `" + head + " :: " + tail + "`", open.to(last),
                          head + " :: " + tail);
      break;
    }
    if (!at(TK::BracketClose))
      unclosedBracket(open, "]");
  }
  return make<ListPattern>(from(open), keep(elements));
}
