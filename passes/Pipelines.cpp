//===- Pipelines.cpp - The order of passes --------------------------------===//

#include "mlir/Conversion/ArithToLLVM/ArithToLLVM.h"
#include "mlir/Conversion/ControlFlowToLLVM/ControlFlowToLLVM.h"
#include "mlir/Conversion/FuncToLLVM/ConvertFuncToLLVMPass.h"
#include "mlir/Conversion/IndexToLLVM/IndexToLLVM.h"
#include "mlir/Conversion/MathToLLVM/MathToLLVM.h"
#include "mlir/Conversion/MemRefToLLVM/MemRefToLLVM.h"
#include "mlir/Conversion/ReconcileUnrealizedCasts/ReconcileUnrealizedCasts.h"
#include "mlir/Conversion/SCFToControlFlow/SCFToControlFlow.h"
#include "mlir/Conversion/UBToLLVM/UBToLLVM.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "plumb/Passes/Passes.h"

using namespace mlir;
using namespace plumb;

namespace {
struct LoweringOptions : PassPipelineOptions<LoweringOptions> {
  Option<bool> checks{*this, "checks",
                      llvm::cl::desc("Divisions without a result and failed "
                                     "asserts abort (abort-on-failure)"),
                      llvm::cl::init(true)};
};
} // namespace

/// From resolved intrinsics on.
static void addLowering(OpPassManager &pm, bool checks) {
  pm.addPass(createEraseUnreachable());
  pm.addPass(createCompleteDebugInfo());
  pm.addPass(createExpandOps());
  pm.addPass(createSCFToControlFlowPass());
  if (checks)
    pm.addPass(createAbortOnFailure());
  pm.addPass(createConvertIntrinsicsToLLVM());
  pm.addPass(createConvertMathToLLVMPass());
  // The body of a memref.generic_atomic_rmw is LLVM's when that is converted.
  pm.addPass(createConvertIndexToLLVMPass());
  pm.addPass(createArithToLLVMConversionPass());
  pm.addPass(createFinalizeMemRefToLLVMConversionPass());
  pm.addPass(createConvertFuncToLLVMPass());
  pm.addPass(createConvertControlFlowToLLVMPass());
  pm.addPass(createUBToLLVMConversionPass());
  pm.addPass(createReconcileUnrealizedCastsPass());
  pm.addPass(createCheckLowered());
  pm.addPass(createInternalizePrivate());
  pm.addPass(createAddDebugLines());
}

static void addPlumbToLLVM(OpPassManager &pm, const LoweringOptions &options) {
  pm.addPass(createResolveBuiltins());
  addLowering(pm, options.checks);
}

void plumb::buildPlumbToLLVMPipeline(OpPassManager &pm) {
  addPlumbToLLVM(pm, LoweringOptions());
}

void plumb::buildProgramPipeline(OpPassManager &pm) {
  pm.addPass(createResolveBuiltins());
  pm.addPass(createAddEntryPoint());
  addLowering(pm, LoweringOptions().checks);
}

void plumb::registerPlumbPasses() {
  registerLoweringPasses();
  static PassPipelineRegistration<LoweringOptions> plumbToLLVM(
      "plumb-to-llvm",
      "Lower func, scf, cf, arith, index, memref, math, ub and all families to "
      "the LLVM dialect",
      addPlumbToLLVM);
}
