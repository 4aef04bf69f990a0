//===- SnowToLLVM.cpp - The snow dialect to LLVM's ------------------------===//

#include "frontends/snow/passes/Emitter.h"
#include "frontends/snow/passes/FunctionEmitter.h"
#include "frontends/snow/passes/MayFail.h"
#include "frontends/snow/passes/Passes.h"
#include "frontends/snow/passes/Recursion.h"

using namespace mlir;
using namespace snow;
using namespace snow::passes;

namespace snow::passes {
#define GEN_PASS_DEF_SNOWTOLLVM
#include "frontends/snow/passes/Passes.h.inc"
} // namespace snow::passes

namespace {
struct SnowToLLVMPass : snow::passes::impl::SnowToLLVMBase<SnowToLLVMPass> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    Program program{module, findMayFail(module)};
    SmallVector<func::FuncOp> functions(module.getOps<func::FuncOp>());
    // Callers and callees agree before either is lowered.
    for (func::FuncOp function : functions)
      if (program.mayFail(function)) {
        Type ptr = program.emitter.ptr;
        if (failed(function.insertArgument(function.getNumArguments(), ptr, {},
                                           function.getLoc())))
          return signalPassFailure();
      }
    for (func::FuncOp function : functions) {
      keepStackOf(function);
      FunctionEmitter(program, function).run();
    }
    for (auto type :
         llvm::make_early_inc_range(module.getOps<dialect::DataTypeOp>()))
      type.erase();
  }
};
} // namespace
