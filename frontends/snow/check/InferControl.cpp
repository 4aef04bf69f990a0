//===- InferControl.cpp - Blocks, branches, loops, jumps ------------------===//

#include "frontends/snow/check/Discard.h"
#include "frontends/snow/check/Infer.h"

namespace snow::check {

using llvm::cast;
using llvm::dyn_cast;
using llvm::isa;
using llvm::StringRef;

Infer::ExpressionPtr Infer::inferBlock(const syntax::BlockExpr &expr,
                                       const Expected &want) {
  size_t scope = locals.size();
  std::vector<ExpressionPtr> made;
  auto statements = expr.statements;
  for (size_t i = 0; i < statements.size(); ++i) {
    const Expr *each = statements[i];
    bool isLast = i + 1 == statements.size();
    if (auto *local = dyn_cast<syntax::LocalFunctionExpr>(each)) {
      std::vector<const syntax::FunctionItem *> clauses{local->function};
      while (i + 1 < statements.size()) {
        auto *next = dyn_cast<syntax::LocalFunctionExpr>(statements[i + 1]);
        if (!next || next->function->name.text != local->function->name.text)
          break;
        clauses.push_back(next->function);
        ++i;
      }
      if (ExpressionPtr value = inferLocalFunction(clauses))
        made.push_back(std::move(value));
      if (i + 1 == statements.size())
        made.push_back(make(Kind::Unit, library.unit, each->span));
      continue;
    }
    if (isLast && !isa<syntax::LetExpr>(each)) {
      made.push_back(infer(each, want));
      break;
    }
    Expected unused;
    unused.isUnused = true;
    ExpressionPtr value = infer(each, unused);
    group.obligations.flush();
    if (!isa<syntax::LetExpr>(each))
      group.unusedValues.push_back({each->span, typeOf(value)});
    made.push_back(discard(std::move(value), library.unit));
    if (isLast)
      made.push_back(make(Kind::Unit, library.unit, each->span.after()));
  }
  popTo(scope);
  Span span = expr.span;
  if (made.size() == 1)
    return std::move(made.front());
  if (made.empty())
    return make(Kind::Unit, library.unit, span);
  return block(std::move(made), span);
}

Infer::ExpressionPtr Infer::inferIf(const syntax::IfExpr &expr,
                                    const Expected &want) {
  auto made = make(Kind::If, library.unit, expr.span);
  made->operands.push_back(
      infer(expr.condition, Expected(library.boolean, {Reason::Kind::Condition,
                                                       expr.keyword, "if"})));
  if (!expr.otherwise) {
    Expected unused;
    unused.isUnused = true;
    ExpressionPtr then = infer(expr.then, unused);
    Ty *type = flushed(typeOf(then));
    Ty *wanted = want.type ? TypeStore::find(want.type) : nullptr;
    bool isUsed = wanted && wanted != library.unit &&
                  (wanted->kind != Ty::Kind::Variable ||
                   want.reason.kind != Reason::Kind::None);
    if (isUsed && type != library.unit && type->kind != Ty::Kind::Variable &&
        wanted->kind != Ty::Kind::Error) {
      world
          .report(Code::IfWithoutElse, expr.span,
                  "this `if` gives no value when its condition is false",
                  "its value is used, but it has no `else`")
          .setHelp("add `else` with the value for the other case");
      made->type = pending(types.error());
    }
    std::vector<ExpressionPtr> statements;
    statements.push_back(discard(std::move(then), library.unit));
    statements.push_back(make(Kind::Unit, library.unit, expr.then->span));
    made->operands.push_back(block(std::move(statements), expr.then->span));
    made->operands.push_back(make(Kind::Unit, library.unit, expr.span.after()));
    return made;
  }
  bool isSettled = want.type && !TypeStore::isVariable(want.type);
  ExpressionPtr then = infer(expr.then, want);
  Expected other = want;
  if (!isSettled)
    other = Expected(typeOf(then), {Reason::Kind::Branch, expr.then->span});
  other.isUnused = want.isUnused;
  ExpressionPtr otherwise = infer(expr.otherwise, other);
  made->type = isSettled ? pending(want.type) : then->type;
  made->operands.push_back(std::move(then));
  made->operands.push_back(std::move(otherwise));
  return made;
}

Infer::ExpressionPtr Infer::inferWhile(const syntax::WhileExpr &expr) {
  auto made = make(Kind::While, library.unit, expr.span);
  made->operands.push_back(infer(
      expr.condition, Expected(library.boolean, {Reason::Kind::Condition,
                                                 expr.keyword, "while"})));
  ++callable->loops;
  Expected unused;
  unused.isUnused = true;
  made->operands.push_back(discard(infer(expr.body, unused), library.unit));
  --callable->loops;
  return made;
}

void Infer::iterate(core::Expression *loop, Ty *collection, Ty *element,
                    Span span) {
  Ty *type = TypeStore::find(collection);
  if (type->kind == Ty::Kind::Error) {
    types.unify(element, type);
    return;
  }
  TypeDecl *head = TypeStore::head(type);
  for (StringRef word : {"for.at", "for.list", "for.next"}) {
    LibraryFunction *found = head ? library.findOperator(word, head) : nullptr;
    if (!found)
      continue;
    auto arguments = fresh(found->scheme.parameters);
    Ty *row = TypeStore::find(types.substitute(
        found->scheme.type, found->scheme.parameters, arguments));
    types.unify(row->parts[0], type);
    Ty *gives = TypeStore::find(row->result());
    if (word != "for.at" && gives->parts.size() == 1)
      gives = gives->parts[0];
    types.unify(element, gives);
    return;
  }
  auto iterable = head ? world.impls.find({world.known("Iterable"), head})
                       : world.impls.end();
  if (iterable != world.impls.end()) {
    Requirement requirement;
    requirement.bound.trait = world.known("Iterable");
    requirement.bound.subject = type;
    Ty *iterator = types.variable();
    requirement.bound.associated = {types.variable(), iterator};
    requirement.span = span;
    requirement.asker = "`for`";
    requirement.function = &function;
    requirement.use = [this, loop, iterator](const Solution &solution) {
      FunctionDecl *iter =
          solution.impl ? solution.impl->methods.lookup("iter") : nullptr;
      if (!iter)
        return; // reported where it is missing
      auto call = std::make_unique<core::Expression>(
          Kind::Call, pending(iterator), loop->operands[0]->where);
      call->function = coreOf(*iter);
      for (Ty *each : solution.arguments)
        call->typeArguments.push_back(pending(each));
      call->operands.push_back(std::move(loop->operands[0]));
      loop->operands[0] = std::move(call);
    };
    group.obligations.require(std::move(requirement));
    if (TypeStore::head(iterator) != head)
      return iterate(loop, iterator, element, span);
  }
  world
      .report(Code::NotIterable, span,
              "`for` cannot run over a value of type " + quoted(toString(type)),
              "this is " + quoted(toString(type)))
      .setHelp("it runs over lists, ranges `a..b`, maps, sets, and what "
               "implements `Iterable`");
  types.unify(element, types.error());
}

Infer::ExpressionPtr Infer::inferFor(const syntax::ForExpr &expr,
                                     const Expected &want) {
  auto made = make(Kind::For, library.unit, expr.span);
  made->operands.push_back(infer(expr.iterable));
  Ty *collection = flushed(typeOf(made->operands[0]));
  Ty *element = types.variable();
  core::Expression *node = made.get();
  Span span = expr.iterable->span;
  if (collection->kind != Ty::Kind::Variable)
    iterate(node, collection, element, span);
  else
    group.obligations.defer(
        {collection, element},
        [this, node, collection, element, span] {
          iterate(node, collection, element, span);
        },
        [this, node, collection, element, span] {
          if (LibraryFunction *list = library.findOperator("list", nullptr))
            types.unify(
                collection,
                types.named(TypeStore::head(list->scheme.type->result()),
                            element));
          iterate(node, collection, element, span);
        });
  size_t scope = locals.size();
  made->pattern = std::make_unique<core::Pattern>(
      inferPattern(expr.pattern, element, {Reason::Kind::Matched, span}, true));
  group.matches.push_back({node,
                           &function,
                           expr.pattern->span,
                           {expr.pattern->span},
                           Group::Match::Of::Loop,
                           ""});
  ExpressionPtr guard;
  if (expr.guard)
    guard = inferGuard(expr.guard);
  ++callable->loops;
  bool isUnit = want.isUnused ||
                (want.type && TypeStore::find(want.type) == library.unit);
  Expected inner;
  inner.isUnused = isUnit;
  ExpressionPtr body = infer(expr.body, inner);
  --callable->loops;
  popTo(scope);
  LibraryFunction *list = library.findOperator("list", nullptr);
  if (isUnit)
    body = discard(std::move(body), library.unit);
  else if (list)
    made->type = pending(types.named(
        TypeStore::head(list->scheme.type->result()), typeOf(body)));
  made->operands.push_back(std::move(body));
  if (guard)
    made->operands.push_back(std::move(guard));
  return made;
}

Infer::ExpressionPtr Infer::inferJump(const Expr &expr, const Expected &want) {
  bool isBreak = expr.kind == Expr::Kind::Break;
  if (!callable->loops) {
    bool isInClosure = false;
    for (Callable *each = callable; each && !isInClosure; each = each->outer)
      isInClosure = each->isClosure && each->outer && each->outer->loops;
    std::string word = isBreak ? "`break`" : "`continue`";
    world.report(Code::OutsideLoop, expr.span,
                 isInClosure
                     ? word + " cannot leave the closure that it stands in"
                     : word + " stands outside of a loop",
                 "not inside of a `for` or `while`");
    return error(expr.span, want);
  }
  return make(isBreak ? Kind::Break : Kind::Continue, types.variable(),
              expr.span);
}

Infer::ExpressionPtr Infer::inferReturn(const syntax::ReturnExpr &expr,
                                        const Expected &want) {
  auto made = make(Kind::Return, types.variable(), expr.span);
  if (callable->isInGuard)
    world.report(Code::BadGuard, expr.span, "a guard cannot `return`");
  Expected wanted(callable->result, callable->reason);
  if (callable->ignoresValue)
    wanted = Expected();
  ExpressionPtr value;
  if (expr.value) {
    value = infer(expr.value, wanted);
  } else {
    value = make(Kind::Unit, library.unit, expr.span);
    if (!callable->ignoresValue &&
        types.unify(callable->result, library.unit) != Disagreement::None)
      mismatch(expr.span, callable->result, library.unit, callable->reason,
               &expr, Disagreement::Different);
  }
  if (callable->reason.kind == Reason::Kind::None)
    callable->reason = {Reason::Kind::Inferred, expr.span, callable->name};
  if (callable->ignoresValue) {
    std::vector<ExpressionPtr> statements;
    statements.push_back(std::move(value));
    statements.push_back(make(Kind::Unit, library.unit, expr.span));
    value = block(std::move(statements), expr.span);
  }
  made->operands.push_back(std::move(value));
  return made;
}

Infer::ExpressionPtr Infer::inferGuard(const Expr *guard) {
  bool before = callable->isInGuard;
  callable->isInGuard = true;
  ExpressionPtr made =
      infer(guard, Expected(library.boolean,
                            {Reason::Kind::Condition, guard->span, "when"}));
  callable->isInGuard = before;
  return made;
}

} // namespace snow::check
