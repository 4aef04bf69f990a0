//===- ParseType.cpp - Types ----------------------------------------------===//

#include "frontends/snow/syntax/ParserImpl.h"
#include "llvm/ADT/Twine.h"

using namespace snow;
using namespace snow::syntax;

const TypeExpr *Parser::parseTypeExpr() {
  Nesting nesting(*this);
  if (!nesting || recovering)
    return make<ErrorType>(stream.span().before());
  Span begin = stream.span();
  const TypeExpr *type = parseBaseType();
  while (!recovering && at(TK::Question) && !atLineBreak()) {
    stream.advance();
    lengthenChain();
    type = make<OptionType>(from(begin), type);
  }
  if (!recovering && at(TK::Bang) && !atLineBreak()) {
    stream.advance();
    const TypeExpr *error = parseTypeExpr();
    type = make<ResultType>(from(begin), type, error);
  }
  if (!recovering && at(TK::Bar) && stream.kind(1) == TK::Name &&
      !atLineBreak() && Name{stream.text(1), {}}.isCapitalised()) {
    fail(Code::OtherLanguage, stream.span(), "a type is not made by `|`")
        .setHelp(
            "a type of several cases is `type Name do`, a line for each case, "
            "and `end`");
  }
  return type;
}

const TypeExpr *Parser::parseBaseType() {
  Span begin = stream.span();
  switch (stream.kind()) {
  case TK::Name:
    return parseNamedType();
  case TK::ParenOpen: {
    stream.advance();
    ArrayRef<const TypeExpr *> elements = parseList<const TypeExpr *>(
        begin, TK::ParenClose, [&] { return parseTypeExpr(); });
    // `(A) -> B`
    if (!recovering && at(TK::Arrow) && !atLineBreak() && !inBareParameters) {
      Diagnostic &diagnostic =
          report(Code::OtherLanguage, begin,
                 "the type of a function starts with `Fun`");
      diagnostic.setFix("write `Fun`", begin.before(), "Fun");
      return parseFunctionType(begin, elements);
    }
    if (elements.size() == 1)
      return elements[0];
    return make<TupleType>(from(begin), elements);
  }
  case TK::Keyword_fn: {
    if (stream.kind(1) != TK::ParenOpen)
      break;
    report(Code::OtherLanguage, begin,
           "the type of a function starts with `Fun`")
        .setFix("write `Fun`", begin, "Fun");
    return parseFunctionType();
  }
  case TK::BracketOpen: {
    stream.advance();
    const TypeExpr *element = parseTypeExpr();
    if (!recovering && at(TK::BracketClose)) {
      StringRef inside =
          stream.source().text().slice(element->span.begin, element->span.end);
      report(Code::OtherLanguage, begin, "the type of a list is `List<…>`")
          .setFix("write `List<" + inside.str() + ">`", begin.to(stream.span()),
                  "List<" + inside.str() + ">");
      stream.advance();
      return make<ErrorType>(from(begin));
    }
    break;
  }
  case TK::Keyword_nil:
    report(Code::OtherLanguage, begin, "the type of `nil` is `()`")
        .setFix("write `()`", begin, "()");
    stream.advance();
    return make<TupleType>(begin, ArrayRef<const TypeExpr *>());
  default:
    break;
  }
  unexpected("a type");
  return make<ErrorType>(begin.before());
}

const TypeExpr *Parser::parseFunctionType() {
  Span begin = stream.span();
  stream.advance();
  Span open = stream.span();
  stream.advance();
  ArrayRef<const TypeExpr *> parameters = parseList<const TypeExpr *>(
      open, TK::ParenClose, [&] { return parseTypeExpr(); });
  return parseFunctionType(begin, parameters);
}

const TypeExpr *Parser::parseNamedType() {
  Span begin = stream.span();
  if (stream.text() == "Fun" && stream.kind(1) == TK::ParenOpen) {
    return parseFunctionType();
  }
  Path path = parsePath("a type");
  Span open = stream.span();
  ArrayRef<const TypeExpr *> arguments;
  if (!recovering && take(TK::Less)) {
    arguments = parseTypeArguments(open);
  } else if (!recovering && at(TK::BracketOpen) && stream.touchesLast()) {
    stream.advance();
    bool isArray = at(TK::BracketClose);
    if (isArray) {
      StringRef name = stream.source().text().slice(begin.begin, path.span.end);
      report(Code::OtherLanguage, open, "the type of a list is `List<…>`")
          .setFix("write `List<" + name.str() + ">`", begin.to(stream.span()),
                  "List<" + name.str() + ">");
      stream.advance();
      return make<ErrorType>(from(begin));
    }
    Diagnostic &diagnostic = report(Code::OtherLanguage, open,
                                    "the arguments of a type stand in `< >`");
    arguments = parseList<const TypeExpr *>(open, TK::BracketClose,
                                            [&] { return parseTypeExpr(); });
    if (&diagnostic != &scratch && !recovering) {
      diagnostic.fix.title = "write `<` and `>`";
      diagnostic.fix.edits = {{open, "<"}, {stream.last(), ">"}};
    }
  }
  return make<NamedType>(from(begin), path, arguments);
}

/// Up to `>`, which is taken.
ArrayRef<const TypeExpr *> Parser::parseTypeArguments(Span open) {
  Brackets inside(*this);
  List<const TypeExpr *> arguments;
  while (!recovering) {
    arguments.push_back(parseTypeExpr());
    if (recovering || take(TK::Comma))
      continue;
    if (at(TK::GreaterEqual)) { // `List<Int>= …`
      stream.split(1, TK::Equal);
      break;
    }
    if (take(TK::Greater))
      break;
    unclosedBracket(open, ">");
  }
  return keep(arguments);
}

/// From the `->` on.
const TypeExpr *Parser::parseFunctionType(Span begin,
                                          ArrayRef<const TypeExpr *> of) {
  if (!recovering && at(TK::Colon)) {
    report(Code::OtherLanguage, stream.span(),
           "the type of a result stands after `->`")
        .setFix("write `->`", stream.span(), " ->");
    stream.advance();
  } else {
    expect(TK::Arrow, "and the type of the result after the parameters");
  }
  const TypeExpr *result = parseTypeExpr();
  return make<FunctionType>(from(begin), of, result);
}
