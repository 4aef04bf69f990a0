//===- Members.cpp - `A.b`: names in modules, types and traits ------------===//

#include "frontends/snow/check/Infer.h"

namespace snow::check {

using llvm::dyn_cast;
using llvm::StringRef;

/// The parts of `A.B.c` if all but the last are capitalised names.
static bool collectPath(const syntax::MemberExpr &expr,
                        llvm::SmallVectorImpl<syntax::Name> &parts) {
  if (auto *name = dyn_cast<syntax::NameExpr>(expr.object)) {
    if (!name->name.isCapitalised())
      return false;
    parts.push_back(name->name);
  } else if (auto *member = dyn_cast<syntax::MemberExpr>(expr.object)) {
    if (!member->name.isCapitalised() || !collectPath(*member, parts))
      return false;
  } else {
    return false;
  }
  parts.push_back(expr.name);
  return true;
}

static std::string listed(std::vector<StringRef> names) {
  llvm::sort(names);
  std::string text;
  for (StringRef each : names)
    text += (text.empty() ? "" : ", ") + each.str();
  return text;
}

Target Infer::resolveMember(const syntax::MemberExpr &expr, bool *isValue) {
  llvm::SmallVector<syntax::Name> parts;
  *isValue = !collectPath(expr, parts);
  Target nothing;
  if (*isValue || !expr.name)
    return nothing;
  syntax::Name name = parts.pop_back_val();
  syntax::Name first = parts.back();
  // A constructor's value: `Red.to_string()`.
  if (parts.size() == 1 && !module.imports.count(first.text) &&
      !library.hasModule(first.text) && !findType(world, &module, first.text) &&
      module.constructors.count(first.text)) {
    *isValue = true;
    return nothing;
  }
  auto import = module.imports.find(first.text);
  if (import != module.imports.end() && import->second.module)
    return inModule(*import->second.module, name, expr.span);
  if (module.later.count(first.text))
    return nothing;
  if (ServiceDecl *service = findService(parts))
    return inService(*service, name);
  TypeDecl *type = nullptr;
  if (parts.size() == 1) {
    type = findType(world, &module, first.text);
    bool inLibraryModule = library.hasModule(first.text);
    bool isOwn = type && (type->module || type->isSum());
    if (inLibraryModule && (!type || library.find(first.text, name.text) ||
                            (!isOwn && !world.traitsByMethod.count(name.text))))
      return inLibrary(first.text, name);
    if (!type)
      if (TraitDecl *trait = findTrait(
              world, &module,
              syntax::Path{llvm::ArrayRef<syntax::Name>(first), first.span},
              false))
        return inTrait(*trait, name);
  } else {
    auto outer = module.imports.find(parts[parts.size() - 2].text);
    if (outer != module.imports.end() && outer->second.module)
      type = outer->second.module->types.lookup(first.text);
  }
  if (type)
    return inType(*type, name);
  std::string full;
  for (const syntax::Name &part : parts)
    full += (full.empty() ? "" : ".") + part.text.str();
  if (ModuleDecl *known = world.modulesByName.lookup(full)) {
    bool isImported = false;
    for (auto &entry : module.imports)
      isImported |= entry.second.module == known;
    if (isImported)
      return inModule(*known, name, expr.span);
    world
        .report(Code::UnknownModule, parts.front().span.to(first.span),
                "module " + quoted(full) + " is not imported", "not imported")
        .setHelp("write `import " + full + "` at the top of the file");
    return nothing;
  }
  std::vector<StringRef> candidates = library.moduleNames();
  for (auto &entry : module.imports)
    candidates.push_back(entry.getKey());
  for (auto &entry : module.types)
    candidates.push_back(entry.getKey());
  for (ModuleDecl &each : world.modules)
    candidates.push_back(each.name);
  world
      .report(Code::UnknownModule, parts.front().span.to(first.span),
              "there is no module or type " + quoted(full), "unknown name")
      .setHelp(didYouMean(candidates, full));
  return nothing;
}

ServiceDecl *Infer::findService(llvm::ArrayRef<syntax::Name> parts) {
  StringRef name = parts.back().text;
  ModuleDecl *from = &module;
  if (parts.size() > 1) {
    auto import = module.imports.find(parts[parts.size() - 2].text);
    from = import != module.imports.end() ? import->second.module : nullptr;
  }
  if (!from)
    return nullptr;
  if (ServiceDecl *found = from->services.lookup(name))
    return found;
  auto imported = module.imported.find(name);
  if (parts.size() == 1 && imported != module.imported.end())
    return imported->second.service;
  return nullptr;
}

Target Infer::inService(ServiceDecl &service, syntax::Name name) {
  if (FunctionDecl *found = service.functions.lookup(name.text)) {
    Target target = functionTarget(*found);
    target.shown = quoted((service.name + "." + name.text).str());
    return target;
  }
  std::vector<StringRef> candidates;
  for (auto &each : service.functions)
    candidates.push_back(each.getKey());
  std::string help = didYouMean(candidates, name.text);
  if (help.empty())
    help = "it has: " + listed(candidates);
  world
      .report(Code::UnknownMember, name.span,
              "service " + quoted(service.name) + " has no function " +
                  quoted(name.text),
              "unknown function")
      .setHelp(help);
  return Target();
}

Target Infer::inModule(ModuleDecl &from, syntax::Name name, Span whole) {
  Target nothing;
  auto isPrivate = [&](Span definition) {
    world
        .report(Code::Private, name.span,
                quoted(name.text) + " is private in module " +
                    quoted(from.name),
                "private")
        .label(definition, "defined here without `pub`")
        .setHelp("write `pub` before its definition to use it elsewhere");
  };
  if (FunctionDecl *found = from.functions.lookup(name.text)) {
    if (!found->isPublic && &from != &module && !found->constant)
      isPrivate(found->nameSpan());
    return functionTarget(*found);
  }
  for (auto &entry : from.types)
    if (entry.second->isSum() && entry.second->module == &from)
      if (const ConstructorDecl *found = entry.second->constructor(name.text)) {
        if (!entry.second->isPublic)
          isPrivate(entry.second->span);
        return constructorTarget(*found);
      }
  if (from.later.count(name.text))
    return nothing;
  std::vector<StringRef> candidates;
  for (auto &entry : from.functions)
    if (entry.second->isPublic)
      candidates.push_back(entry.getKey());
  auto &message = world.report(Code::UnknownMember, name.span,
                               "module " + quoted(from.name) +
                                   " has no function " + quoted(name.text),
                               "unknown function");
  std::string help = didYouMean(candidates, name.text);
  if (help.empty() && !candidates.empty() && candidates.size() <= 10)
    help = "it has: " + listed(candidates);
  message.setHelp(help);
  return nothing;
}

Target Infer::inLibrary(StringRef from, syntax::Name name) {
  if (LibraryFunction *found = library.find(from, name.text)) {
    Target target = libraryTarget(*found, name.span);
    target.shown = quoted((from + "." + name.text).str());
    return target;
  }
  auto candidates = library.functionNames(from);
  std::string help = didYouMean(candidates, name.text);
  if (help.empty() && candidates.size() <= 10)
    help = "it has: " + listed(candidates);
  world
      .report(Code::UnknownMember, name.span,
              "module " + quoted(from) + " has no function " +
                  quoted(name.text),
              "unknown function")
      .setHelp(help);
  return Target();
}

Target Infer::inType(TypeDecl &type, syntax::Name name) {
  if (const ConstructorDecl *found = type.constructor(name.text);
      found && type.isSum())
    return constructorTarget(*found);
  Ty *self = types.named(&type, fresh(type.parameters));
  Target target;
  // Library's types know the number of their parameters only.
  if (type.kind == TypeDecl::Kind::Library) {
    llvm::SmallVector<Ty *> arguments;
    for (unsigned i = 0; i < type.numParameters; ++i)
      arguments.push_back(types.variable());
    self = type.isUnit ? library.unit : types.named(&type, arguments);
  }
  auto traits = world.traitsByMethod.find(name.text);
  if (traits != world.traitsByMethod.end())
    for (TraitDecl *trait : traits->second) {
      llvm::SmallVector<Ty *> parts;
      Ty *output = nullptr;
      if (world.impls.count({trait, &type}) ||
          group.obligations.isBuiltin(*trait, self, parts, output))
        return methodTarget(*trait, *trait->method(name.text), self);
    }
  if (LibraryFunction *found = library.find(type.name, name.text))
    return libraryTarget(*found, name.span);
  if (type.derived.contains("Json") && name.text == "from_json") {
    world.report(Code::NotYet, name.span, "JSON is not supported yet");
    return target;
  }
  std::vector<StringRef> candidates = library.functionNames(type.name);
  for (const ConstructorDecl &each : type.constructors)
    if (type.isSum())
      candidates.push_back(each.name);
  for (ImplDecl *impl : world.implsByType.lookup(&type))
    for (auto &method : impl->methods)
      candidates.push_back(method.first);
  auto &message = world.report(
      name.isCapitalised() ? Code::UnknownConstructor : Code::UnknownMember,
      name.span,
      "type " + quoted(type.shown) + " has no " +
          (name.isCapitalised() ? "constructor " : "function ") +
          quoted(name.text),
      "unknown name");
  message.setHelp(didYouMean(candidates, name.text));
  return target;
}

Target Infer::inTrait(TraitDecl &trait, syntax::Name name) {
  if (const MethodDecl *method = trait.method(name.text))
    return methodTarget(trait, *method);
  std::vector<StringRef> candidates;
  for (const MethodDecl &each : trait.methods)
    candidates.push_back(each.name);
  world
      .report(Code::UnknownMember, name.span,
              "interface " + quoted(trait.shown) + " has no method " +
                  quoted(name.text),
              "unknown method")
      .setHelp(didYouMean(candidates, name.text));
  return Target();
}

} // namespace snow::check
