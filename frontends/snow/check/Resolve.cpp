//===- Resolve.cpp - Fields, interfaces, impls ----------------------------===//

#include "frontends/snow/check/Traits.h"
#include "frontends/snow/check/World.h"

namespace snow::check {

using llvm::cast;
using llvm::dyn_cast;
using llvm::StringRef;

namespace {

class Resolver {
public:
  explicit Resolver(World &world) : world(world), types(world.types) {}

  void run() {
    for (TypeDecl &decl : world.typeDecls)
      resolveFields(decl);
    for (TraitDecl &trait : world.traitDecls)
      resolveTrait(trait);
    for (ImplDecl &impl : world.implDecls)
      resolveImplHead(impl);
    checkDeriving(world);
    for (ImplDecl &impl : world.implDecls)
      if (impl.trait)
        resolveImplMethods(impl);
    for (FunctionDecl &function : world.functionDecls)
      if (!function.impl)
        resolveSignature(world, {}, function);
  }

private:
  ModuleDecl *moduleOf(ModuleDecl *module) {
    return module ? module : &world.prelude;
  }

  void resolveFields(TypeDecl &decl) {
    TypeScope scope;
    scope.module = moduleOf(decl.module);
    if (auto *item = dyn_cast<syntax::StructItem>(decl.item)) {
      name(scope, item->typeParameters, decl);
      for (const syntax::Field &field : item->fields)
        if (field.name && decl.constructors[0].fields.size() <
                              decl.constructors[0].fieldNames.size())
          decl.constructors[0].fields.push_back(
              resolveType(world, scope, field.type));
      derive(decl, item->deriving);
    } else if (auto *item = dyn_cast<syntax::SumTypeItem>(decl.item)) {
      name(scope, item->typeParameters, decl);
      auto next = decl.constructors.begin();
      for (const syntax::ConstructorSyntax &each : item->constructors) {
        if (next == decl.constructors.end() || next->span != each.name.span)
          continue;
        for (const syntax::Field &field : each.fields)
          next->fields.push_back(resolveType(world, scope, field.type));
        ++next;
      }
      derive(decl, item->deriving);
    } else if (auto *alias = dyn_cast<syntax::AliasItem>(decl.item)) {
      name(scope, alias->typeParameters, decl);
      if (!decl.isResolved) {
        decl.isResolving = true;
        Ty *made = resolveType(world, scope, alias->type);
        if (!decl.isResolved)
          decl.aliased = made;
        decl.isResolved = true;
      }
    }
  }

  void name(TypeScope &scope, llvm::ArrayRef<syntax::Name> names,
            TypeDecl &decl) {
    llvm::StringMap<Span> seen;
    for (auto [name, parameter] : llvm::zip(names, decl.parameters)) {
      auto [known, isNew] = seen.try_emplace(name.text, name.span);
      if (!isNew && name)
        world
            .report(Code::Duplicate, name.span,
                    "two type parameters are called " + quoted(name.text))
            .label(known->second, "the first");
      scope.parameters[name.text] = parameter;
    }
  }

  void derive(TypeDecl &decl, const syntax::Deriving &deriving) {
    if (!deriving.isWritten) {
      for (StringRef each : {"Eq", "Ord", "Debug", "Hash"})
        decl.derived.insert(each);
      return;
    }
    for (const syntax::Name &each : deriving.traits) {
      bool isLater =
          each.text == "Json" || each.text == "Row" || each.text == "Schema";
      if (isLater || isDerivable(each.text)) {
        decl.derived.insert(each.text);
        continue;
      }
      if (each)
        world
            .report(Code::CannotDerive, each.span,
                    "cannot derive " + quoted(each.text) + " for " +
                        quoted(decl.shown),
                    "cannot be derived")
            .setHelp("what can be derived: Eq, Ord, Display, Debug, Hash, "
                     "Json, Row, Schema");
    }
    if (decl.derived.contains("Ord") && !decl.derived.contains("Eq")) {
      Span at = deriving.span;
      for (const syntax::Name &each : deriving.traits)
        if (each.text == "Ord")
          at = each.span;
      world
          .report(Code::DeriveNeeds, at,
                  "deriving `Ord` for " + quoted(decl.shown) + " requires `Eq`",
                  "needs `Eq`")
          .setFix("derive `Eq`, too", at.before(), "Eq, ");
      decl.derived.insert("Eq");
    }
  }

  void resolveTrait(TraitDecl &trait) {
    trait.self = types.rigid("Self", &trait, 0);
    TypeScope scope;
    scope.module = moduleOf(trait.module);
    scope.self = trait.self;
    scope.trait = &trait;
    for (auto [i, name] : llvm::enumerate(trait.item->typeParameters)) {
      trait.parameters.push_back(types.rigid(name.text, &trait, i + 1));
      scope.parameters[name.text] = trait.parameters.back();
    }
    for (const syntax::AssociatedType &each : trait.item->types) {
      trait.associatedNames.push_back(each.name.text);
      trait.associated.push_back(
          types.rigid(each.name.text, &trait, 100 + trait.associated.size()));
    }
    for (const syntax::FunctionItem *item : trait.item->methods) {
      if (!item->name)
        continue;
      if (trait.method(item->name.text)) {
        world.report(Code::Duplicate, item->name.span,
                     "interface " + quoted(trait.shown) + " has two methods " +
                         quoted(item->name.text));
        continue;
      }
      MethodDecl &method = trait.methods.emplace_back();
      method.name = item->name.text;
      method.item = item;
      TypeScope inner = scope;
      for (auto [i, name] : llvm::enumerate(item->typeParameters)) {
        method.parameters.push_back(types.rigid(name.text, &method, i));
        inner.parameters[name.text] = method.parameters.back();
      }
      llvm::SmallVector<Ty *> parameters;
      for (const syntax::Parameter &each : item->parameters) {
        method.hasSelf |= each.isSelf;
        if (each.isSelf)
          parameters.push_back(trait.self);
        else if (each.type)
          parameters.push_back(resolveType(world, inner, each.type));
        else {
          world
              .report(Code::NeedsAnnotation, each.span,
                      "a parameter of an interface's method needs a type")
              .setHelp("write `name :: Type`");
          parameters.push_back(types.error());
        }
      }
      Ty *result = item->result ? resolveType(world, inner, item->result)
                                : world.library.unit;
      method.type = types.function(parameters, result);
      world.traitsByMethod[method.name].push_back(&trait);
    }
  }

  void resolveImplHead(ImplDecl &impl) {
    const syntax::ImplItem &item = *impl.item;
    TraitDecl *trait = findTrait(world, impl.module, item.trait);
    TypeScope scope;
    scope.module = impl.module;
    implicitParameters(item.target, scope, impl);
    impl.self =
        item.target ? resolveType(world, scope, item.target) : types.error();
    for (const syntax::TypeExpr *each : item.traitArguments)
      impl.traitArguments.push_back(resolveType(world, scope, each));
    impl.bounds = resolveBounds(world, scope, item.bounds);
    if (!trait)
      return;
    TypeDecl *head = TypeStore::head(impl.self);
    if (!head) {
      if (!TypeStore::isError(impl.self))
        world.report(Code::UnknownType, item.target->span,
                     "an impl is for a named type");
      return;
    }
    if (impl.traitArguments.size() != trait->parameters.size()) {
      world.report(Code::TypeArguments, item.trait.span,
                   "interface " + quoted(trait->shown) + " takes " +
                       std::to_string(trait->parameters.size()) +
                       " type argument" +
                       (trait->parameters.size() == 1 ? "" : "s") + ", not " +
                       std::to_string(impl.traitArguments.size()));
      return;
    }
    auto &others = world.impls[{trait, head}];
    for (ImplDecl *other : others) {
      bool same =
          types.mayUnify(erase(impl.self, impl), erase(other->self, *other));
      for (auto [a, b] : llvm::zip(impl.traitArguments, other->traitArguments))
        same &= types.mayUnify(erase(a, impl), erase(b, *other));
      if (!same)
        continue;
      world
          .report(Code::DuplicateImpl, item.head,
                  quoted(trait->shown) + " is implemented twice for " +
                      quoted(toString(impl.self)),
                  "implemented again")
          .label(other->item->head, "first implemented here");
      return;
    }
    impl.trait = trait;
    impl.scope = scope.parameters;
    others.push_back(&impl);
    world.implsByType[head].push_back(&impl);
    resolveAssociated(impl, scope);
  }

  /// With variables for the impl's parameters.
  Ty *erase(Ty *type, const ImplDecl &impl) {
    llvm::SmallVector<Ty *> fresh;
    for (size_t i = 0; i < impl.parameters.size(); ++i)
      fresh.push_back(types.variable());
    return types.substitute(type, impl.parameters, fresh);
  }

  /// `impl Show for Box<T>`: names that are no type are parameters.
  void implicitParameters(const syntax::TypeExpr *type, TypeScope &scope,
                          ImplDecl &impl) {
    if (!type)
      return;
    if (auto *tuple = dyn_cast<syntax::TupleType>(type)) {
      for (auto *each : tuple->elements)
        implicitParameters(each, scope, impl);
      return;
    }
    if (auto *option = dyn_cast<syntax::OptionType>(type))
      return implicitParameters(option->element, scope, impl);
    if (auto *result = dyn_cast<syntax::ResultType>(type)) {
      implicitParameters(result->value, scope, impl);
      return implicitParameters(result->error, scope, impl);
    }
    auto *named = dyn_cast<syntax::NamedType>(type);
    if (!named)
      return;
    if (type == impl.item->target && named->arguments.empty())
      if (TypeDecl *decl =
              findType(world, scope.module, named->path.last().text);
          !decl)
        return;
    for (auto *argument : named->arguments) {
      auto *inner = dyn_cast<syntax::NamedType>(argument);
      if (inner && inner->path.parts.size() == 1 && inner->arguments.empty() &&
          inner->path.last() && inner->path.last().text != "Unit" &&
          !findType(world, scope.module, inner->path.last().text)) {
        StringRef text = inner->path.last().text;
        Ty *&parameter = scope.parameters[text];
        if (!parameter) {
          parameter = types.rigid(text, &impl, impl.parameters.size());
          impl.parameters.push_back(parameter);
        }
        continue;
      }
      implicitParameters(argument, scope, impl);
    }
  }

  void resolveAssociated(ImplDecl &impl, const TypeScope &outer) {
    TypeScope scope = outer;
    scope.self = impl.self;
    TraitDecl *trait = impl.trait;
    impl.associated.assign(trait->associatedNames.size(), nullptr);
    for (const syntax::AssociatedType &each : impl.item->types) {
      auto found = llvm::find(trait->associatedNames, each.name.text);
      if (found == trait->associatedNames.end()) {
        world.report(Code::AssociatedType, each.span,
                     "interface " + quoted(trait->shown) + " has no type " +
                         quoted(each.name.text),
                     "not in the interface");
        continue;
      }
      impl.associated[found - trait->associatedNames.begin()] =
          each.type ? resolveType(world, scope, each.type) : types.error();
    }
    // An iterator of the library that does not say of what is of the items.
    if (world.isKnown(trait, "Iterable") && impl.associated[0] &&
        impl.associated[1]) {
      Ty *iterator = TypeStore::find(impl.associated[1]);
      if (iterator->kind == Ty::Kind::Named && !iterator->decl->module &&
          iterator->parts.size() == 1)
        types.unify(iterator->parts[0], impl.associated[0]);
    }
    bool isOperator = !trait->module && trait->associatedNames.size() == 1 &&
                      trait->associatedNames[0] == "Output";
    for (auto [name, type] : llvm::zip(trait->associatedNames, impl.associated))
      if (!type && isOperator)
        type = operatorOutput(impl, scope);
      else if (!type) {
        type = types.error();
        world
            .report(Code::AssociatedType, impl.item->head,
                    "the impl of " + quoted(trait->shown) + " for " +
                        quoted(toString(impl.self)) + " does not say what " +
                        quoted(name) + " is",
                    "missing `type " + name.str() + " = …`")
            .label(trait->span, "the interface");
      }
  }

  /// `type Output` may be left out: it is what the method returns.
  Ty *operatorOutput(ImplDecl &impl, const TypeScope &scope) {
    for (const syntax::FunctionItem *each : impl.item->methods)
      if (each->result)
        return resolveType(world, scope, each->result);
    return impl.self;
  }

  void resolveImplMethods(ImplDecl &impl) {
    TypeScope scope;
    scope.module = impl.module;
    scope.parameters = impl.scope;
    scope.self = impl.self;
    scope.impl = &impl;
    for (const syntax::FunctionItem *item : impl.item->methods) {
      if (!item->name)
        continue;
      auto [known, isNew] = impl.methods.try_emplace(item->name.text, nullptr);
      if (!isNew) {
        known->second->clauses.push_back(item);
        continue;
      }
      FunctionDecl &decl = addMethod(impl, item, known->second);
      if (!impl.trait->method(item->name.text)) {
        std::vector<StringRef> names;
        for (const MethodDecl &each : impl.trait->methods)
          names.push_back(each.name);
        world
            .report(Code::WrongMethod, item->name.span,
                    "interface " + quoted(impl.trait->shown) +
                        " has no method " + quoted(item->name.text),
                    "not in the interface")
            .label(impl.trait->span, "the interface")
            .setHelp(didYouMean(names, decl.name));
      }
    }
    for (auto &[name, decl] : impl.methods)
      finishMethod(impl, scope, *decl);
    for (const MethodDecl &method : impl.trait->methods) {
      if (impl.methods.contains(method.name))
        continue;
      if (method.item->body && !needsOther(impl, method)) {
        FunctionDecl *made = nullptr;
        FunctionDecl &decl = addMethod(impl, method.item, made);
        impl.methods[method.name] = &decl;
        TypeScope inner = scope;
        inner.module = moduleOf(impl.trait->module);
        for (auto [parameter, argument] :
             llvm::zip(impl.trait->item->typeParameters, impl.traitArguments))
          inner.parameters[parameter.text] = argument;
        decl.module = inner.module;
        finishMethod(impl, inner, decl);
        continue;
      }
      world
          .report(Code::MissingMethod, impl.item->head,
                  "the impl of " + quoted(impl.trait->shown) + " for " +
                      quoted(toString(impl.self)) + " lacks the method " +
                      quoted(method.name),
                  "missing " + quoted(method.name))
          .label(method.item->name.span, "the interface asks for it here");
    }
  }

  /// Default bodies of the prelude call each other: one must be written.
  bool needsOther(const ImplDecl &impl, const MethodDecl &method) {
    return !impl.trait->module && impl.methods.empty();
  }

  FunctionDecl &addMethod(ImplDecl &impl, const syntax::FunctionItem *item,
                          FunctionDecl *&slot) {
    FunctionDecl &decl = world.functionDecls.emplace_back();
    slot = &decl;
    decl.name = item->name.text;
    decl.coreName = impl.trait->name;
    if (!impl.traitArguments.empty()) {
      decl.coreName += "<";
      for (Ty *each : impl.traitArguments)
        decl.coreName += toString(each);
      decl.coreName += ">";
    }
    decl.coreName += " for " + toString(impl.self) + "." + decl.name.str();
    decl.module = impl.module;
    decl.impl = &impl;
    decl.clauses.push_back(item);
    decl.isPublic = true;
    return decl;
  }

  void finishMethod(ImplDecl &impl, const TypeScope &scope,
                    FunctionDecl &decl) {
    resolveSignature(world, scope, decl);
    if (const MethodDecl *method = impl.trait->method(decl.name))
      checkMethod(world, impl, *method, decl);
  }

  World &world;
  TypeStore &types;
};

} // namespace

bool isDerivable(StringRef trait) {
  return trait == "Eq" || trait == "Ord" || trait == "Display" ||
         trait == "Debug" || trait == "Hash";
}

/// The written signature must be the interface's.
void checkMethod(World &world, const ImplDecl &impl, const MethodDecl &method,
                 FunctionDecl &function) {
  TypeStore &types = world.types;
  size_t wanted = TypeStore::find(method.type)->parts.size() - 1;
  size_t have = function.parameterTypes.size();
  if (wanted != have) {
    world
        .report(Code::WrongMethod, function.nameSpan(),
                "method " + quoted(function.name) + " of " +
                    quoted(impl.trait->shown) + " takes " +
                    std::to_string(wanted) + " parameter" +
                    (wanted == 1 ? "" : "s") + ", not " + std::to_string(have))
        .label(method.item->name.span, "the interface says so here");
    return;
  }
  llvm::SmallVector<Ty *> from{impl.trait->self}, to{impl.self};
  llvm::append_range(from, impl.trait->parameters);
  llvm::append_range(to, impl.traitArguments);
  llvm::append_range(from, impl.trait->associated);
  llvm::append_range(to, impl.associated);
  llvm::append_range(from, method.parameters);
  for (size_t i = 0; i < method.parameters.size(); ++i) {
    size_t own = impl.parameters.size() + i;
    to.push_back(own < function.scheme.parameters.size()
                     ? function.scheme.parameters[own]
                     : types.variable());
  }
  Ty *type = types.substitute(method.type, from, to);
  for (size_t i = 0; i < TypeStore::find(type)->parts.size(); ++i) {
    Ty *expected = TypeStore::find(type)->parts[i];
    bool isResult = i == wanted;
    Ty *found = isResult ? function.resultType : function.parameterTypes[i];
    if (types.unify(expected, found) == Disagreement::None)
      continue;
    Span at = function.nameSpan();
    if (isResult && function.first()->result)
      at = function.first()->result->span;
    else if (!isResult)
      at = function.first()->parameters[i].span;
    world
        .report(Code::WrongMethod, at,
                "method " + quoted(function.name) + " of " +
                    quoted(impl.trait->shown) +
                    (isResult ? " gives " : " takes ") +
                    quoted(toString(expected)) + " here, not " +
                    quoted(toString(found)),
                "expected " + quoted(toString(expected)) + ", found " +
                    quoted(toString(found)))
        .label(method.item->name.span, "the interface says so here");
  }
}

void resolveTypes(World &world) { Resolver(world).run(); }

} // namespace snow::check
