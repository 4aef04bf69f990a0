//===- InferLet.cpp - `let`, and functions inside of functions ------------===//

#include "frontends/snow/check/Infer.h"

namespace snow::check {

using llvm::cast;
using llvm::dyn_cast;
using llvm::isa;
using llvm::StringRef;

/// Whether making the value again each time is as good as making it once. Then
/// its type may be general. Simple values, whose types have nothing to
/// generalise, are left out.
bool Infer::isGeneralizable(const Expr *expr) {
  using Syntax = Expr::Kind;
  switch (expr->kind) {
  case Syntax::Closure:
    return true;
  case Syntax::Name: {
    syntax::Name name = cast<syntax::NameExpr>(expr)->name;
    Local *local = findLocal(name.text);
    return !local || local->function;
  }
  case Syntax::Member:
    return isa<syntax::NameExpr>(cast<syntax::MemberExpr>(expr)->object) &&
           cast<syntax::NameExpr>(cast<syntax::MemberExpr>(expr)->object)
               ->name.isCapitalised();
  case Syntax::List:
    return cast<syntax::SequenceExpr>(expr)->elements.empty();
  case Syntax::Map:
    return cast<syntax::MapExpr>(expr)->entries.empty();
  case Syntax::Tuple:
    return !cast<syntax::SequenceExpr>(expr)->elements.empty() &&
           llvm::all_of(
               cast<syntax::SequenceExpr>(expr)->elements,
               [&](const Expr *each) { return isGeneralizable(each); });
  case Syntax::Call: {
    auto *call = cast<syntax::CallExpr>(expr);
    if (!call->keywords.empty() ||
        !llvm::all_of(call->arguments,
                      [&](const Expr *each) { return isGeneralizable(each); }))
      return false;
    if (auto *name = dyn_cast<syntax::NameExpr>(call->callee))
      return name->name.isCapitalised();
    // A function of the library that does nothing but make a value.
    auto *member = dyn_cast<syntax::MemberExpr>(call->callee);
    auto *from = member ? dyn_cast<syntax::NameExpr>(member->object) : nullptr;
    if (!from || !from->name.isCapitalised() ||
        module.imports.count(from->name.text) || !call->arguments.empty())
      return false;
    LibraryFunction *found = library.find(from->name.text, member->name.text);
    return found && found->isPure() && found->obstacle.empty();
  }
  default:
    return false;
  }
}

Infer::ExpressionPtr Infer::inferLet(const syntax::LetExpr &expr) {
  if (auto *name = dyn_cast<syntax::BindPattern>(expr.pattern))
    if (!expr.type && name->name && isGeneralizable(expr.value))
      return inferGeneralLet(expr, *name);
  Expected want;
  if (expr.type) {
    want.type = resolveType(world, typeScope, expr.type);
    want.reason = {Reason::Kind::Annotation, expr.type->span};
    if (auto *name = dyn_cast<syntax::BindPattern>(expr.pattern))
      want.reason.name = name->name.text;
  }
  ExpressionPtr value = infer(expr.value, want);
  group.obligations.flush();
  if (auto *branch = dyn_cast<syntax::IfExpr>(expr.value);
      branch && !branch->otherwise && !want.type)
    reportMissingElse(*branch, *value);
  Ty *type = want.type ? want.type : typeOf(value);
  auto made = make(Kind::Let, library.unit, expr.span);
  made->operands.push_back(std::move(value));
  made->pattern = std::make_unique<core::Pattern>(inferPattern(
      expr.pattern, type, {Reason::Kind::Matched, expr.value->span}, false));
  if (!isa<syntax::BindPattern>(expr.pattern))
    group.matches.push_back({made.get(),
                             &function,
                             expr.pattern->span,
                             {expr.pattern->span},
                             Group::Match::Of::Let,
                             ""});
  return made;
}

/// `let x = if c do 1 end`: the value would be used as `()`.
void Infer::reportMissingElse(const syntax::IfExpr &expr,
                              core::Expression &made) {
  if (made.kind != Kind::If || made.operands.size() != 3 ||
      made.operands[1]->kind != Kind::Block ||
      made.operands[1]->operands.size() != 2)
    return;
  Ty *type = TypeStore::find(typeOf(made.operands[1]->operands[0]));
  if (type == library.unit || type->kind == Ty::Kind::Variable ||
      type->kind == Ty::Kind::Error)
    return;
  world
      .report(Code::IfWithoutElse, expr.span,
              "this `if` gives no value when its condition is false",
              "its value is used, but it has no `else`")
      .setHelp("add `else` with the value for the other case");
  made.type = pending(types.error());
}

Infer::ExpressionPtr Infer::inferGeneralLet(const syntax::LetExpr &expr,
                                            const syntax::BindPattern &name) {
  Lifted &lifted = group.lifted.emplace_back();
  lifted.name = name.name.text;
  lifted.owner = &function;
  lifted.parent = place;
  unsigned mark = group.obligations.size();
  place = &lifted;
  ++types.level;
  ExpressionPtr value;
  if (auto *closureExpr = dyn_cast<syntax::ClosureExpr>(expr.value))
    value = closure(*closureExpr, {}, name.name.text);
  else
    value = infer(expr.value);
  --types.level;
  place = lifted.parent;
  Ty *type = typeOf(value);
  generalizeLifted(lifted, type, mark);
  if (!lifted.scheme.parameters.empty()) {
    // A function of the program that makes the value, or is it.
    core::Function &core = world.program.functions.emplace_back();
    lifted.core = &core;
    lifted.isOpen = false;
    core.name = uniqueName(lifted.name);
    core.where = world.location(name.name.span);
    if (value->kind == Kind::Closure) {
      core.parameters = value->parameters;
      core.result = pending(TypeStore::find(type)->result());
      core.body = std::move(value->operands[0]);
      drop(std::move(value));
    } else {
      lifted.isValue = true;
      core.result = pending(type);
      core.body = std::move(value);
    }
    push(lifted.name, nullptr, type, name.name.span, false, &lifted);
    return make(Kind::Unit, library.unit, expr.span);
  }
  lifted.isClosure = true;
  std::vector<ExpressionPtr> statements;
  for (size_t i = 0; i < lifted.captures.size(); ++i) {
    auto [outer, inner] = *(lifted.captures.begin() + i);
    statements.push_back(bind(inner, local(outer, expr.value->span)));
  }
  if (!statements.empty()) {
    statements.push_back(std::move(value));
    value = block(std::move(statements), expr.value->span);
  }
  core::Variable *made = variable(lifted.name, type, name.name.span);
  push(lifted.name, made, type, name.name.span, false);
  auto let = bind(made, std::move(value));
  let->where = world.location(expr.span);
  return let;
}

std::string Infer::uniqueName(StringRef name) {
  std::string full = function.coreName + "." + name.str();
  unsigned count = world.localNames[full]++;
  return count ? full + "#" + std::to_string(count + 1) : full;
}

void Infer::generalizeLifted(Lifted &lifted, Ty *type, unsigned mark) {
  Obligations &obligations = group.obligations;
  obligations.settleDeeper(mark);
  llvm::SmallVector<Ty *> made;
  made.assign(lifted.scheme.parameters.begin(), lifted.scheme.parameters.end());
  types.generalize(type, &lifted, made);
  lifted.scheme.parameters.assign(made.begin(), made.end());
  lifted.scheme.type = type;
  Solution solution;
  solution.kind = Solution::Kind::Parameter;
  for (Requirement &each : obligations.takeOwned(mark, &lifted)) {
    if (each.use)
      each.use(solution);
    addBound(lifted.scheme, each.bound);
  }
}

void addBound(Scheme &scheme, const BoundDecl &bound) {
  for (const BoundDecl &known : scheme.bounds)
    if (known.trait == bound.trait &&
        TypeStore::find(known.subject) == TypeStore::find(bound.subject) &&
        known.arguments.size() == bound.arguments.size() &&
        bound.arguments.empty())
      return;
  scheme.bounds.push_back(bound);
}

Infer::ExpressionPtr Infer::inferLocalFunction(
    llvm::ArrayRef<const syntax::FunctionItem *> clauses) {
  const syntax::FunctionItem &first = *clauses.front();
  Lifted &lifted = group.lifted.emplace_back();
  lifted.name = first.name.text;
  lifted.owner = &function;
  lifted.parent = place;
  core::Function &core = world.program.functions.emplace_back();
  lifted.core = &core;
  core.name = uniqueName(lifted.name);
  core.where = world.location(first.name.span);
  unsigned mark = group.obligations.size();

  TypeScope outer = typeScope;
  for (const syntax::Name &name : first.typeParameters) {
    Ty *parameter =
        types.rigid(name.text, &lifted, lifted.scheme.parameters.size());
    lifted.scheme.parameters.push_back(parameter);
    typeScope.parameters[name.text] = parameter;
  }
  for (BoundDecl &bound : resolveBounds(world, typeScope, first.bounds)) {
    lifted.scheme.bounds.push_back(bound);
    function.scheme.bounds.push_back(bound);
  }
  ++types.level;
  llvm::SmallVector<Ty *> parameterTypes;
  for (const syntax::Parameter &each : first.parameters)
    parameterTypes.push_back(each.type
                                 ? resolveType(world, typeScope, each.type)
                                 : types.variable());
  Callable body;
  body.outer = callable;
  body.name = lifted.name;
  body.result = first.result ? resolveType(world, typeScope, first.result)
                             : types.variable();
  if (first.result)
    body.reason = {Reason::Kind::Result, first.result->span, lifted.name};
  lifted.scheme.type = types.function(parameterTypes, body.result);
  push(lifted.name, nullptr, lifted.scheme.type, first.name.span, false,
       &lifted);
  size_t self = locals.size() - 1;
  Lifted *outerPlace = place;
  Callable *outerCallable = callable;
  place = &lifted;
  callable = &body;
  std::vector<Clause> list;
  bool sameArity = true;
  for (const syntax::FunctionItem *each : clauses) {
    sameArity &= each->parameters.size() == first.parameters.size();
    list.push_back({each->parameters, each->guard, each->body, each->head});
  }
  core.result = pending(body.result);
  if (sameArity) {
    core.body = inferClauses(list, parameterTypes, core.parameters,
                             Expected(body.result, body.reason),
                             first.name.span, lifted.name);
  } else {
    world
        .report(Code::ClauseArity, clauses.back()->name.span,
                "the clauses of " + quoted(lifted.name) +
                    " take different numbers of parameters")
        .label(first.name.span, "the first clause");
    core.body = error(first.name.span);
  }
  place = outerPlace;
  callable = outerCallable;
  typeScope = std::move(outer);
  --types.level;
  lifted.isOpen = false;
  locals[self].isUsed = false; // a call of itself is no use
  generalizeLifted(lifted, lifted.scheme.type, mark);
  return nullptr;
}

} // namespace snow::check
