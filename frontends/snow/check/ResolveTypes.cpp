//===- ResolveTypes.cpp - Types as written --------------------------------===//

#include "frontends/snow/check/World.h"
#include "llvm/ADT/StringSwitch.h"

namespace snow::check {

using llvm::dyn_cast;
using llvm::StringRef;

/// Types of all modules that `import M` makes known bare.
static TypeDecl *findInImports(ModuleDecl *module, StringRef name) {
  for (auto &entry : module->imports)
    if (ModuleDecl *from = entry.second.module)
      if (TypeDecl *decl = from->types.lookup(name); decl && decl->isPublic)
        return decl;
  return nullptr;
}

TypeDecl *findType(World &world, ModuleDecl *module, StringRef name) {
  if (TypeDecl *decl = module->types.lookup(name))
    return decl;
  auto imported = module->imported.find(name);
  if (imported != module->imported.end() && imported->second.type)
    return imported->second.type;
  if (TypeDecl *decl = findInImports(module, name))
    return decl;
  if (TypeDecl *decl = world.library.type(name))
    return decl;
  // The original's name for the type of any iterator.
  if (name == "ListIterator")
    if (LibraryFunction *made =
            world.library.findOperator("iter.from", nullptr))
      return TypeStore::head(made->scheme.type->result());
  return nullptr;
}

TraitDecl *findTrait(World &world, ModuleDecl *module, const syntax::Path &path,
                     bool reports) {
  StringRef name = path.last().text;
  TraitDecl *found = nullptr;
  if (path.parts.size() > 1) {
    StringRef from = path.parts[path.parts.size() - 2].text;
    auto import = module->imports.find(from);
    ModuleDecl *other = import != module->imports.end()
                            ? import->second.module
                            : world.modulesByName.lookup(from);
    if (other)
      found = other->traits.lookup(name);
  } else {
    found = module->traits.lookup(name);
    if (!found)
      if (auto it = module->imported.find(name); it != module->imported.end()) {
        found = it->second.trait;
        if (it->second.isError)
          reports = false;
      }
    if (!found)
      for (auto &entry : module->imports)
        if (!found && entry.second.module)
          found = entry.second.module->traits.lookup(name);
    if (!found)
      found = world.library.trait(name);
  }
  if (!found && reports && !name.empty()) {
    std::vector<StringRef> candidates;
    for (auto &entry : module->traits)
      candidates.push_back(entry.getKey());
    for (auto &entry : world.library.allTraits())
      candidates.push_back(entry.getKey());
    std::string help = didYouMean(candidates, name);
    for (ModuleDecl &each : world.modules)
      if (help.empty() && each.traits.count(name))
        help = "module " + quoted(each.name) + " has one: `from " + each.name +
               " import " + name.str() + "`";
    world
        .report(Code::UnknownTrait, path.span,
                "there is no interface " + quoted(name), "unknown interface")
        .setHelp(help);
  }
  return found;
}

namespace {

class TypeResolver {
public:
  TypeResolver(World &world, const TypeScope &scope)
      : world(world), types(world.types), scope(scope) {}

  Ty *resolve(const syntax::TypeExpr *type) {
    if (auto *named = dyn_cast<syntax::NamedType>(type))
      return resolveNamed(*named);
    if (auto *tuple = dyn_cast<syntax::TupleType>(type))
      return world.library.tupleOf(resolveAll(tuple->elements));
    if (auto *function = dyn_cast<syntax::FunctionType>(type)) {
      auto parameters = resolveAll(function->parameters);
      return types.function(parameters, resolve(function->result));
    }
    if (auto *option = dyn_cast<syntax::OptionType>(type))
      return world.option(resolve(option->element));
    if (auto *result = dyn_cast<syntax::ResultType>(type)) {
      Ty *value = resolve(result->value);
      return world.resultOf(value, resolve(result->error));
    }
    return types.error();
  }

private:
  llvm::SmallVector<Ty *>
  resolveAll(llvm::ArrayRef<const syntax::TypeExpr *> list) {
    llvm::SmallVector<Ty *> made;
    for (const syntax::TypeExpr *each : list)
      made.push_back(resolve(each));
    return made;
  }

  Ty *unknown(const syntax::NamedType &type, StringRef name) {
    std::vector<StringRef> candidates;
    for (auto &entry : scope.module->types)
      candidates.push_back(entry.getKey());
    for (auto &entry : scope.module->imported)
      if (entry.second.type)
        candidates.push_back(entry.getKey());
    for (auto &entry : world.library.allTypes())
      candidates.push_back(entry.getKey());
    for (auto &entry : scope.parameters)
      candidates.push_back(entry.getKey());
    std::string help = otherLanguage(name);
    if (help.empty())
      help = didYouMean(candidates, name);
    for (ModuleDecl &each : world.modules)
      if (TypeDecl *decl = each.types.lookup(name))
        help =
            decl->isPublic
                ? "module " + quoted(each.name) + " has one: `from " +
                      each.name + " import " + name.str() + "`"
                : "module " + quoted(each.name) + " has one, which is private";
    world
        .report(Code::UnknownType, type.path.span,
                "there is no type " + quoted(name), "unknown type")
        .setHelp(help);
    resolveAll(type.arguments);
    return types.error();
  }

  /// What other languages call the types of this one.
  static std::string otherLanguage(StringRef name) {
    StringRef ours =
        llvm::StringSwitch<StringRef>(name.lower())
            .Cases({"integer", "i64", "i32", "long", "number"}, "Int")
            .Cases({"str", "text", "string", "char"}, "String")
            .Cases({"boolean", "bool"}, "Bool")
            .Cases({"double", "float", "f64", "real"}, "Float")
            .Cases({"void", "unit", "nil", "none"}, "()")
            .Cases({"array", "vec", "vector", "slice"}, "List<T>")
            .Cases({"dict", "hashmap", "dictionary", "object"}, "Map<K, V>")
            .Cases({"maybe", "optional"}, "Option<T>")
            .Default("");
    return ours.empty() ? "" : "the type is called " + quoted(ours) + " here";
  }

  Ty *resolveNamed(const syntax::NamedType &type) {
    for (const syntax::Name &part : type.path.parts)
      if (!part)
        return types.error();
    StringRef name = type.path.last().text;
    if (type.path.parts.size() == 2)
      if (Ty *made = associated(type))
        return made;
    if (type.path.parts.size() == 1) {
      if (name == "Self" && scope.self)
        return scope.self;
      if (Ty *parameter = scope.parameters.lookup(name))
        return parameter;
      if (name == "Unit" || name == "unit")
        return world.library.unit;
      auto imported = scope.module->imported.find(name);
      if (imported != scope.module->imported.end() && imported->second.isError)
        return types.error();
      if (scope.module->later.count(name))
        return types.error();
    }
    TypeDecl *decl = find(type);
    if (!decl)
      return seenError ? types.error() : unknown(type, name);
    return apply(*decl, type);
  }

  TypeDecl *find(const syntax::NamedType &type) {
    auto parts = type.path.parts;
    if (parts.size() == 1)
      return findType(world, scope.module, parts[0].text);
    ModuleDecl *from = nullptr;
    StringRef first = parts[parts.size() - 2].text;
    if (auto import = scope.module->imports.find(first);
        import != scope.module->imports.end())
      from = import->second.module;
    if (!from) {
      std::string full;
      for (const syntax::Name &part : parts.drop_back())
        full += (full.empty() ? "" : ".") + part.text.str();
      from = world.modulesByName.lookup(full);
    }
    if (!from)
      return nullptr;
    TypeDecl *decl = from->types.lookup(parts.back().text);
    if (decl && !decl->isPublic && from != scope.module) {
      world
          .report(Code::Private, type.path.span,
                  "type " + quoted(decl->shown) + " is private", "private")
          .label(decl->span, "defined here without `pub`")
          .setHelp("write `pub` before its definition to use it elsewhere");
      seenError = true;
      return nullptr;
    }
    return decl;
  }

  /// `Self.Item` and `T.Item`; null for any other path.
  Ty *associated(const syntax::NamedType &type) {
    StringRef first = type.path.parts[0].text;
    StringRef name = type.path.parts[1].text;
    if (first != "Self")
      return scope.parameters.lookup((first + "." + name).str());
    auto report = [&](std::string owner) {
      world.report(Code::AssociatedType, type.path.span,
                   "interface " + quoted(owner) + " has no type " +
                       quoted(name),
                   "unknown associated type");
      return types.error();
    };
    TraitDecl *trait = scope.trait;
    if (scope.impl)
      trait = scope.impl->trait;
    if (!trait)
      return nullptr;
    for (auto [i, each] : llvm::enumerate(trait->associatedNames))
      if (each == name)
        return scope.impl ? scope.impl->associated[i] : trait->associated[i];
    return report(trait->shown);
  }

  Ty *apply(TypeDecl &decl, const syntax::NamedType &type) {
    auto arguments = resolveAll(type.arguments);
    if (decl.isUnit && arguments.empty())
      return world.library.unit;
    // A tuple may be written by its name, too.
    if (!decl.isTuple && arguments.size() != decl.numParameters) {
      if (arguments.empty() && decl.kind == TypeDecl::Kind::Library) {
        // The original lets the arguments of the library's types out.
        for (unsigned i = 0; i < decl.numParameters; ++i)
          arguments.push_back(types.variable());
      } else {
        auto &message = world.report(
            Code::TypeArguments, type.path.span,
            "type " + quoted(decl.shown) + " takes " +
                std::to_string(decl.numParameters) + " type argument" +
                (decl.numParameters == 1 ? "" : "s") + ", not " +
                std::to_string(arguments.size()));
        if (decl.module)
          message.label(decl.span, "defined here");
        return types.error();
      }
    }
    if (decl.kind == TypeDecl::Kind::Alias) {
      resolveAlias(decl);
      return types.substitute(decl.aliased, decl.parameters, arguments);
    }
    return types.named(&decl, arguments);
  }

  void resolveAlias(TypeDecl &decl) {
    if (decl.isResolved)
      return;
    if (decl.isResolving) {
      world.report(Code::InfiniteType, decl.span,
                   "type " + quoted(decl.shown) + " is defined by itself",
                   "an alias cannot contain itself");
      decl.aliased = types.error();
      decl.isResolved = true;
      return;
    }
    decl.isResolving = true;
    TypeScope inner;
    inner.module = decl.module;
    auto *item = llvm::cast<syntax::AliasItem>(decl.item);
    for (auto [name, parameter] :
         llvm::zip(item->typeParameters, decl.parameters))
      inner.parameters[name.text] = parameter;
    Ty *made = resolveType(world, inner, item->type);
    if (!decl.isResolved)
      decl.aliased = made;
    decl.isResolved = true;
  }

  World &world;
  TypeStore &types;
  const TypeScope &scope;
  bool seenError = false;
};

} // namespace

Ty *resolveType(World &world, const TypeScope &scope,
                const syntax::TypeExpr *type) {
  return TypeResolver(world, scope).resolve(type);
}

} // namespace snow::check
