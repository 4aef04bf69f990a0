//===- ParseClosure.cpp - Functions without a name ------------------------===//

#include "frontends/snow/syntax/ParserImpl.h"

using namespace snow;
using namespace snow::syntax;

const Expr *Parser::parseClosure() {
  Span keyword = stream.span();
  Opener open = opener(keyword, "closure");
  if (startsDefinition()) {
    fail(Code::WrongPlace, stream.span(1),
         "a function within an expression has no name")
        .setHelp(
            "a closure is `fn x -> … end`; a named function is a statement of "
            "its own");
    return error(keyword);
  }
  stream.advance();
  llvm::SaveAndRestore outside(inActor, false);
  List<ClosureClause> clauses;
  do {
    Span begin = clauses.empty() ? keyword : stream.span();
    ArrayRef<Parameter> parameters = parseClosureParameters();
    const Expr *guard = parseGuard();
    if (clauses.empty() && !recovering &&
        (at(TK::Keyword_do) || at(TK::BraceOpen))) {
      if (guard)
        report(Code::UnexpectedToken, guard->span,
               "a closure with `do` has no `when`")
            .setHelp("write `fn … when … -> … | … -> … end`");
      openBlock(open, "after the parameters");
      const BlockExpr *body = parseBlock(open);
      closeBlock(open);
      clauses.push_back({parameters, guard, body, from(begin)});
      return make<ClosureExpr>(from(keyword), keyword, keep(clauses));
    }
    if (!recovering && (at(TK::FatArrow) || at(TK::Equal))) {
      report(Code::OtherLanguage, stream.span(),
             "`->` stands between the parameters and the value of a closure")
          .setFix("write `->`", stream.span(), "->");
      stream.advance();
    } else {
      expect(TK::Arrow, "or `do` after the parameters of the closure");
    }
    const Expr *body = parseClosureBody(open);
    clauses.push_back({parameters, guard, body, from(begin)});
  } while (!recovering && take(TK::Bar));
  closeBlock(open);
  return make<ClosureExpr>(from(keyword), keyword, keep(clauses));
}

ArrayRef<Parameter> Parser::parseClosureParameters() {
  if (recovering || at(TK::Arrow) || at(TK::Keyword_do) || at(TK::BraceOpen) ||
      at(TK::FatArrow))
    return {};
  List<Parameter> parameters;
  if (at(TK::ParenOpen)) {
    Span parentheses;
    size_t start = stream.index();
    ArrayRef<Parameter> list = parseParameterList(parentheses);
    // `fn (a, b), c -> …`: a tuple, then other parameters.
    if (recovering || !(at(TK::Comma) || at(TK::ColonColon) || at(TK::Bar)))
      return list;
    stream.rewind(start);
  }
  llvm::SaveAndRestore bare(inBareParameters, true);
  do
    parameters.push_back(parseParameter());
  while (!recovering && take(TK::Comma));
  return keep(parameters);
}

/// After the arrow: an expression, several statements, or `do … end`.
const Expr *Parser::parseClosureBody(const Opener &opener) {
  if (at(TK::Keyword_do))
    return parseArmBody();
  if (at(TK::Keyword_let) || startsDefinition())
    return parseBlock(opener);
  const Expr *first = parseExpr();
  if (recovering)
    return first;
  if ((at(TK::Equal) || at(TK::Foreign)) && !stream.peek().startsLine)
    first = parseAssignment(first);
  if (closesBlock(opener) || at(TK::Comma))
    return first;
  if (!stream.peek().startsLine && !at(TK::Semicolon)) {
    reportRestOfLine(first);
    return first;
  }
  List<const Expr *> statements = {first};
  const BlockExpr *rest = parseBlock(opener);
  statements.append(rest->statements.begin(), rest->statements.end());
  return make<BlockExpr>(from(first->span), keep(statements));
}
