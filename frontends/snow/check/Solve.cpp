//===- Solve.cpp - Whether a type has a trait -----------------------------===//

#include "frontends/snow/check/Obligations.h"

namespace snow::check {

using llvm::StringRef;

void Obligations::met(Requirement &requirement, const Solution &solution) {
  if (requirement.use)
    requirement.use(solution);
}

void Obligations::agree(Requirement &requirement, Ty *a, Ty *b) {
  if (types.unify(a, b) != Disagreement::None)
    world.report(Code::TypeMismatch, requirement.span,
                 "expected " + quoted(toString(a)) + ", found " +
                     quoted(toString(b)) + " as a part of " +
                     quoted(requirement.bound.trait->shown));
}

Obligations::Outcome Obligations::attempt(Requirement &requirement) {
  Ty *subject = TypeStore::find(requirement.bound.subject);
  const TraitDecl &trait = *requirement.bound.trait;
  switch (subject->kind) {
  case Ty::Kind::Error:
    for (Ty *each : requirement.bound.associated)
      types.unify(each, types.error());
    met(requirement, {});
    return Outcome::Met;
  case Ty::Kind::Link:
  case Ty::Kind::Variable:
    return Outcome::Waits;
  case Ty::Kind::Rigid:
    return attemptParameter(requirement, subject);
  case Ty::Kind::Function:
    return Outcome::Fails;
  case Ty::Kind::Named:
    break;
  }
  if (world.isKnown(&trait, "Into")) {
    // `E` has Into<F> where F has From<E>.
    Requirement other = requirement;
    other.bound.trait = world.known("From");
    other.bound.subject = requirement.bound.arguments[0];
    other.bound.arguments = {subject};
    if (TypeStore::isVariable(other.bound.subject))
      return Outcome::Waits;
    require(std::move(other));
    return Outcome::Met;
  }
  Outcome byImpl = attemptImpls(requirement, subject->decl);
  if (byImpl != Outcome::Fails)
    return byImpl;
  llvm::SmallVector<Ty *> parts;
  Ty *output = nullptr;
  if (requirement.depth > 100 || !isBuiltin(trait, subject, parts, output))
    return Outcome::Fails;
  if (output)
    for (Ty *each : requirement.bound.associated)
      agree(requirement, output, each);
  for (Ty *part : parts) {
    Requirement inner;
    inner.bound.trait = requirement.bound.trait;
    inner.bound.subject = part;
    inner.span = requirement.span;
    inner.asker = requirement.asker;
    inner.function = requirement.function;
    inner.whole = requirement.whole ? requirement.whole : subject;
    inner.depth = requirement.depth + 1;
    require(std::move(inner));
  }
  Solution solution;
  solution.kind = Solution::Kind::Builtin;
  met(requirement, solution);
  return Outcome::Met;
}

Obligations::Outcome Obligations::attemptParameter(Requirement &requirement,
                                                   Ty *subject) {
  Solution solution;
  solution.kind = Solution::Kind::Parameter;
  BoundDecl &bound = requirement.bound;
  FunctionDecl *function = requirement.function;
  if (!function)
    return Outcome::Fails;
  for (const BoundDecl &known : function->scheme.bounds) {
    if (known.trait != bound.trait || TypeStore::find(known.subject) != subject)
      continue;
    for (auto [a, b] : llvm::zip(known.arguments, bound.arguments))
      agree(requirement, a, b);
    for (auto [a, b] : llvm::zip(known.associated, bound.associated))
      agree(requirement, a, b);
    met(requirement, solution);
    return Outcome::Met;
  }
  if (!isImplied(*bound.trait) || !bound.arguments.empty() ||
      (!bound.associated.empty() && !isArithmetic(*bound.trait)))
    return Outcome::Fails;
  for (Ty *each : bound.associated)
    agree(requirement, subject, each);
  function->scheme.bounds.push_back(bound);
  met(requirement, solution);
  return Outcome::Met;
}

Obligations::Outcome Obligations::attemptImpls(Requirement &requirement,
                                               TypeDecl *head) {
  BoundDecl &bound = requirement.bound;
  auto found = world.impls.find({bound.trait, head});
  if (found == world.impls.end())
    return Outcome::Fails;
  ImplDecl *only = nullptr;
  for (ImplDecl *impl : found->second) {
    llvm::SmallVector<Ty *> fresh;
    for (size_t i = 0; i < impl->parameters.size(); ++i)
      fresh.push_back(types.variable());
    bool fits = types.mayUnify(
        types.substitute(impl->self, impl->parameters, fresh), bound.subject);
    for (auto [a, b] : llvm::zip(impl->traitArguments, bound.arguments))
      fits &= types.mayUnify(types.substitute(a, impl->parameters, fresh), b);
    if (!fits)
      continue;
    if (only)
      return Outcome::Waits;
    only = impl;
  }
  return only ? useImpl(requirement, *only) : Outcome::Fails;
}

Obligations::Outcome Obligations::useImpl(Requirement &requirement,
                                          ImplDecl &impl) {
  Solution solution;
  solution.kind = Solution::Kind::Impl;
  solution.impl = &impl;
  for (size_t i = 0; i < impl.parameters.size(); ++i)
    solution.arguments.push_back(types.variable());
  auto copy = [&](Ty *type) {
    return types.substitute(type, impl.parameters, solution.arguments);
  };
  agree(requirement, copy(impl.self), requirement.bound.subject);
  for (auto [a, b] :
       llvm::zip(impl.traitArguments, requirement.bound.arguments))
    agree(requirement, copy(a), b);
  for (auto [a, b] : llvm::zip(impl.associated, requirement.bound.associated))
    agree(requirement, copy(a), b);
  met(requirement, solution);
  for (const BoundDecl &each : impl.bounds) {
    Requirement inner;
    inner.bound = each;
    inner.bound.subject = copy(each.subject);
    for (Ty *&type : inner.bound.arguments)
      type = copy(type);
    for (Ty *&type : inner.bound.associated)
      type = types.variable();
    inner.span = requirement.span;
    inner.asker = requirement.asker;
    inner.function = requirement.function;
    inner.whole = requirement.bound.subject;
    inner.depth = requirement.depth + 1;
    if (inner.depth > 100)
      return Outcome::Fails;
    require(std::move(inner));
  }
  return Outcome::Met;
}

bool Obligations::isBuiltin(const TraitDecl &trait, Ty *type,
                            llvm::SmallVectorImpl<Ty *> &parts, Ty *&output) {
  if (trait.module)
    return false;
  TypeDecl *decl = type->decl;
  Library &library = world.library;
  bool isNumber = type == library.integer || type == library.real;
  if (isArithmetic(trait)) {
    output = type;
    return isNumber;
  }
  StringRef name = trait.name;
  if (name == "Number")
    return isNumber;
  if (name == "Default")
    return isNumber || type == library.boolean || type == library.string ||
           type == library.unit;
  bool isText = name == "Display" || name == "Debug";
  if (!isText && name != "Eq" && name != "Ord" && name != "Hash")
    return false;
  llvm::append_range(parts, type->parts);
  if (!decl->module) // the library's and the prelude's
    return true;
  if (decl->derived.contains(name))
    return true;
  // A value without Display is shown as Debug shows it.
  return name == "Display";
}

void Obligations::fail(const Requirement &requirement) {
  const BoundDecl &bound = requirement.bound;
  Ty *subject = TypeStore::find(bound.subject);
  if (subject->kind == Ty::Kind::Error)
    return;
  for (Ty *each : bound.associated)
    types.unify(each, types.error());
  std::string type = quoted(toString(subject));
  std::string trait = bound.trait->shown;
  std::string arguments;
  for (Ty *each : bound.arguments)
    arguments += (arguments.empty() ? "<" : ", ") + toString(each);
  trait += arguments.empty() ? "" : arguments + ">";
  std::string message;
  if (subject->kind == Ty::Kind::Function)
    message = requirement.asker + " requires " + quoted(trait) +
              ", which functions do not have";
  else if (subject->kind == Ty::Kind::Variable)
    message = requirement.asker + " requires " + quoted(trait) +
              " of a type that is not known here";
  else if (isArithmetic(*bound.trait) && !subject->decl->module &&
           requirement.asker.size() == 3) // an operator
    message = requirement.asker + " works on numbers, not on " + type;
  else
    message = requirement.asker + " requires " + quoted(trait) + ", which " +
              type + " does not have";
  auto &made = world.report(
      Code::TraitNotSatisfied, requirement.span, message,
      "this is " +
          quoted(toString(requirement.whole ? requirement.whole : subject)));
  if (subject->kind == Ty::Kind::Rigid) {
    made.setHelp("ask for it: `where " + toString(subject) + ": " + trait +
                 "`");
    return;
  }
  TypeDecl *decl = TypeStore::head(subject);
  if (!decl || !decl->module)
    return;
  made.label(decl->span, type + " is defined here");
  bool derives = !bound.trait->module &&
                 (trait == "Eq" || trait == "Ord" || trait == "Display" ||
                  trait == "Debug" || trait == "Hash");
  made.setHelp(derives ? "add " + quoted(trait) + " to its `deriving(…)`"
                       : "write `impl " + trait + " for " + toString(subject) +
                             " do … end`");
}

} // namespace snow::check
