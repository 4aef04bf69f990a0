//===- Constructors.cpp - Constructors by the name that is written --------===//

#include "frontends/snow/check/Infer.h"

namespace snow::check {

using llvm::StringRef;

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
      if (module.constructors.count(name) || !head->module || head->isService)
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
