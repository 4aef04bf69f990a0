//===- InferOperators.cpp - Binary and unary operators --------------------===//

#include "frontends/snow/check/Infer.h"

namespace snow::check {

using llvm::StringRef;
using syntax::BinaryOperator;

static bool isComparison(BinaryOperator op) {
  return op >= BinaryOperator::Equal && op <= BinaryOperator::GreaterEqual;
}

static core::Primitive primitiveOf(BinaryOperator op) {
  switch (op) {
  case BinaryOperator::Equal:
    return core::Primitive::Equal;
  case BinaryOperator::NotEqual:
    return core::Primitive::NotEqual;
  case BinaryOperator::Less:
    return core::Primitive::Less;
  case BinaryOperator::Greater:
    return core::Primitive::Greater;
  case BinaryOperator::LessEqual:
    return core::Primitive::LessEqual;
  case BinaryOperator::GreaterEqual:
    return core::Primitive::GreaterEqual;
  case BinaryOperator::Subtract:
    return core::Primitive::Subtract;
  case BinaryOperator::Multiply:
    return core::Primitive::Multiply;
  case BinaryOperator::Divide:
    return core::Primitive::Divide;
  case BinaryOperator::Remainder:
    return core::Primitive::Remainder;
  default:
    return core::Primitive::Add;
  }
}

static StringRef traitOf(BinaryOperator op) {
  switch (op) {
  case BinaryOperator::Add:
    return "Add";
  case BinaryOperator::Subtract:
    return "Sub";
  case BinaryOperator::Multiply:
    return "Mul";
  case BinaryOperator::Divide:
    return "Div";
  case BinaryOperator::Remainder:
    return "Mod";
  case BinaryOperator::Equal:
  case BinaryOperator::NotEqual:
    return "Eq";
  default:
    return "Ord";
  }
}

Infer::ExpressionPtr Infer::inferBinary(const syntax::BinaryExpr &expr) {
  if (expr.op == BinaryOperator::And || expr.op == BinaryOperator::Or)
    return inferLogic(expr);
  if (isComparison(expr.op))
    return inferComparison(expr);
  if (expr.op >= BinaryOperator::Add)
    return inferArithmetic(expr);
  if (expr.op == BinaryOperator::Range) {
    Expected integer(library.integer,
                     {Reason::Kind::Operator, expr.opSpan, ".."});
    std::vector<ExpressionPtr> operands;
    operands.push_back(infer(expr.left, integer));
    operands.push_back(infer(expr.right, integer));
    return operatorCall("..", std::move(operands), expr.span,
                        library.integer->decl);
  }
  return inferJoin(expr);
}

Infer::ExpressionPtr Infer::inferLogic(const syntax::BinaryExpr &expr) {
  bool isAnd = expr.op == BinaryOperator::And;
  Expected boolean(library.boolean, {Reason::Kind::Operator, expr.opSpan,
                                     syntax::toString(expr.op)});
  auto made = make(Kind::If, library.boolean, expr.span);
  made->operands.push_back(infer(expr.left, boolean));
  ExpressionPtr right = infer(expr.right, boolean);
  ExpressionPtr known = make(Kind::Bool, library.boolean, expr.opSpan);
  known->integer = !isAnd;
  if (!isAnd)
    std::swap(right, known);
  made->operands.push_back(std::move(right));
  made->operands.push_back(std::move(known));
  return made;
}

void Infer::operandsDiffer(const syntax::BinaryExpr &expr, Ty *left,
                           Ty *right) {
  left = TypeStore::find(left), right = TypeStore::find(right);
  StringRef op = syntax::toString(expr.op);
  auto &message = world.report(
      Code::OperatorTypes, expr.opSpan,
      "both sides of " + quoted(op) + " must have one type, but they are " +
          quoted(toString(left)) + " and " + quoted(toString(right)),
      "");
  message.label(expr.left->span, "this is " + quoted(toString(left)));
  message.label(expr.right->span, "this is " + quoted(toString(right)));
  bool leftIsInteger = left == library.integer;
  if ((leftIsInteger && right == library.real) ||
      (left == library.real && right == library.integer)) {
    const Expr *integer = leftIsInteger ? expr.left : expr.right;
    if (auto *literal = llvm::dyn_cast<syntax::IntExpr>(integer)) {
      message.setHelp("numbers of both kinds do not mix");
      message.setFix("write a Float", integer->span,
                     std::to_string(literal->value) + ".0");
      return;
    }
    std::string convert = library.conversion(library.integer, library.real);
    if (convert.empty())
      return;
    message.setHelp("convert the `Int` with " + quoted(convert));
    message.fix.title = "write " + quoted(convert + "(…)");
    message.fix.edits.push_back({integer->span.before(), convert + "("});
    message.fix.edits.push_back({integer->span.after(), ")"});
    return;
  }
  if (auto *inner = llvm::dyn_cast<syntax::BinaryExpr>(expr.left);
      inner && isComparison(inner->op) && isComparison(expr.op) &&
      !inner->isParenthesised) {
    message.setHelp("comparisons do not chain: write `a < b and b < c`");
    return;
  }
  for (auto [self, other] : {std::pair(left, right), std::pair(right, left)})
    if (TypeStore::head(self) == library.type("Option") &&
        self->parts.size() == 1 && types.mayUnify(self->parts[0], other))
      message.setHelp("the `Option` may be `None`: take its value out with "
                      "`case` or `?`");
}

Infer::ExpressionPtr Infer::inferComparison(const syntax::BinaryExpr &expr) {
  auto made = make(Kind::Primitive, library.boolean, expr.span);
  made->primitive = primitiveOf(expr.op);
  made->operands.push_back(infer(expr.left));
  made->operands.push_back(infer(expr.right));
  Ty *left = flushed(typeOf(made->operands[0]));
  Ty *right = TypeStore::find(typeOf(made->operands[1]));
  if (types.unify(left, right) != Disagreement::None) {
    operandsDiffer(expr, left, right);
    return made;
  }
  Requirement requirement;
  requirement.bound.trait = world.known(traitOf(expr.op));
  requirement.bound.subject = left;
  requirement.span = expr.opSpan;
  requirement.asker = quoted(syntax::toString(expr.op));
  requirement.function = &function;
  group.obligations.require(std::move(requirement));
  return made;
}

Infer::ExpressionPtr Infer::inferArithmetic(const syntax::BinaryExpr &expr) {
  auto made = make(Kind::Primitive, types.variable(), expr.span);
  made->primitive = primitiveOf(expr.op);
  made->operands.push_back(infer(expr.left));
  made->operands.push_back(infer(expr.right));
  Ty *left = flushed(typeOf(made->operands[0]));
  Ty *right = TypeStore::find(typeOf(made->operands[1]));
  TypeDecl *list = nullptr;
  if (LibraryFunction *empty = library.findOperator("list", nullptr))
    list = TypeStore::head(empty->scheme.type->result());
  if (expr.op == BinaryOperator::Add) {
    bool isText = left == library.string || right == library.string;
    bool isList =
        list && TypeStore::head(left) == list && TypeStore::head(right) == list;
    if (isText || isList) {
      auto &message =
          world.report(Code::OperatorTypes, expr.opSpan,
                       isText ? "`+` adds numbers; join strings with `<>`"
                              : "`+` adds numbers; join lists with `++`",
                       "");
      if (left == right || isList)
        message.setFix(isText ? "write `<>`" : "write `++`", expr.opSpan,
                       isText ? "<>" : "++");
      else
        message.label(
            left == library.string ? expr.right->span : expr.left->span,
            "this is " +
                quoted(toString(left == library.string ? right : left)) +
                ": write it as \"${…}\"");
      made->type = pending(isText ? library.string : types.error());
      return made;
    }
  }
  if (types.unify(left, right) != Disagreement::None) {
    operandsDiffer(expr, left, right);
    made->type = pending(types.error());
    return made;
  }
  requireOperator(*made, traitOf(expr.op), left, expr.opSpan,
                  quoted(syntax::toString(expr.op)));
  return made;
}

void Infer::requireOperator(core::Expression &node, llvm::StringRef trait,
                            Ty *subject, Span span, std::string asker) {
  Requirement requirement;
  requirement.bound.trait = world.known(trait);
  requirement.bound.subject = subject;
  requirement.bound.associated = {typeOf(node)};
  requirement.span = span;
  requirement.asker = std::move(asker);
  requirement.function = &function;
  TraitDecl *decl = requirement.bound.trait;
  requirement.use = [this, &node, decl](const Solution &solution) {
    useOperator(node, *decl, solution);
  };
  group.obligations.require(std::move(requirement));
}

/// Numbers keep the primitive; others call their impl.
void Infer::useOperator(core::Expression &node, TraitDecl &trait,
                        const Solution &solution) {
  const MethodDecl &method = trait.methods.front();
  if (solution.kind == Solution::Kind::Impl) {
    FunctionDecl *function = solution.impl->methods.lookup(method.name);
    if (!function)
      return;
    node.kind = Kind::Call;
    node.function = coreOf(*function);
    for (Ty *each : solution.arguments)
      node.typeArguments.push_back(pending(each));
  } else if (solution.kind == Solution::Kind::Parameter) {
    node.kind = Kind::MethodCall;
    node.trait = trait.name;
    node.text = method.name.str();
    node.selfType = node.operands[0]->type;
  }
}

Infer::ExpressionPtr Infer::inferJoin(const syntax::BinaryExpr &expr) {
  bool isText = expr.op == BinaryOperator::JoinStrings;
  StringRef op = syntax::toString(expr.op);
  std::vector<ExpressionPtr> operands;
  operands.push_back(infer(expr.left));
  operands.push_back(infer(expr.right));
  LibraryFunction *empty = library.findOperator("list", nullptr);
  TypeDecl *list =
      empty ? TypeStore::head(empty->scheme.type->result()) : nullptr;
  group.obligations.flush();
  Ty *wanted =
      isText || !list ? library.string : types.named(list, types.variable());
  const Expr *sides[] = {expr.left, expr.right};
  TypeDecl *other = isText ? list : library.string->decl;
  for (ExpressionPtr &each : operands)
    if (other && TypeStore::head(typeOf(each)) == other) {
      auto &message =
          world.report(Code::OperatorTypes, expr.opSpan,
                       isText ? "`<>` joins strings; join lists with `++`"
                              : "`++` joins lists; join strings with `<>`",
                       "");
      bool both = TypeStore::head(typeOf(operands[0])) == other &&
                  TypeStore::head(typeOf(operands[1])) == other;
      if (both)
        message.setFix(isText ? "write `++`" : "write `<>`", expr.opSpan,
                       isText ? "++" : "<>");
      Ty *type = both ? typeOf(operands[0]) : types.error();
      for (ExpressionPtr &operand : operands)
        drop(std::move(operand));
      auto made = error(expr.span);
      made->type = pending(type);
      return made;
    }
  bool fails = false;
  for (size_t i = 0; i < 2; ++i) {
    Disagreement why = types.unify(wanted, typeOf(operands[i]));
    if (why == Disagreement::None)
      continue;
    mismatch(sides[i]->span, wanted, typeOf(operands[i]),
             {Reason::Kind::Operator, expr.opSpan, op}, sides[i], why);
    fails = true;
  }
  if (fails) {
    for (ExpressionPtr &operand : operands)
      drop(std::move(operand));
    auto made = error(expr.span);
    made->type = pending(wanted);
    return made;
  }
  return operatorCall(op, std::move(operands), expr.span,
                      TypeStore::head(wanted));
}

Infer::ExpressionPtr Infer::inferUnary(const syntax::UnaryExpr &expr) {
  if (expr.op == syntax::UnaryOperator::Not) {
    auto made = make(Kind::Primitive, library.boolean, expr.span);
    made->primitive = core::Primitive::Not;
    made->operands.push_back(
        infer(expr.operand, Expected(library.boolean, {Reason::Kind::Operator,
                                                       expr.opSpan, "not"})));
    return made;
  }
  auto made = make(Kind::Primitive, types.variable(), expr.span);
  made->primitive = core::Primitive::Negate;
  made->operands.push_back(infer(expr.operand));
  requireOperator(*made, "Neg", flushed(typeOf(made->operands[0])), expr.opSpan,
                  "`-`");
  return made;
}

} // namespace snow::check
