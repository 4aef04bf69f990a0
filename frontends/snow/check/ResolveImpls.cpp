//===- ResolveImpls.cpp - Impls and their methods -------------------------===//

#include "frontends/snow/check/Traits.h"
#include "frontends/snow/check/World.h"

namespace snow::check {

using llvm::dyn_cast;
using llvm::StringRef;

namespace {

class ImplResolver {
public:
  explicit ImplResolver(World &world) : world(world), types(world.types) {}

  void run() {
    for (ImplDecl &impl : world.implDecls)
      resolveImplHead(impl);
    checkDeriving(world);
    for (ImplDecl &impl : world.implDecls)
      if (impl.trait)
        resolveImplMethods(impl);
  }

private:
  ModuleDecl *moduleOf(ModuleDecl *module) {
    return module ? module : &world.prelude;
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

void resolveImpls(World &world) { ImplResolver(world).run(); }

} // namespace snow::check
