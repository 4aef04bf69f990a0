//===- ParseFunction.cpp - Named functions and parameters -----------------===//

#include "frontends/snow/syntax/OtherLanguages.h"
#include "frontends/snow/syntax/ParserImpl.h"
#include "llvm/ADT/Twine.h"

using namespace snow;
using namespace snow::syntax;

/// `fn name (` and `fn name <` start a definition, any other `fn` a closure.
bool Parser::startsDefinition() const {
  if (!at(TK::Keyword_fn) && !at(TK::Keyword_def))
    return false;
  TK name = stream.kind(1);
  bool isName =
      (name == TK::Name && !Name{stream.text(1), {}}.isCapitalised() &&
       stream.text(1) != "_") ||
      (isKeyword(name) && name != TK::Keyword_do && name != TK::Keyword_nil &&
       name != TK::Keyword_true && name != TK::Keyword_false);
  return isName &&
         (stream.kind(2) == TK::ParenOpen || stream.kind(2) == TK::Less);
}

const FunctionItem *Parser::parseFunction(bool inInterface) {
  auto *function = make<FunctionItem>();
  Span begin = stream.span();
  Opener open = opener(begin, "function");
  function->doc = stream.itemDoc(*module);
  function->keyword = begin;
  stream.advance();
  function->name = parseLowerName("the name of a function");
  function->typeParameters = parseTypeParameters();
  if (!recovering && !at(TK::ParenOpen)) {
    Diagnostic &diagnostic = unexpected("`(` after the name of the function");
    if (&diagnostic != &scratch && (at(TK::Keyword_do) || at(TK::Equal)))
      diagnostic.setFix("write `()`", stream.last().after(), "()");
    if (at(TK::Keyword_do) || at(TK::Equal))
      recovering = false;
  }
  if (at(TK::ParenOpen))
    function->parameters = parseParameterList(function->parentheses);
  if (!recovering && at(TK::Colon)) {
    report(Code::OtherLanguage, stream.span(),
           "the type of the result stands after `->`")
        .setFix("write `->`", stream.span(), " ->");
    stream.advance();
    function->result = parseTypeExpr();
  } else if (!recovering && take(TK::Arrow)) {
    function->result = parseTypeExpr();
  }
  function->bounds = parseBounds();
  function->guard = parseGuard();
  function->head = from(begin);
  if (!recovering && take(TK::Equal)) {
    function->body = parseExpr();
  } else if (!inInterface || recovering ||
             (at(TK::Keyword_do) && !stream.peek().startsLine)) {
    if (!recovering && at(TK::FatArrow)) {
      report(Code::OtherLanguage, stream.span(),
             "the value of a function stands after `=`")
          .setFix("write `=`", stream.span(), "=");
      stream.advance();
      function->body = parseExpr();
    } else {
      open.span = function->name ? from(begin) : begin;
      if (openBlock(open, "or `=` after the head of the function")) {
        llvm::SaveAndRestore outside(inActor, false);
        function->body = parseBlock(open);
        closeBlock(open);
      } else {
        function->body = error(begin);
      }
    }
  }
  function->span = from(begin);
  return function;
}

ArrayRef<Name> Parser::parseTypeParameters() {
  if (recovering || !at(TK::Less))
    return {};
  Span open = stream.span();
  stream.advance();
  Brackets inside(*this);
  List<Name> names;
  while (!recovering && !take(TK::Greater)) {
    names.push_back(parseCapitalName("a type parameter"));
    if (!recovering && at(TK::Colon)) {
      fail(Code::OtherLanguage, stream.span(),
           "what a type parameter must be able to do stands after `where`")
          .setHelp("`fn f<T>(x :: T) where T: Display do`");
    }
    if (!recovering && !take(TK::Comma) && !at(TK::Greater))
      unclosedBracket(open, ">");
  }
  return keep(names);
}

ArrayRef<Parameter> Parser::parseParameterList(Span &parentheses) {
  Span open = stream.span();
  stream.advance();
  ArrayRef<Parameter> parameters = parseList<Parameter>(
      open, TK::ParenClose, [&] { return parseParameter(); });
  parentheses = from(open);
  return parameters;
}

Parameter Parser::parseParameter() {
  Span begin = stream.span();
  if (at(TK::Keyword_self)) {
    Name name = thisName();
    stream.advance();
    const Pattern *pattern = make<BindPattern>(name);
    const TypeExpr *type = nullptr;
    parseAnnotation(pattern, type, "`self`");
    return {pattern, type, from(begin), true};
  }
  const Pattern *pattern = parseOr();
  const TypeExpr *type = nullptr;
  // `Int x`
  if (!recovering && at(TK::Name) &&
      llvm::isa<ConstructorPattern, BindPattern>(pattern) && !atName("as") &&
      !stream.peek().startsLine) {
    Diagnostic &diagnostic =
        fail(Code::OtherLanguage, pattern->span.to(stream.span()),
             "a parameter is written `name :: Type`");
    std::string type = stream.source()
                           .text()
                           .slice(pattern->span.begin, pattern->span.end)
                           .str();
    std::string name = stream.text().str();
    if (llvm::isa<BindPattern>(pattern))
      diagnostic.setFix("write `" + type + " :: " + name + "`",
                        stream.span().before(), ":: ");
    else
      diagnostic.setFix("write `" + name + " :: " + type + "`",
                        pattern->span.to(stream.span()), name + " :: " + type);
    return {pattern, nullptr, from(begin)};
  }
  parseAnnotation(pattern, type, "a parameter");
  if (!recovering && at(TK::Equal)) {
    fail(Code::OtherLanguage, stream.span(), "a parameter has no default value")
        .setHelp("make a second function of another name that calls this one");
  }
  return {pattern, type, from(begin)};
}

/// Whether what follows `::` is a type, not the rest of a list.
bool Parser::startsAnnotation(const Pattern *pattern) const {
  TK kind = stream.kind(1);
  Name name{stream.text(1), {}};
  if (kind == TK::Name)
    return name.isCapitalised() || !typeOfOtherLanguage(name.text).empty();
  if (kind == TK::ParenOpen)
    return stream.kind(2) == TK::ParenClose ||
           (stream.kind(2) == TK::Name &&
            Name{stream.text(2), {}}.isCapitalised());
  if (kind == TK::BracketOpen)
    return stream.kind(2) == TK::Name &&
           Name{stream.text(2), {}}.isCapitalised() &&
           stream.kind(3) == TK::BracketClose;
  return kind == TK::Keyword_fn;
}

/// `:: Type`, or the rest of the pattern.
void Parser::parseAnnotation(const Pattern *&pattern, const TypeExpr *&type,
                             StringRef of) {
  if (recovering)
    return;
  if (at(TK::Colon) || (at(TK::Atom) && llvm::isa<BindPattern>(pattern))) {
    Span colon = stream.span();
    colon.end = colon.begin + 1;
    report(Code::OtherLanguage, colon,
           "the type of " + of.str() + " stands after `::`")
        .setFix("write `::`", colon, stream.touchesLast() ? " ::" : ":: ");
    if (at(TK::Atom))
      stream.split(1, TK::Name);
    else
      stream.advance();
    type = parseTypeExpr();
    return;
  }
  if (at(TK::ColonColon) && startsAnnotation(pattern)) {
    stream.advance();
    type = parseTypeExpr();
    return;
  }
  pattern = parseCons(pattern);
  while (!recovering && atName("as")) {
    stream.advance();
    pattern = make<AsPattern>(pattern, parseLowerName("the name after `as`"));
  }
}

ArrayRef<Bound> Parser::parseBounds() {
  if (recovering || !take(TK::Keyword_where))
    return {};
  List<Bound> bounds;
  do {
    Bound bound;
    bound.variable = parseCapitalName("a type parameter");
    if (!recovering && at(TK::ColonColon)) {
      report(Code::UnexpectedToken, stream.span(),
             "what a type parameter must be able to do stands after `:`")
          .setFix("write `:`", stream.span(), ":");
      stream.advance();
    } else {
      expect(TK::Colon, "after the type parameter");
    }
    bound.trait = parsePath("an interface");
    bounds.push_back(bound);
    if (!recovering && at(TK::Plus)) {
      std::string name = bound.variable.text.str();
      fail(Code::OtherLanguage, stream.span(), "interfaces are not added up")
          .setFix("write `, " + name + ":`", stream.span(), ", " + name + ":");
    }
  } while (!recovering && take(TK::Comma));
  return keep(bounds);
}
