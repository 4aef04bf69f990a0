//===- Export.cpp - Types and impls for the lowering ----------------------===//

#include "frontends/snow/check/Finish.h"

namespace snow::check {

static void exportType(World &world, TypeDecl &decl) {
  core::DataType &made = world.program.types.emplace_back();
  made.name = decl.name;
  made.numParameters = decl.numParameters;
  made.isStruct = decl.isStruct();
  made.where = world.location(decl.span);
  made.derivesDisplay = decl.derived.contains("Display");
  made.derivesDebug = decl.derived.contains("Debug");
  for (const ConstructorDecl &each : decl.constructors) {
    core::Constructor &constructor = made.constructors.emplace_back();
    constructor.name = each.name.str();
    for (llvm::StringRef name : each.fieldNames)
      constructor.fieldNames.push_back(name.str());
    for (Ty *field : each.fields)
      constructor.fields.push_back(settle(world, field));
  }
}

void exportTypes(World &world) {
  for (TypeDecl &decl : world.typeDecls)
    // Those of the registry have no constructors, the prelude's have.
    if (decl.kind != TypeDecl::Kind::Alias &&
        (decl.module || !decl.constructors.empty()))
      exportType(world, decl);
  for (ImplDecl &impl : world.implDecls) {
    if (!impl.trait)
      continue;
    core::Impl &made = world.program.impls.emplace_back();
    made.trait = impl.trait->name;
    made.self = settle(world, impl.self);
    made.numTypeParameters = impl.parameters.size();
    for (Ty *each : impl.traitArguments)
      made.traitArguments.push_back(settle(world, each));
    for (auto &[name, function] : impl.methods)
      made.methods[name.str()] = function->core;
  }
}

} // namespace snow::check
