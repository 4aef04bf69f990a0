//===- InferTry.cpp - `e?` ------------------------------------------------===//

#include "frontends/snow/check/Infer.h"

namespace snow::check {

Infer::ExpressionPtr Infer::inferTry(const syntax::TryExpr &expr) {
  if (callable->isInGuard)
    world.report(Code::BadGuard, expr.mark, "a guard cannot use `?`");
  auto made = make(Kind::Match, types.variable(), expr.span);
  made->integer = 1; // it covers every value
  made->operands.push_back(infer(expr.operand));
  core::Expression *node = made.get();
  Ty *type = flushed(typeOf(node->operands[0]));
  if (type->kind != Ty::Kind::Variable) {
    settleTry(*node, expr);
  } else {
    // Which of the two it is shows later; at last by what the function gives.
    Callable then = *callable;
    Lifted *where = place;
    auto settle = [this, node, &expr, then, where]() mutable {
      Callable *outer = std::exchange(callable, &then);
      Lifted *outerPlace = std::exchange(place, where);
      settleTry(*node, expr);
      callable = outer;
      place = outerPlace;
    };
    group.obligations.defer(
        {type, typeOf(*node), callable->result}, settle,
        [this, type, then, settle]() mutable {
          bool isOption =
              TypeStore::head(then.result) == library.type("Option");
          types.unify(type, isOption ? world.option(types.variable())
                                     : world.resultOf(types.variable(),
                                                      types.variable()));
          settle();
        });
  }
  if (callable->reason.kind == Reason::Kind::None)
    callable->reason = {Reason::Kind::Inferred, expr.mark, callable->name};
  return made;
}

void Infer::settleTry(core::Expression &node, const syntax::TryExpr &expr) {
  Ty *type = TypeStore::find(typeOf(node.operands[0]));
  TypeDecl *option = library.type("Option"),
           *resultDecl = library.type("Result");
  TypeDecl *head = TypeStore::head(type);
  if (head != option && head != resultDecl) {
    if (type->kind != Ty::Kind::Error)
      world
          .report(Code::WrongTry, expr.mark,
                  "`?` works on `Result` and `Option`, not on " +
                      quoted(toString(type)))
          .label(expr.operand->span, "this is " + quoted(toString(type)));
    types.unify(typeOf(node), types.error());
    return;
  }
  bool isOption = head == option;
  Ty *value = type->parts[0];
  Ty *failure = isOption ? nullptr : type->parts[1];
  Ty *target = isOption ? nullptr : types.variable();
  bool ignores = callable->ignoresValue;
  types.unify(typeOf(node), value);
  Ty *wanted = isOption ? world.option(types.variable())
                        : world.resultOf(types.variable(), target);
  if (!ignores && types.unify(callable->result, wanted) != Disagreement::None) {
    auto &message = world.report(
        Code::WrongTry, expr.mark,
        "`?` needs a function that gives " +
            quoted(isOption ? "Option" : "Result") + ", but this one gives " +
            quoted(toString(callable->result)),
        "returns from the function when there is no value");
    if (!callable->reason.span.isEmpty())
      message.label(callable->reason.span, "the function gives this");
    message.setHelp("use `case` here, or change what the function gives");
    return;
  }
  auto arm = [&](unsigned number, core::Variable *variable) -> core::Arm & {
    core::Arm &made = node.arms.emplace_back();
    made.pattern.kind = core::Pattern::Kind::Constructor;
    made.pattern.type = pending(type);
    made.pattern.integer = number;
    if (variable) {
      core::Pattern &inner = made.pattern.parts.emplace_back();
      inner.kind = core::Pattern::Kind::Bind;
      inner.type = variable->type;
      inner.variable = variable;
    }
    return made;
  };
  core::Variable *good = variable("value", value, expr.span);
  arm(0, good).body = local(good, expr.span);
  auto leave = make(Kind::Return, value, expr.span);
  core::Variable *bad =
      isOption ? nullptr : variable("error", failure, expr.span);
  core::Arm &failing = arm(1, bad);
  if (ignores) {
    leave->operands.push_back(make(Kind::Unit, library.unit, expr.span));
  } else if (isOption) {
    leave->operands.push_back(
        construct(option->constructors[1], wanted, {}, expr.span));
  } else {
    std::vector<ExpressionPtr> operands;
    operands.push_back(
        convertError(local(bad, expr.span), failure, target, expr));
    leave->operands.push_back(construct(resultDecl->constructors[1], wanted,
                                        std::move(operands), expr.span));
  }
  failing.body = std::move(leave);
}

/// As it is, or by `From` when the function's error is of another type.
Infer::ExpressionPtr Infer::convertError(ExpressionPtr value, Ty *from, Ty *to,
                                         const syntax::TryExpr &expr) {
  from = flushed(from), to = TypeStore::find(to);
  bool same = from->kind == Ty::Kind::Variable ||
              to->kind == Ty::Kind::Variable || types.mayUnify(from, to);
  TypeDecl *head = TypeStore::head(to);
  bool hasImpl = head && world.impls.count({world.known("From"), head});
  if (same || !hasImpl) {
    if (types.unify(to, from) != Disagreement::None) {
      auto &message =
          world.report(Code::WrongTry, expr.mark,
                       "`?` gives an error of type " + quoted(toString(from)) +
                           ", but the function's is " + quoted(toString(to)),
                       "the errors differ");
      if (!callable->reason.span.isEmpty())
        message.label(callable->reason.span, "the function gives this");
      message.setHelp("write `impl From<" + toString(from) + "> for " +
                      toString(to) + " do … end`, or use `case`");
    }
    value->type = pending(to);
    return value;
  }
  auto made = make(Kind::MethodCall, to, expr.span);
  made->trait = "From";
  made->text = "from";
  made->selfType = pending(to);
  core::Expression *node = made.get();
  made->operands.push_back(std::move(value));
  Requirement requirement;
  requirement.bound.trait = world.known("From");
  requirement.bound.subject = to;
  requirement.bound.arguments = {from};
  requirement.span = expr.mark;
  requirement.asker = "`?`";
  requirement.function = &function;
  requirement.use = [this, node](const Solution &solution) {
    useImpl(*node, "from", solution);
  };
  group.obligations.require(std::move(requirement));
  return made;
}

/// A call of a trait's method becomes one of the impl's function.
void Infer::useImpl(core::Expression &node, llvm::StringRef method,
                    const Solution &solution) {
  if (solution.kind != Solution::Kind::Impl)
    return;
  FunctionDecl *found = solution.impl->methods.lookup(method);
  if (!found)
    return;
  node.kind = node.kind == Kind::FunctionValue ? node.kind : Kind::Call;
  node.function = coreOf(*found);
  std::vector<const core::Type *> own = std::move(node.typeArguments);
  node.typeArguments.clear();
  for (Ty *each : solution.arguments)
    node.typeArguments.push_back(pending(each));
  llvm::append_range(node.typeArguments, own);
}

} // namespace snow::check
