//===- Codegen.cpp - From LLVM IR to machine code -------------------------===//

#include "plumb/Execution/Codegen.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/Passes/PassBuilder.h"

using namespace llvm;

static OptimizationLevel levelOf(unsigned level) {
  switch (level) {
  case 0:
    return OptimizationLevel::O0;
  case 1:
    return OptimizationLevel::O1;
  case 2:
    return OptimizationLevel::O2;
  default:
    return OptimizationLevel::O3;
  }
}

void plumb::execution::optimise(Module &module, TargetMachine &target,
                                unsigned level) {
  module.setTargetTriple(target.getTargetTriple());
  module.setDataLayout(target.createDataLayout());

  LoopAnalysisManager loops;
  FunctionAnalysisManager functions;
  CGSCCAnalysisManager sccs;
  ModuleAnalysisManager modules;
  PassBuilder builder(&target);
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(sccs);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, sccs, modules);
  builder.buildPerModuleDefaultPipeline(levelOf(level)).run(module, modules);
}

void plumb::execution::guardStacks(Module &module) {
  for (Function &function : module) {
    if (function.isDeclaration())
      continue;
    function.addFnAttr(Attribute::StackProtectStrong);
    function.addFnAttr("probe-stack", "inline-asm");
  }
}

Error plumb::execution::emitCode(Module &module, TargetMachine &target,
                                 CodeGenFileType type, raw_pwrite_stream &os) {
  legacy::PassManager passes;
  if (target.addPassesToEmitFile(passes, os, nullptr, type))
    return createStringError("target '" + target.getTargetTriple().str() +
                             "' cannot write files of this kind");
  passes.run(module);
  return Error::success();
}
