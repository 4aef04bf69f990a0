//===- plumb-opt.cpp - Runs passes on programs ----------------------------===//

#include "command-line/FamilyOptions.h"
#include "command-line/Tool.h"
#include "mlir/Conversion/Passes.h"
#include "mlir/Dialect/Func/Transforms/Passes.h"
#include "mlir/Dialect/LLVMIR/Transforms/Passes.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "mlir/Transforms/Passes.h"
#include "plumb/Execution/LoadFamilies.h"
#include "plumb/Execution/Register.h"
#include "plumb/Passes/Passes.h"

/// The upstream passes that fit the dialects that programs use.
static void registerUpstreamPasses() {
  mlir::registerTransformsPasses();
  mlir::registerArithToLLVMConversionPass();
  mlir::registerConvertControlFlowToLLVMPass();
  mlir::registerConvertFuncToLLVMPass();
  mlir::registerConvertIndexToLLVMPass();
  mlir::registerConvertMathToLLVMPass();
  mlir::registerConvertMathToLibmPass();
  mlir::registerConvertToLLVMPass();
  mlir::registerFinalizeMemRefToLLVMConversionPass();
  mlir::registerReconcileUnrealizedCastsPass();
  mlir::registerSCFToControlFlowPass();
  mlir::registerUBToLLVMConversionPass();
}

static llvm::cl::OptionCategory category("Plumb's options");
static plumb::FamilyOptions families(category);

int main(int argc, char **argv) {
  plumb::prepareCommandLine("plumb-opt", category);
  mlir::DialectRegistry registry;
  plumb::execution::registerPlumb(registry, families.get());
  plumb::registerPlumbPasses();
  registerUpstreamPasses();
  families.loadEnvironment();
  // Parsed first: it loads families, whose dialects the registry then gets.
  auto [input, output] = mlir::registerAndParseCLIOptions(
      argc, argv, "Plumb's optimiser: runs passes on programs\n", registry);
  families.get().addLoadedTo(registry);
  return mlir::asMainReturnCode(
      mlir::MlirOptMain(argc, argv, input, output, registry));
}
