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
    resolveImpls(world);
    for (FunctionDecl &function : world.functionDecls)
      if (!function.impl)
        resolveSignature(world, {}, function);
    resolveServices(world);
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

  World &world;
  TypeStore &types;
};

} // namespace

bool isDerivable(StringRef trait) {
  return trait == "Eq" || trait == "Ord" || trait == "Display" ||
         trait == "Debug" || trait == "Hash";
}

void resolveTypes(World &world) { Resolver(world).run(); }

} // namespace snow::check
