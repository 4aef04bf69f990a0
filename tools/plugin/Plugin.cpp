//===- Plugin.cpp - Plumb in the distribution's mlir-opt ------------------===//

#include "mlir/Tools/Plugins/DialectPlugin.h"
#include "mlir/Tools/Plugins/PassPlugin.h"
#include "passes/Passes.h"
#include "tools/support/Register.h"

/// mlir-opt registers the upstream dialects itself.
static void registerDialects(mlir::DialectRegistry *registry) {
  plumb::registerFamilies(*registry);
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
