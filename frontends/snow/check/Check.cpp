//===- Check.cpp - From syntax to a checked program -----------------------===//

#include "frontends/snow/check/Check.h"
#include "frontends/snow/check/Finish.h"
#include "frontends/snow/check/References.h"

namespace snow::check {

static void makeCore(World &world) {
  for (FunctionDecl &decl : world.functionDecls) {
    core::Function &core = world.program.functions.emplace_back();
    core.name = decl.coreName;
    core.where = world.location(decl.nameSpan());
    decl.core = &core;
    if (decl.name == "main" && !decl.impl && !decl.constant &&
        decl.module == &world.modules.front())
      world.program.main = &core;
  }
}

static void inferGroup(World &world, llvm::ArrayRef<FunctionDecl *> functions) {
  Group group(world);
  group.functions.assign(functions.begin(), functions.end());
  std::deque<Infer> infers;
  world.types.level = 1;
  for (FunctionDecl *each : functions) {
    each->state = FunctionDecl::State::Inferring;
    // What a signature leaves open belongs to this group's level.
    infers.emplace_back(group, *each).run();
  }
  finish(group);
  checkMatches(group);
}

static void checkMain(World &world) {
  FunctionDecl *main = world.modules.empty()
                           ? nullptr
                           : world.modules.front().functions.lookup("main");
  if (!main || main->constant)
    return;
  auto parameters = main->first()->parameters;
  if (!parameters.empty())
    world.report(Code::ArgumentCount,
                 parameters.front().span.to(parameters.back().span),
                 "`main` takes no parameters");
}

std::unique_ptr<core::Program>
check(llvm::ArrayRef<std::unique_ptr<syntax::Module>> modules,
      llvm::ArrayRef<std::string> names, const SourceFiles &files,
      const plumb::intr::Registry &registry, Diagnostics &diagnostics) {
  auto program = std::make_unique<core::Program>();
  for (size_t i = 0; i < files.size(); ++i)
    program->files.push_back(files[i].name().str());
  World world(files, registry, *program, diagnostics);
  collect(world, modules, names);
  resolveImports(world);
  world.types.level = 1;
  resolveTypes(world);
  checkMain(world);
  makeCore(world);
  for (auto &group : groups(world)) {
    // What is written needs no group.
    std::vector<FunctionDecl *> together;
    for (FunctionDecl *each : group)
      if (each->isWritten)
        inferGroup(world, each);
      else
        together.push_back(each);
    if (!together.empty())
      inferGroup(world, together);
  }
  world.hidePrelude();
  if (diagnostics.hasErrors())
    return nullptr;
  exportTypes(world);
  return program;
}

} // namespace snow::check
