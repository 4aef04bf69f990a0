//===- Names.cpp - What a name in an expression means ---------------------===//

#include "frontends/snow/check/Infer.h"
#include "frontends/snow/check/Traits.h"
#include "llvm/ADT/StringSwitch.h"

namespace snow::check {

using llvm::cast;
using llvm::dyn_cast;
using llvm::StringRef;

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
  // What services are made of: a space stands in no name.
  if (name.text.starts_with(" "))
    return madeTarget(name.text.drop_front(), name.span);
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

} // namespace snow::check
