//===- Pipeline.cpp - The order of Snow's passes --------------------------===//

#include "frontends/snow/passes/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"
#include "plumb/Passes/Passes.h"

using namespace mlir;
using namespace snow;

void passes::registerSnow(DialectRegistry &registry) {
  registry
      .insert<dialect::SnowDialect, func::FuncDialect, cf::ControlFlowDialect,
              arith::ArithDialect, LLVM::LLVMDialect>();
}

void passes::addCounting(OpPassManager &pm) {
  auto simplify = [](OpPassManager &functions) {
    functions.addPass(createCanonicalizerPass());
    functions.addPass(createCSEPass());
  };
  simplify(pm.nest<func::FuncOp>());
  pm.addPass(createInlineValues());
  simplify(pm.nest<func::FuncOp>());
  pm.addPass(createUnboxArguments());
  OpPassManager &functions = pm.nest<func::FuncOp>();
  simplify(functions);
  functions.addPass(createInsertCounts());
  pm.addPass(createMoveFields());
}

void passes::buildSnowPipeline(OpPassManager &pm) {
  addCounting(pm);
  pm.addPass(plumb::createConvertIntrinsicsToLLVM());
  pm.addPass(createSnowToLLVM());
}
