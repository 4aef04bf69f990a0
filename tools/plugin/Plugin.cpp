//===- Plugin.cpp - Plumb in the distribution's mlir-opt ------------------===//

#include "mlir/Tools/Plugins/DialectPlugin.h"
#include "mlir/Tools/Plugins/PassPlugin.h"
#include "plumb/Execution/LoadFamilies.h"
#include "plumb/Execution/Register.h"
#include "plumb/Passes/Passes.h"
#include "llvm/Support/WithColor.h"
#include <cstdlib>

/// mlir-opt registers the upstream dialects itself, and gives a plugin no way
/// to fail.
static void registerDialects(mlir::DialectRegistry *registry) {
  // Libraries of families stay loaded, and so does what knows of them.
  static plumb::execution::Families families;
  if (llvm::Error error = families.loadEnvironment()) {
    llvm::WithColor::error(llvm::errs(), "PlumbPlugin")
        << llvm::toString(std::move(error)) << "\n";
    std::exit(EXIT_FAILURE);
  }
  plumb::execution::registerFamilies(*registry, families);
}

extern "C" __attribute__((visibility("default"))) mlir::DialectPluginLibraryInfo
mlirGetDialectPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "Plumb", PLUMB_VERSION, registerDialects};
}

extern "C" __attribute__((visibility("default"))) mlir::PassPluginLibraryInfo
mlirGetPassPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "Plumb", PLUMB_VERSION,
          plumb::registerPlumbPasses};
}
