//===- InferCase.cpp - `case`, clauses, closures --------------------------===//

#include "frontends/snow/check/Discard.h"
#include "frontends/snow/check/Infer.h"

namespace snow::check {

using llvm::dyn_cast;
using llvm::isa;
using llvm::StringRef;

Infer::ExpressionPtr Infer::inferCase(const syntax::CaseExpr &expr,
                                      const Expected &want) {
  auto made = make(Kind::Match, types.error(), expr.span);
  made->operands.push_back(infer(expr.scrutinee));
  Ty *type = flushed(typeOf(made->operands[0]));
  bool isSettled = want.type && !TypeStore::isVariable(want.type);
  Ty *result = want.type ? want.type : types.variable();
  Expected inner = want;
  inner.type = result;
  Group::Match match{
      made.get(), &function, expr.keyword, {}, Group::Match::Of::Case, ""};
  // What a service is made of has the one arm that it needs.
  if (auto *made = dyn_cast<syntax::CallExpr>(expr.scrutinee))
    if (auto *name = dyn_cast<syntax::NameExpr>(made->callee);
        name && name->name.text.starts_with(" "))
      match.of = Group::Match::Of::Receive;
  bool isFirst = true;
  for (const syntax::Arm &arm : expr.arms) {
    size_t scope = locals.size();
    core::Arm &out = made->arms.emplace_back();
    out.pattern = inferPattern(
        arm.pattern, type, {Reason::Kind::Matched, expr.scrutinee->span}, true);
    if (arm.guard)
      out.guard = inferGuard(arm.guard);
    out.body = infer(arm.body, inner);
    group.obligations.flush();
    popTo(scope);
    match.arms.push_back(arm.pattern->span);
    if (isFirst && !isSettled)
      inner.reason = {Reason::Kind::Arm, arm.body->span};
    isFirst = false;
  }
  made->type = pending(result);
  if (expr.arms.empty())
    made->type = pending(result);
  group.matches.push_back(std::move(match));
  return made;
}

/// A pattern that binds the parameter itself.
static bool isPlain(const syntax::Parameter &parameter) {
  return isa<syntax::BindPattern>(parameter.pattern) ||
         parameter.pattern->kind == syntax::Pattern::Kind::Wildcard;
}

Infer::ExpressionPtr
Infer::inferClauses(llvm::ArrayRef<Clause> clauses, llvm::ArrayRef<Ty *> types,
                    std::vector<core::Variable *> &parameters,
                    const Expected &want, Span span, StringRef name) {
  auto annotate = [&](const syntax::Parameter &parameter, Ty *type) {
    if (!parameter.type)
      return;
    Ty *written = resolveType(world, typeScope, parameter.type);
    if (auto why = this->types.unify(type, written); why != Disagreement::None)
      mismatch(parameter.type->span, type, written,
               {Reason::Kind::Clause, span, name}, nullptr, why);
  };
  if (clauses.size() == 1 && !clauses[0].guard &&
      llvm::all_of(clauses[0].parameters, isPlain)) {
    size_t scope = locals.size();
    llvm::StringMap<Span> bound;
    auto *outerBound = boundNames;
    boundNames = &bound;
    for (auto [parameter, type] : llvm::zip(clauses[0].parameters, types)) {
      annotate(parameter, type);
      if (auto *bind = dyn_cast<syntax::BindPattern>(parameter.pattern))
        parameters.push_back(bindName(bind->name, type, true));
      else
        parameters.push_back(variable("_", type, parameter.span));
    }
    boundNames = outerBound;
    ExpressionPtr body = infer(clauses[0].body, want);
    popTo(scope);
    return body;
  }
  for (auto [i, type] : llvm::enumerate(types))
    parameters.push_back(
        variable("argument" + std::to_string(i + 1), type, span));
  std::vector<ExpressionPtr> elements;
  for (core::Variable *each : parameters)
    elements.push_back(local(each, span));
  bool isTuple = elements.size() != 1;
  ExpressionPtr scrutinee =
      isTuple ? tuple(std::move(elements), span) : std::move(elements.front());
  auto made =
      make(Kind::Match, want.type ? want.type : this->types.variable(), span);
  made->text = name.str(); // for the error when none fits
  Ty *matched = typeOf(scrutinee);
  made->operands.push_back(std::move(scrutinee));
  Group::Match match{made.get(), &function, span, {}, Group::Match::Of::Clauses,
                     name.str()};
  Expected inner = want;
  if (!inner.type)
    inner.type = typeOf(*made);
  bool isSettled = want.type && !TypeStore::isVariable(want.type);
  for (auto [i, clause] : llvm::enumerate(clauses)) {
    size_t scope = locals.size();
    core::Arm &arm = made->arms.emplace_back();
    llvm::StringMap<Span> bound;
    auto *outerBound = boundNames;
    boundNames = &bound;
    std::vector<core::Pattern> parts;
    bool isCatchAll = !clause.guard;
    for (auto [parameter, type] : llvm::zip(clause.parameters, types)) {
      annotate(parameter, type);
      parts.push_back(inferPattern(parameter.pattern, type, {}, true));
      isCatchAll &= isPlain(parameter);
    }
    boundNames = outerBound;
    if (isTuple) {
      arm.pattern.kind = parts.empty() ? core::Pattern::Kind::Wildcard
                                       : core::Pattern::Kind::Constructor;
      arm.pattern.type = pending(matched);
      arm.pattern.parts = std::move(parts);
    } else {
      arm.pattern = std::move(parts.front());
    }
    if (isCatchAll && i + 1 < clauses.size() && !match.hasEarlyCatchAll) {
      match.hasEarlyCatchAll = true;
      world
          .report(Code::CatchAllNotLast, clause.span,
                  "this clause of " +
                      (name.empty() ? "the closure" : quoted(name)) +
                      " matches everything, so those after it never run",
                  "a catch-all clause must be the last one")
          .label(clauses[i + 1].span, "this clause never runs");
    }
    if (clause.guard)
      arm.guard = inferGuard(clause.guard);
    arm.body = infer(clause.body, inner);
    group.obligations.flush();
    popTo(scope);
    match.arms.push_back(clause.span);
    if (i == 0 && !isSettled && inner.type)
      inner.reason = {Reason::Kind::Clause, clause.span, name};
  }
  group.matches.push_back(std::move(match));
  return made;
}

Infer::ExpressionPtr Infer::inferClosure(const syntax::ClosureExpr &expr,
                                         const Expected &want) {
  return closure(expr, want, "");
}

void Infer::wrongArity(const syntax::ClosureExpr &expr, Ty *wanted) {
  auto parameters = expr.clauses.front().parameters;
  size_t arity = parameters.size(), count = wanted->parts.size() - 1;
  Span at = parameters.empty()
                ? expr.keyword
                : parameters.front().span.to(parameters.back().span);
  auto &message = world.report(Code::ArgumentCount, at,
                               "this closure takes " + std::to_string(arity) +
                                   " parameter" + (arity == 1 ? "" : "s") +
                                   ", but it gets " + std::to_string(count) +
                                   " argument" + (count == 1 ? "" : "s"));
  Ty *only = count == 1 ? TypeStore::find(wanted->parts[0]) : nullptr;
  if (!only || arity < 2 || expr.clauses.size() != 1 ||
      only->kind != Ty::Kind::Named || !only->decl->isTuple ||
      only->parts.size() != arity)
    return;
  message.setHelp("what it gets is one tuple: take it apart with a pattern");
  StringRef text = world.files[at.file].text();
  bool hasParentheses = at.begin && text[at.begin - 1] == '(';
  message.fix.title = "write `((…))`";
  message.fix.edits.push_back({at.before(), hasParentheses ? "(" : "(("});
  message.fix.edits.push_back({at.after(), hasParentheses ? ")" : "))"});
}

Infer::ExpressionPtr Infer::closure(const syntax::ClosureExpr &expr,
                                    const Expected &want, StringRef name) {
  const syntax::ClosureClause &first = expr.clauses.front();
  size_t arity = first.parameters.size();
  Ty *wanted = want.type ? flushed(want.type) : nullptr;
  bool fits = wanted && wanted->kind == Ty::Kind::Function &&
              wanted->parts.size() == arity + 1;
  if (wanted && wanted->kind == Ty::Kind::Function && !fits) {
    wrongArity(expr, wanted);
    return error(expr.span, want);
  }
  llvm::SmallVector<Ty *> parameterTypes;
  for (size_t i = 0; i < arity; ++i)
    parameterTypes.push_back(fits ? wanted->parts[i] : types.variable());
  for (auto [parameter, type] : llvm::zip(first.parameters, parameterTypes))
    if (parameter.type && !fits)
      types.unify(type, resolveType(world, typeScope, parameter.type));
  Ty *result = fits ? wanted->result() : types.variable();
  auto made =
      make(Kind::Closure, types.function(parameterTypes, result), expr.span);
  Callable body;
  body.outer = callable;
  body.name = name;
  body.result = result;
  body.isClosure = true;
  if (fits && !TypeStore::isVariable(result))
    body.reason = want.reason;
  std::vector<Clause> clauses;
  for (const syntax::ClosureClause &each : expr.clauses) {
    if (each.parameters.size() != arity) {
      world
          .report(Code::ClauseArity, each.span,
                  "this clause of the closure takes " +
                      std::to_string(each.parameters.size()) + " parameter" +
                      (each.parameters.size() == 1 ? "" : "s") +
                      ", the first one " + std::to_string(arity))
          .label(first.span, "the first clause");
      return error(expr.span, want);
    }
    clauses.push_back({each.parameters, each.guard, each.body, each.span});
  }
  Callable *outer = callable;
  callable = &body;
  Expected inner(result, body.reason);
  // Where `()` is wanted, any value will do.
  bool isUnused = fits && TypeStore::find(result) == library.unit;
  if (isUnused) {
    inner = Expected();
    inner.isUnused = true;
    body.ignoresValue = true;
  }
  ExpressionPtr code = inferClauses(clauses, parameterTypes, made->parameters,
                                    inner, first.span, name);
  if (isUnused && flushed(typeOf(code)) != library.unit) {
    std::vector<ExpressionPtr> statements;
    statements.push_back(discard(std::move(code), library.unit));
    statements.push_back(make(Kind::Unit, library.unit, expr.span));
    code = block(std::move(statements), expr.span);
  }
  made->operands.push_back(std::move(code));
  callable = outer;
  group.obligations.flush();
  return made;
}

} // namespace snow::check
