//===- InferActor.cpp - `spawn`, `send`, `receive`, `self()` --------------===//

#include "frontends/snow/check/Infer.h"

namespace snow::check {

using llvm::cast;
using llvm::dyn_cast;
using llvm::StringRef;

FunctionDecl *Infer::enclosingActor() const {
  for (Callable *each = callable; each; each = each->outer)
    if (each->actor)
      return each->actor;
  return nullptr;
}

Infer::ExpressionPtr Infer::inferActor(const Expr &expr, const Expected &want) {
  if (auto *receive = dyn_cast<syntax::ReceiveExpr>(&expr))
    return inferReceive(*receive, want);
  auto &given = *cast<syntax::ActorCallExpr>(&expr);
  if (expr.kind == Expr::Kind::Spawn)
    return inferSpawn(given);
  StringRef word = expr.kind == Expr::Kind::Send ? "send" : "link";
  return call(operatorTarget(word, given.keyword), given.arguments, {},
              expr.span, given.keyword);
}

Infer::ExpressionPtr Infer::inferOwnPid(Span span) {
  FunctionDecl *actor = enclosingActor();
  if (!actor) {
    world.report(Code::UndefinedName, span,
                 "`self` stands only in methods and actors",
                 "not inside of a method or actor");
    return error(span);
  }
  auto made = operatorCall("self", {}, span);
  types.unify(typeOf(made), world.pid(actor->message));
  return made;
}

/// The closure in which a new actor begins.
Infer::ExpressionPtr Infer::onTerminate(const syntax::BlockExpr &block) {
  auto made = make(Kind::Closure, types.function({}, library.unit), block.span);
  Callable body;
  body.outer = callable;
  body.result = library.unit;
  body.isClosure = body.ignoresValue = true;
  callable = &body;
  std::vector<ExpressionPtr> statements, operands;
  statements.push_back(infer(&block));
  callable = body.outer;
  statements.push_back(make(Kind::Unit, library.unit, block.span));
  made->operands.push_back(this->block(std::move(statements), block.span));
  operands.push_back(std::move(made));
  return operatorCall("terminate", std::move(operands), block.span);
}

Infer::ExpressionPtr Infer::inferSpawn(const syntax::ActorCallExpr &expr) {
  Span span = expr.span;
  if (expr.arguments.empty()) {
    world.report(Code::ArgumentCount, span,
                 "`spawn` takes an actor and its arguments");
    return error(span);
  }
  const Expr *callee = expr.arguments.front();
  Arguments arguments = expr.arguments.drop_front();
  Target target;
  bool isValue = true;
  if (auto *name = dyn_cast<syntax::NameExpr>(callee)) {
    target = resolveName(name->name);
    isValue = false;
  } else if (auto *member = dyn_cast<syntax::MemberExpr>(callee)) {
    target = resolveMember(*member, &isValue);
  }
  if (isValue)
    target = valueTarget(infer(callee));
  Ty *type = target.type ? flushed(target.type) : types.error();
  bool isActor =
      target.kind == Target::Kind::Function && target.function->isActor;
  bool fits = type->kind == Ty::Kind::Function &&
              type->parts.size() == arguments.size() + 1;
  if (!fits) {
    if (type->kind == Ty::Kind::Function)
      wrongCount(target, type->parts.size() - 1, arguments.size(), span,
                 arguments);
    else if (type->kind != Ty::Kind::Error)
      world.report(Code::NotAFunction, callee->span,
                   "`spawn` starts actors and functions, and this is " +
                       quoted(toString(type)),
                   "cannot be started");
    for (const Expr *each : arguments)
      drop(infer(each));
    drop(std::move(target.value));
    return error(span);
  }
  std::vector<ExpressionPtr> statements, operands, inner;
  if (target.value) {
    // What is started is computed before its arguments.
    core::Variable *kept = variable("function", type, callee->span);
    statements.push_back(bind(kept, std::move(target.value)));
    target.value = local(kept, callee->span);
  }
  for (auto [i, each] : llvm::enumerate(arguments)) {
    core::Variable *kept = variable("argument", type->parts[i], each->span);
    statements.push_back(
        bind(kept,
             infer(each, Expected(type->parts[i], argumentReason(target, i)))));
    operands.push_back(local(kept, each->span));
  }
  Ty *pid = isActor ? type->result() : nullptr;
  inner.push_back(finishCall(target, std::move(operands),
                             isActor ? library.unit : type->result(), span,
                             callee->span));
  inner.push_back(make(Kind::Unit, library.unit, span));
  auto start = make(Kind::Closure, types.function({}, library.unit), span);
  start->operands.push_back(block(std::move(inner), span));
  std::vector<ExpressionPtr> only;
  only.push_back(std::move(start));
  statements.push_back(operatorCall("spawn", std::move(only), span));
  if (pid)
    types.unify(typeOf(statements.back()), pid);
  return block(std::move(statements), span);
}

Infer::ExpressionPtr Infer::inferReceive(const syntax::ReceiveExpr &expr,
                                         const Expected &want) {
  FunctionDecl *actor = enclosingActor();
  if (!actor)
    world.report(Code::UndefinedName, expr.keyword,
                 "`receive` stands only in actors", "not inside of an actor");
  Ty *message = actor ? actor->message : types.error();
  std::vector<ExpressionPtr> operands;
  // The row takes the actor whose messages they are, or not.
  StringRef word = expr.timeout ? "receive.after" : "receive";
  LibraryFunction *row = library.findOperator(word, nullptr);
  Ty *signature = row ? TypeStore::find(row->scheme.type) : nullptr;
  TypeDecl *pid = TypeStore::head(world.pid(message));
  if (signature && pid && actor && signature->parts.size() > 1 &&
      TypeStore::head(signature->parts[0]) == pid)
    operands.push_back(inferOwnPid(expr.keyword));
  bool isWrapped = signature && TypeStore::head(signature->result()) ==
                                    library.type("Option");
  if (expr.timeout)
    operands.push_back(infer(
        expr.timeout, Expected(library.integer, {Reason::Kind::Operator,
                                                 expr.keyword, "after"})));
  auto made = make(Kind::Match, types.error(), expr.span);
  TypeDecl *first =
      operands.empty() ? nullptr : TypeStore::head(typeOf(operands.front()));
  made->operands.push_back(
      operatorCall(word, std::move(operands), expr.keyword, first));
  Ty *received = typeOf(made->operands[0]);
  types.unify(received, isWrapped ? world.option(message) : message);
  Ty *result = want.type ? want.type : types.variable();
  Expected inner = want;
  inner.type = result;
  bool isSettled = want.type && !TypeStore::isVariable(want.type);
  Group::Match match{
      made.get(), &function, expr.keyword, {}, Group::Match::Of::Receive,
      "",         false};
  auto add = [&](core::Pattern pattern, const Expr *guard, const Expr *body,
                 Span span, size_t scope) {
    core::Arm &out = made->arms.emplace_back();
    if (isWrapped) {
      out.pattern.kind = core::Pattern::Kind::Constructor;
      out.pattern.type = pending(received);
      out.pattern.text = "Some";
      out.pattern.parts.push_back(std::move(pattern));
    } else {
      out.pattern = std::move(pattern);
    }
    if (guard)
      out.guard = inferGuard(guard);
    out.body = infer(body, inner);
    group.obligations.flush();
    popTo(scope);
    match.arms.push_back(span);
    if (!isSettled && inner.reason.kind != Reason::Kind::Arm)
      inner.reason = {Reason::Kind::Arm, body->span};
  };
  for (const syntax::Arm &arm : expr.arms) {
    size_t scope = locals.size();
    core::Pattern pattern = inferPattern(
        arm.pattern, message, {Reason::Kind::Matched, expr.keyword}, true);
    add(std::move(pattern), arm.guard, arm.body, arm.pattern->span, scope);
  }
  if (expr.timeout) {
    core::Arm &out = made->arms.emplace_back();
    out.pattern.kind = core::Pattern::Kind::Constructor;
    out.pattern.type = pending(received);
    out.pattern.integer = 1;
    out.pattern.text = "None";
    out.body = infer(expr.afterBody, inner);
    match.arms.push_back(expr.afterBody->span);
  }
  made->type = pending(result);
  group.matches.push_back(std::move(match));
  return made;
}

} // namespace snow::check
