//===- Names.cpp - What a name in an expression means ---------------------===//

#include "frontends/snow/check/Infer.h"
#include "frontends/snow/check/Traits.h"

namespace snow::check {

using llvm::cast;
using llvm::dyn_cast;
using llvm::StringRef;

llvm::SmallVector<Ty *> Infer::fresh(llvm::ArrayRef<Ty *> parameters) {
  llvm::SmallVector<Ty *> made;
  for (size_t i = 0; i < parameters.size(); ++i)
    made.push_back(types.variable());
  return made;
}

static BoundDecl substituteBound(TypeStore &types, const BoundDecl &bound,
                                 llvm::ArrayRef<Ty *> from,
                                 llvm::ArrayRef<Ty *> to) {
  BoundDecl made = bound;
  made.subject = types.substitute(bound.subject, from, to);
  for (Ty *&each : made.arguments)
    each = types.substitute(each, from, to);
  for (Ty *&each : made.associated)
    each = types.substitute(each, from, to);
  return made;
}

static void instantiate(TypeStore &types, Target &target,
                        const Scheme &scheme) {
  target.type =
      types.substitute(scheme.type, scheme.parameters, target.arguments);
  for (const BoundDecl &each : scheme.bounds)
    target.bounds.push_back(
        substituteBound(types, each, scheme.parameters, target.arguments));
}

Target Infer::valueTarget(ExpressionPtr value) {
  Target made;
  made.kind = Target::Kind::Value;
  made.type = typeOf(value);
  made.value = std::move(value);
  return made;
}

Target Infer::functionTarget(FunctionDecl &decl) {
  Target made;
  made.kind = Target::Kind::Function;
  made.function = &decl;
  made.shown = quoted(decl.name);
  if (decl.state == FunctionDecl::State::Done || decl.isWritten) {
    made.arguments = fresh(decl.scheme.parameters);
    instantiate(types, made, decl.scheme);
  } else {
    made.type = decl.scheme.type;
  }
  return made;
}

Target Infer::libraryTarget(LibraryFunction &found, Span span) {
  Target made;
  made.shown =
      quoted(found.module.empty() ? found.name.str()
                                  : (found.module + "." + found.name).str());
  if (!found.obstacle.empty()) {
    world.report(Code::NotCallable, span,
                 made.shown + " cannot be called from Snow: " + found.obstacle);
    return made;
  }
  made.kind = Target::Kind::Library;
  made.library = &found;
  made.arguments = fresh(found.scheme.parameters);
  instantiate(types, made, found.scheme);
  return made;
}

Target Infer::liftedTarget(Lifted &lifted) {
  Target made;
  made.kind = Target::Kind::Lifted;
  made.lifted = &lifted;
  made.shown = quoted(lifted.name);
  if (lifted.isOpen) {
    made.type = lifted.scheme.type;
  } else {
    made.arguments = fresh(lifted.scheme.parameters);
    instantiate(types, made, lifted.scheme);
  }
  return made;
}

Target Infer::constructorTarget(const ConstructorDecl &constructor) {
  Target made;
  made.kind = Target::Kind::Constructor;
  made.constructor = &constructor;
  made.shown = quoted(constructor.name);
  made.arguments = fresh(constructor.type->parameters);
  llvm::SmallVector<Ty *> fields;
  for (Ty *field : constructor.fields)
    fields.push_back(
        types.substitute(field, constructor.type->parameters, made.arguments));
  made.type =
      types.function(fields, types.named(constructor.type, made.arguments));
  return made;
}

Target Infer::methodTarget(TraitDecl &trait, const MethodDecl &method,
                           Ty *self) {
  Target made;
  made.kind = Target::Kind::Method;
  made.trait = &trait;
  made.method = &method;
  made.self = self ? self : types.variable();
  made.shown = quoted(method.name);
  made.bound.trait = &trait;
  made.bound.subject = made.self;
  llvm::append_range(made.bound.arguments, fresh(trait.parameters));
  llvm::append_range(made.bound.associated, fresh(trait.associated));
  made.arguments = fresh(method.parameters);
  llvm::SmallVector<Ty *> from{trait.self}, to{made.self};
  llvm::append_range(from, trait.parameters);
  llvm::append_range(to, made.bound.arguments);
  llvm::append_range(from, trait.associated);
  llvm::append_range(to, made.bound.associated);
  llvm::append_range(from, method.parameters);
  llvm::append_range(to, made.arguments);
  made.type = types.substitute(method.type, from, to);
  return made;
}

/// Known methods are names only where they may be meant.
bool Infer::isImplemented(const TraitDecl &trait, StringRef method) {
  if (isDerivable(trait.name) || trait.name == "Default")
    return method != "eq" && method != "lt";
  return llvm::any_of(world.implDecls, [&](const ImplDecl &impl) {
    return impl.trait == &trait;
  });
}

Target Infer::resolveName(syntax::Name name) {
  if (Local *local = findLocal(name.text)) {
    local->isUsed = true;
    if (local->function) {
      Target target = liftedTarget(*local->function);
      if (!local->function->isValue)
        return target;
      Ty *type = target.type;
      ExpressionPtr value = finishCall(target, {}, type, name.span, name.span);
      return valueTarget(std::move(value));
    }
    Target target = valueTarget(this->local(local->variable, name.span));
    target.shown = quoted(name.text);
    return target;
  }
  Target nothing;
  if (name.isCapitalised()) {
    auto found = module.constructors.find(name.text);
    if (found != module.constructors.end())
      return constructorTarget(*found->second);
    if (const ConstructorDecl *known = findConstructor(
            syntax::Path{llvm::ArrayRef<syntax::Name>(name), name.span}))
      return constructorTarget(*known);
    return nothing;
  }
  if (FunctionDecl *found = module.functions.lookup(name.text))
    return functionTarget(*found);
  auto imported = module.imported.find(name.text);
  if (imported != module.imported.end()) {
    auto &import = imported->second;
    if (import.function)
      return functionTarget(*import.function);
    if (import.library)
      return libraryTarget(*const_cast<LibraryFunction *>(import.library),
                           name.span);
    if (import.isError)
      return nothing;
  }
  auto traits = world.traitsByMethod.find(name.text);
  if (traits != world.traitsByMethod.end() && !traits->second.empty()) {
    // Those of the program before the known ones; of several of the program
    // the types decide where they can.
    TraitDecl *only = nullptr;
    for (TraitDecl *each : traits->second)
      if (each->module || isImplemented(*each, name.text))
        if (!only || each->module)
          only = each;
    if (only && (only->module || !library.findBare(name.text)))
      return methodTarget(*only, *only->method(name.text));
  }
  if (LibraryFunction *found = library.findBare(name.text)) {
    Target target = libraryTarget(*found, name.span);
    target.shown = quoted(name.text);
    return target;
  }
  undefined(name);
  return nothing;
}

void Infer::undefined(syntax::Name name) {
  if (module.later.count(name.text))
    return;
  std::vector<StringRef> candidates;
  for (Local &local : locals)
    candidates.push_back(local.name);
  for (auto &each : module.functions)
    candidates.push_back(each.getKey());
  for (auto &each : module.imported)
    candidates.push_back(each.getKey());
  llvm::append_range(candidates, library.bareNames());
  std::string help = didYouMean(candidates, name.text);
  for (ModuleDecl &each : world.modules)
    if (FunctionDecl *decl = each.functions.lookup(name.text))
      help = "module " + quoted(each.name) + " has one: `from " + each.name +
             " import " + name.text.str() + "`" +
             (decl->isPublic ? "" : ", once it is `pub` there");
  StringRef other = llvm::StringSwitch<StringRef>(name.text)
                        .Cases({"null", "undefined"}, "nil` or `None")
                        .Case("none", "None")
                        .Case("puts", "println")
                        .Default("");
  if (!other.empty())
    help = "write " + quoted(other);
  auto &message =
      world.report(Code::UndefinedName, name.span,
                   "there is no " + quoted(name.text), "unknown name");
  message.setHelp(help);
  for (const std::string &near : plumb::intr::nearest(candidates, name.text)) {
    if (Local *local = findLocal(near))
      message.label(local->span, quoted(near) + " is defined here");
    else if (FunctionDecl *decl = module.functions.lookup(near))
      message.label(decl->nameSpan(), quoted(near) + " is defined here");
  }
}

const ConstructorDecl *Infer::findConstructor(const syntax::Path &path,
                                              Ty *wanted) {
  for (const syntax::Name &part : path.parts)
    if (!part)
      return nullptr;
  StringRef name = path.last().text;
  if (path.parts.size() > 1) {
    TypeDecl *type = nullptr;
    auto parts = path.parts.drop_back();
    if (parts.size() == 1) {
      type = findType(world, &module, parts[0].text);
    } else if (auto import = module.imports.find(parts[parts.size() - 2].text);
               import != module.imports.end() && import->second.module) {
      type = import->second.module->types.lookup(parts.back().text);
    }
    // `Module.Constructor`, too.
    if (!type)
      if (auto import = module.imports.find(parts.back().text);
          import != module.imports.end() && import->second.module)
        for (auto &each : import->second.module->types)
          if (each.second->isSum() && each.second->isPublic)
            if (const ConstructorDecl *found = each.second->constructor(name))
              return found;
    if (type) {
      if (const ConstructorDecl *found = type->constructor(name))
        return found;
      std::vector<StringRef> candidates;
      for (const ConstructorDecl &each : type->constructors)
        candidates.push_back(each.name);
      auto &message = world.report(Code::UnknownConstructor, path.last().span,
                                   "type " + quoted(type->shown) +
                                       " has no constructor " + quoted(name),
                                   "unknown constructor");
      message.setHelp(didYouMean(candidates, name));
      return nullptr;
    }
  } else {
    // Of the type that is matched before any other of that name.
    if (TypeDecl *head = wanted ? TypeStore::head(wanted) : nullptr;
        head && head->isSum())
      if (module.constructors.count(name) || !head->module)
        if (const ConstructorDecl *found = head->constructor(name))
          return found;
    auto found = module.constructors.find(name);
    if (found != module.constructors.end())
      return found->second;
    auto known = world.prelude.constructors.find(name);
    if (known != world.prelude.constructors.end())
      return known->second;
    // After a plain `import M`, M's public types are known bare.
    for (auto &entry : module.imports)
      if (entry.second.module)
        for (auto &each : entry.second.module->types)
          if (each.second->isSum() && each.second->isPublic)
            if (const ConstructorDecl *found = each.second->constructor(name))
              return found;
  }
  if (module.later.count(name))
    return nullptr;
  std::vector<StringRef> candidates;
  for (auto &each : module.constructors)
    candidates.push_back(each.getKey());
  for (auto &each : world.prelude.constructors)
    candidates.push_back(each.getKey());
  std::string help = didYouMean(candidates, name);
  if (findType(world, &module, name))
    help = quoted(name) + " is a type; a struct is made with `" + name.str() +
           " { … }`";
  for (ModuleDecl &each : world.modules) {
    auto found = each.constructors.find(name);
    if (found != each.constructors.end() && help.empty())
      help = "module " + quoted(each.name) + " has one: `from " + each.name +
             " import " +
             llvm::cast<syntax::SumTypeItem>(found->second->type->item)
                 ->name.text.str() +
             "`";
  }
  if (name == "True" || name == "False")
    help = "write " + quoted(name.lower());
  if (name == "Nil" || name == "Null")
    help = "write `nil` or `None`";
  auto &message =
      world.report(Code::UnknownConstructor, path.span,
                   "there is no constructor " + quoted(name), "unknown name");
  message.setHelp(help);
  for (const std::string &near : plumb::intr::nearest(candidates, name)) {
    auto found = module.constructors.find(near);
    if (found != module.constructors.end())
      message.label(found->second->span, quoted(near) + " is defined here");
  }
  return nullptr;
}

} // namespace snow::check
