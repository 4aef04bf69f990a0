//===- Imports.cpp - What modules give each other -------------------------===//

#include "frontends/snow/check/World.h"

namespace snow::check {

using llvm::dyn_cast;
using llvm::StringRef;

std::string quoted(StringRef text) { return ("`" + text + "`").str(); }

std::string didYouMean(llvm::ArrayRef<StringRef> candidates, StringRef name) {
  auto near = plumb::intr::nearest(candidates, name);
  std::string text;
  for (size_t i = 0; i < near.size(); ++i)
    text += (i == 0                 ? ""
             : i + 1 == near.size() ? " or "
                                    : ", ") +
            quoted(near[i]);
  return text.empty() ? "" : "did you mean " + text + "?";
}

static std::string dotted(const syntax::Path &path) {
  std::string text;
  for (const syntax::Name &part : path.parts)
    text += (text.empty() ? "" : ".") + part.text.str();
  return text;
}

namespace {

class Importer {
public:
  explicit Importer(World &world) : world(world) {}

  void run() {
    for (ModuleDecl &module : world.modules)
      for (const syntax::Item *item : module.syntax->items)
        if (auto *import = dyn_cast<syntax::ImportItem>(item))
          if (llvm::all_of(import->path.parts,
                           [](auto &part) { return bool(part); }))
            resolve(module, *import);
    reportCycles();
  }

private:
  void resolve(ModuleDecl &module, const syntax::ImportItem &item) {
    std::string name = dotted(item.path);
    ModuleDecl *wanted = world.modulesByName.lookup(name);
    if (!wanted && !world.library.hasModule(name) &&
        !world.library.type(name)) {
      std::vector<StringRef> candidates = world.library.moduleNames();
      for (ModuleDecl &each : world.modules)
        candidates.push_back(each.name);
      world
          .report(Code::UnknownModule, item.path.span,
                  "there is no module " + quoted(name), "unknown module")
          .setHelp(didYouMean(candidates, name));
      for (const syntax::Name &each : item.names) {
        ModuleDecl::Imported &made = module.imported[each.text];
        made.span = each.span;
        made.isError = true;
      }
      return;
    }
    if (wanted)
      edges[&module].push_back({wanted, item.path.span});
    if (item.isFrom) {
      for (const syntax::Name &each : item.names)
        if (each)
          importName(module, wanted, name, each);
      return;
    }
    StringRef last = item.path.last().text;
    auto [known, isNew] = module.imports.try_emplace(last);
    if (!isNew && (known->second.module != wanted ||
                   known->second.libraryName != (wanted ? "" : name))) {
      std::string other = known->second.module ? known->second.module->name
                                               : known->second.libraryName;
      world
          .report(Code::AmbiguousImport, item.path.span,
                  "two imported modules are called " + quoted(last) + ": " +
                      quoted(other) + " and " + quoted(name),
                  "imported again")
          .label(known->second.span, "first imported here");
      return;
    }
    known->second = {wanted, wanted ? "" : name, item.path.span};
  }

  void importName(ModuleDecl &module, ModuleDecl *from, StringRef fromName,
                  syntax::Name name) {
    ModuleDecl::Imported made;
    made.span = name.span;
    bool isPublic = true;
    Span definition;
    if (from) {
      if ((made.function = from->functions.lookup(name.text))) {
        isPublic = made.function->isPublic;
        definition = made.function->nameSpan();
      } else if ((made.type = from->types.lookup(name.text))) {
        isPublic = made.type->isPublic;
        definition = made.type->span;
      } else if ((made.trait = from->traits.lookup(name.text))) {
        definition = made.trait->span;
      } else if ((made.service = from->services.lookup(name.text))) {
        definition = name.span;
      } else if (from->later.count(name.text)) {
        made.isError = true;
      }
    } else {
      made.library = world.library.find(fromName, name.text);
    }
    bool found = made.function || made.type || made.trait || made.library ||
                 made.service || made.isError;
    if (!found) {
      std::vector<StringRef> candidates;
      if (from) {
        for (auto &each : from->functions)
          candidates.push_back(each.getKey());
        for (auto &each : from->types)
          candidates.push_back(each.getKey());
        for (auto &each : from->traits)
          candidates.push_back(each.getKey());
      } else {
        candidates = world.library.functionNames(fromName);
      }
      world
          .report(Code::UnknownImport, name.span,
                  "module " + quoted(fromName) + " has no " + quoted(name.text),
                  "unknown name")
          .setHelp(didYouMean(candidates, name.text));
      made.isError = true;
    } else if (!isPublic) {
      world
          .report(Code::Private, name.span,
                  quoted(name.text) + " is private in module " +
                      quoted(fromName),
                  "private")
          .label(definition, "defined here without `pub`")
          .setHelp("write `pub` before its definition to use it elsewhere");
    }
    auto [known, isNew] = module.imported.try_emplace(name.text, made);
    if (!isNew && !made.isError &&
        (known->second.function != made.function ||
         known->second.type != made.type ||
         known->second.library != made.library))
      world
          .report(Code::AmbiguousImport, name.span,
                  quoted(name.text) + " is imported twice, from two modules",
                  "imported again")
          .label(known->second.span, "first imported here");
    if (made.type && made.type->isSum())
      for (const ConstructorDecl &each : made.type->constructors)
        module.constructors.try_emplace(each.name, &each);
  }

  /// Depth first, without recursion: a program may have any number of modules.
  void reportCycles() {
    llvm::DenseMap<ModuleDecl *, int> state; // 1 open, 2 done
    for (ModuleDecl &root : world.modules) {
      std::vector<std::pair<ModuleDecl *, size_t>> path;
      if (state[&root])
        continue;
      path.push_back({&root, 0});
      state[&root] = 1;
      while (!path.empty()) {
        auto &[module, next] = path.back();
        auto &out = edges[module];
        if (next == out.size()) {
          state[module] = 2;
          path.pop_back();
          continue;
        }
        auto [target, span] = out[next++];
        if (state[target] == 1)
          reportCycle(path, target, span);
        else if (!state[target]) {
          state[target] = 1;
          path.push_back({target, 0});
        }
      }
    }
  }

  void reportCycle(llvm::ArrayRef<std::pair<ModuleDecl *, size_t>> path,
                   ModuleDecl *target, Span span) {
    if (path.back().first == target) {
      world.report(Code::ImportCycle, span,
                   "module " + quoted(target->name) + " imports itself",
                   "imports itself");
      return;
    }
    std::string text;
    bool inside = false;
    for (auto &[module, next] : path) {
      inside |= module == target;
      if (inside)
        text += module->name + " -> ";
    }
    world
        .report(Code::ImportCycle, span,
                "modules import each other in a cycle: " + text + target->name,
                "closes the cycle")
        .setHelp("move what both need into a third module");
  }

  World &world;
  llvm::DenseMap<ModuleDecl *, std::vector<std::pair<ModuleDecl *, Span>>>
      edges;
};

} // namespace

void resolveImports(World &world) { Importer(world).run(); }

} // namespace snow::check
