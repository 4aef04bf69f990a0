//===- Discard.cpp - Values that nobody uses ------------------------------===//

#include "frontends/snow/check/Discard.h"

namespace snow::check {

using Kind = core::Expression::Kind;

/// Whether a list of a loop would be the value.
static bool givesLoop(const core::Expression &expression) {
  switch (expression.kind) {
  case Kind::For:
    return true;
  case Kind::Block:
    return !expression.operands.empty() &&
           givesLoop(*expression.operands.back());
  case Kind::If:
    return givesLoop(*expression.operands[1]) ||
           givesLoop(*expression.operands[2]);
  case Kind::Match:
    for (const core::Arm &arm : expression.arms)
      if (arm.body && givesLoop(*arm.body))
        return true;
    return false;
  default:
    return false;
  }
}

static void discardIn(core::ExpressionPtr &expression, Ty *unit) {
  switch (expression->kind) {
  case Kind::For:
    if (givesLoop(*expression->operands[1]))
      discardIn(expression->operands[1], unit);
    break;
  case Kind::Block:
    if (expression->operands.empty() ||
        expression->operands.back()->kind == Kind::Let)
      return;
    discardIn(expression->operands.back(), unit);
    break;
  case Kind::If:
    discardIn(expression->operands[1], unit);
    discardIn(expression->operands[2], unit);
    break;
  case Kind::Match:
    for (core::Arm &arm : expression->arms)
      if (arm.body)
        discardIn(arm.body, unit);
    break;
  case Kind::Return:
  case Kind::Break:
  case Kind::Continue:
  case Kind::Fail:
    break; // they have the type that their place asks for
  default: {
    auto where = expression->where;
    auto block =
        std::make_unique<core::Expression>(Kind::Block, pending(unit), where);
    block->operands.push_back(std::move(expression));
    block->operands.push_back(
        std::make_unique<core::Expression>(Kind::Unit, pending(unit), where));
    expression = std::move(block);
    return;
  }
  }
  expression->type = pending(unit);
}

core::ExpressionPtr discard(core::ExpressionPtr expression, Ty *unit) {
  if (givesLoop(*expression))
    discardIn(expression, unit);
  return expression;
}

} // namespace snow::check
