//===- ParseExpr.cpp - Operators, calls, members --------------------------===//

#include "frontends/snow/syntax/ParserImpl.h"

using namespace snow;
using namespace snow::syntax;

StringRef snow::syntax::toString(BinaryOperator op) {
  switch (op) {
  case BinaryOperator::Or:
    return "or";
  case BinaryOperator::And:
    return "and";
  case BinaryOperator::Equal:
    return "==";
  case BinaryOperator::NotEqual:
    return "!=";
  case BinaryOperator::Less:
    return "<";
  case BinaryOperator::Greater:
    return ">";
  case BinaryOperator::LessEqual:
    return "<=";
  case BinaryOperator::GreaterEqual:
    return ">=";
  case BinaryOperator::Range:
    return "..";
  case BinaryOperator::JoinStrings:
    return "<>";
  case BinaryOperator::JoinLists:
    return "++";
  case BinaryOperator::Add:
    return "+";
  case BinaryOperator::Subtract:
    return "-";
  case BinaryOperator::Multiply:
    return "*";
  case BinaryOperator::Divide:
    return "/";
  case BinaryOperator::Remainder:
    return "%";
  }
  return "";
}

namespace {
struct OperatorInfo {
  unsigned precedence = 0; ///< 0: no binary operator
  BinaryOperator op = BinaryOperator::Or;
  bool isPipe = false;
  bool mayStartLine = false; ///< a line that begins so continues the last
};
} // namespace

static OperatorInfo binaryOperator(TokenKind kind) {
  using TK = TokenKind;
  using Op = BinaryOperator;
  switch (kind) {
  case TK::PipeArrow:
    return {1, Op::Or, true, true};
  case TK::Keyword_or:
  case TK::OrOr:
    return {2, Op::Or, false, true};
  case TK::Keyword_and:
  case TK::AndAnd:
    return {3, Op::And, false, true};
  case TK::EqualEqual:
    return {4, Op::Equal};
  case TK::NotEqual:
    return {4, Op::NotEqual};
  case TK::Less:
    return {5, Op::Less};
  case TK::Greater:
    return {5, Op::Greater};
  case TK::LessEqual:
    return {5, Op::LessEqual};
  case TK::GreaterEqual:
    return {5, Op::GreaterEqual};
  case TK::DotDot:
    return {6, Op::Range};
  case TK::JoinStrings:
    return {7, Op::JoinStrings, false, true};
  case TK::JoinLists:
    return {7, Op::JoinLists, false, true};
  case TK::Plus:
    return {8, Op::Add};
  case TK::Minus:
    return {8, Op::Subtract};
  case TK::Star:
    return {9, Op::Multiply};
  case TK::Slash:
    return {9, Op::Divide};
  case TK::Percent:
    return {9, Op::Remainder};
  default:
    return {};
  }
}

const Expr *Parser::error(Span span) {
  return make<SimpleExpr>(Expr::Kind::Error, span);
}

const Expr *Parser::parseExpr() {
  Nesting nesting(*this);
  if (!nesting || recovering)
    return error(stream.span().before());
  if (at(TK::Keyword_return))
    return parseReturn();
  return parseBinary(1);
}

const Expr *Parser::parseBinary(unsigned minimum) {
  const Expr *left = parseUnary();
  while (!recovering) {
    OperatorInfo info = binaryOperator(stream.kind());
    if (info.precedence < minimum || info.precedence == 0 ||
        (atLineBreak() && !info.mayStartLine))
      break;
    Span sign = stream.span();
    StringRef text = stream.text();
    bool touches = stream.touchesLast();
    stream.advance();
    // `i++`, `i--` as a statement.
    bool isDouble =
        text == "++" || (text == "-" && at(TK::Minus) && stream.touchesLast());
    size_t behind = text == "-" ? 1 : 0;
    if (touches && isDouble && llvm::isa<NameExpr>(left) &&
        (stream.peek(behind).startsLine ||
         stream.kind(behind) == TK::Semicolon ||
         stream.kind(behind) == TK::Keyword_end ||
         stream.kind(behind) == TK::EndOfFile)) {
      std::string name = llvm::cast<NameExpr>(left)->name.text.str();
      Span both = behind ? sign.to(stream.span()) : sign;
      std::string one = text.take_front().str();
      report(Code::Assignment, both,
             "values do not change, so there is no `" + one + one + "`")
          .setHelp("`let " + name + " = " + name + " " + one +
                   " 1` makes a new `" + name + "` for what follows");
      stream.rewind(stream.index() + behind);
      return error(left->span.to(both));
    }
    const Expr *right = parseBinary(info.precedence + 1);
    lengthenChain();
    left = info.isPipe
               ? static_cast<const Expr *>(make<PipeExpr>(sign, left, right))
               : make<BinaryExpr>(info.op, sign, left, right);
  }
  return left;
}

const Expr *Parser::parseUnary() {
  UnaryOperator op = UnaryOperator::Not;
  switch (stream.kind()) {
  case TK::Minus:
    if (stream.kind(1) == TK::Integer && stream.touchesLast(1))
      if (const Expr *minimum = parseInteger(stream.span()))
        return minimum;
    op = UnaryOperator::Negate;
    break;
  case TK::Bang:
  case TK::Keyword_not:
    break;
  default:
    return parsePostfix();
  }
  Nesting nesting(*this);
  if (!nesting)
    return error(stream.span());
  Span sign = stream.span();
  stream.advance();
  const Expr *operand = parseUnary();
  return make<UnaryExpr>(op, sign, operand);
}

const Expr *Parser::parsePostfix() {
  const Expr *expr = parseAtom();
  while (!recovering && !atLineBreak()) {
    switch (stream.kind()) {
    case TK::ParenOpen:
      expr = parseCall(expr);
      break;
    case TK::Dot:
      expr = parseMember(expr);
      break;
    case TK::BracketOpen: {
      Span open = stream.span();
      stream.advance();
      Brackets inside(*this);
      const Expr *index = parseExpr();
      if (!recovering && !take(TK::BracketClose))
        unclosedBracket(open, "]");
      expr = make<IndexExpr>(from(expr->span), expr, index);
      break;
    }
    case TK::Question:
      expr = make<TryExpr>(expr, stream.span());
      stream.advance();
      break;
    default:
      return expr;
    }
    lengthenChain();
  }
  return expr;
}

const Expr *Parser::parseCall(const Expr *callee) {
  Arguments arguments = parseArguments();
  return make<CallExpr>(from(callee->span), callee, arguments.positional,
                        arguments.keywords, arguments.parentheses);
}

const Expr *Parser::parseMember(const Expr *object) {
  stream.advance();
  // Any word is a name here.
  if ((at(TK::Name) && stream.text() != "_") || isKeyword(stream.kind())) {
    Name name = thisName();
    stream.advance();
    return make<MemberExpr>(object, name);
  }
  if (at(TK::Integer)) {
    fail(Code::OtherLanguage, stream.span(),
         "the parts of a tuple have no names or numbers")
        .setHelp("take it apart: `let (a, b) = pair`");
    return error(from(object->span));
  }
  unexpected("a name after `.`");
  return error(from(object->span));
}

Parser::Arguments Parser::parseArguments() {
  Span open = stream.span();
  stream.advance();
  Brackets inside(*this);
  List<const Expr *> positional;
  List<KeywordArgument> keywords;
  while (!recovering && !at(TK::ParenClose)) {
    if (stream.atEnd() || at(TK::Keyword_end)) {
      unclosedBracket(open, ")");
      break;
    }
    bool isKeyword = (at(TK::Name) || syntax::isKeyword(stream.kind())) &&
                     stream.kind(1) == TK::Colon;
    if (isKeyword) {
      Name name = thisName();
      stream.advance();
      stream.advance();
      keywords.push_back({name, parseExpr()});
    } else {
      const Expr *argument = parseExpr();
      if (!keywords.empty())
        report(Code::UnexpectedToken, argument->span,
               "arguments without a name stand before those with one")
            .label(keywords.front().name.span, "the first with a name");
      positional.push_back(argument);
    }
    if (recovering || take(TK::Comma))
      continue;
    if (at(TK::Equal) && !positional.empty() &&
        llvm::isa<NameExpr>(positional.back())) {
      report(Code::OtherLanguage, stream.span(),
             "an argument with a name is written with `:`")
          .setHelp("write `==` to compare")
          .setFix("write `:`", stream.span(), ":");
      stream.advance();
      parseExpr();
      if (take(TK::Comma))
        continue;
    }
    if (!recovering && !at(TK::ParenClose))
      unclosedBracket(open, ")");
  }
  if (!recovering)
    stream.advance();
  return {keep(positional), keep(keywords), from(open)};
}
