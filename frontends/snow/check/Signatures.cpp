//===- Signatures.cpp - Bounds and functions as written -------------------===//

#include "frontends/snow/check/World.h"

namespace snow::check {

using llvm::StringRef;

std::vector<BoundDecl> resolveBounds(World &world, TypeScope &scope,
                                     llvm::ArrayRef<syntax::Bound> bounds) {
  std::vector<BoundDecl> made;
  for (const syntax::Bound &bound : bounds) {
    TraitDecl *trait = findTrait(world, scope.module, bound.trait);
    if (!trait || !bound.variable)
      continue;
    Ty *subject = scope.parameters.lookup(bound.variable.text);
    if (!subject) {
      world.report(Code::UnknownType, bound.variable.span,
                   quoted(bound.variable.text) +
                       " is not a type parameter here",
                   "unknown type parameter");
      continue;
    }
    BoundDecl &decl = made.emplace_back();
    decl.trait = trait;
    decl.subject = subject;
    for (size_t i = 0; i < trait->parameters.size(); ++i)
      decl.arguments.push_back(world.types.variable());
    for (StringRef name : trait->associatedNames) {
      // What stands for `T.Item` is one more parameter of the function.
      std::string key = (bound.variable.text + "." + name).str();
      Ty *&associated = scope.parameters[key];
      if (!associated)
        associated =
            world.types.rigid(scope.parameters.find(key)->getKey(), nullptr, 0);
      decl.associated.push_back(associated);
    }
  }
  return made;
}

/// Methods have the parameters of their trait where they write none.
static Ty *methodPart(World &world, const ImplDecl &impl, StringRef method,
                      size_t number, size_t arity) {
  const MethodDecl *decl = impl.trait->method(method);
  if (!decl || !decl->parameters.empty())
    return nullptr;
  Ty *type = TypeStore::find(decl->type);
  if (type->kind != Ty::Kind::Function || type->parts.size() != arity + 1)
    return nullptr;
  llvm::SmallVector<Ty *> from{impl.trait->self}, to{impl.self};
  llvm::append_range(from, impl.trait->parameters);
  llvm::append_range(to, impl.traitArguments);
  llvm::append_range(from, impl.trait->associated);
  llvm::append_range(to, impl.associated);
  return world.types.substitute(type->parts[number], from, to);
}

static bool hasVariable(Ty *type) {
  type = TypeStore::find(type);
  return type->kind == Ty::Kind::Variable ||
         llvm::any_of(type->parts, hasVariable);
}

void resolveSignature(World &world, TypeScope scope, FunctionDecl &function) {
  TypeStore &types = world.types;
  scope.module = function.module ? function.module : &world.prelude;
  if (function.constant) {
    function.resultType =
        function.constant->type
            ? resolveType(world, scope, function.constant->type)
            : types.variable();
    function.isWritten = function.constant->type;
    function.scheme.type = types.function({}, function.resultType);
    function.scope = std::move(scope);
    return;
  }
  const syntax::FunctionItem &first = *function.first();
  Scheme &scheme = function.scheme;
  auto own = [&](Ty *parameter) {
    parameter->owner = &function;
    parameter->index = scheme.parameters.size();
    scheme.parameters.push_back(parameter);
  };
  if (function.impl) {
    scheme.parameters = function.impl->parameters;
    scheme.bounds = function.impl->bounds;
  }
  for (const syntax::Name &name : first.typeParameters) {
    Ty *parameter = types.rigid(name.text, nullptr, 0);
    scope.parameters[name.text] = parameter;
    own(parameter);
  }
  for (BoundDecl &bound : resolveBounds(world, scope, first.bounds)) {
    for (Ty *each : bound.associated)
      if (TypeStore::find(each)->owner != &function)
        own(each);
    scheme.bounds.push_back(std::move(bound));
  }
  function.isWritten = true;
  size_t arity = first.parameters.size();
  for (auto [i, parameter] : llvm::enumerate(first.parameters)) {
    Ty *type = nullptr;
    if (parameter.type)
      type = resolveType(world, scope, parameter.type);
    else if (parameter.isSelf && scope.self)
      type = scope.self;
    else if (function.impl)
      type = methodPart(world, *function.impl, function.name, i, arity);
    if (!type) {
      type = types.variable();
      function.isWritten = false;
    }
    function.parameterTypes.push_back(type);
  }
  if (first.result) {
    function.resultType = resolveType(world, scope, first.result);
  } else {
    if (function.impl)
      function.resultType =
          methodPart(world, *function.impl, function.name, arity, arity);
    if (!function.resultType) {
      function.resultType = types.variable();
      function.isWritten = false;
    }
  }
  if (function.isActor) {
    function.isWritten = false;
    function.resultType = world.library.unit;
    function.message = types.variable();
    scheme.type =
        types.function(function.parameterTypes, world.pid(function.message));
  } else {
    scheme.type = types.function(function.parameterTypes, function.resultType);
  }
  // What an annotation leaves open is inferred, and may be general.
  if (!function.impl && hasVariable(scheme.type))
    function.isWritten = false;
  function.scope = std::move(scope);
  for (const syntax::FunctionItem *clause :
       llvm::ArrayRef(function.clauses).drop_front()) {
    if (clause->parameters.size() != arity)
      world
          .report(Code::ClauseArity, clause->name.span,
                  "this clause of " + quoted(function.name) + " takes " +
                      std::to_string(clause->parameters.size()) + " parameter" +
                      (clause->parameters.size() == 1 ? "" : "s") +
                      ", the first one " + std::to_string(arity))
          .label(first.name.span, "the first clause");
    if (clause->result)
      world
          .report(Code::LaterAnnotation, clause->result->span,
                  "the result type of " + quoted(function.name) +
                      " belongs to its first clause")
          .label(first.name.span, "the first clause");
  }
}

} // namespace snow::check
