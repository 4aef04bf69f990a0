//===- Compile.cpp - From a program to LLVM IR ----------------------------===//

#include "tools/support/Compile.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "passes/Passes.h"

using namespace plumb;

bool plumb::definesMain(mlir::ModuleOp module) {
  auto function = dyn_cast_or_null<mlir::FunctionOpInterface>(
      mlir::SymbolTable::lookupSymbolIn(module, "main"));
  return function && !function.isExternal();
}

std::unique_ptr<llvm::Module> plumb::compileToLLVM(mlir::ModuleOp module,
                                                   llvm::LLVMContext &context,
                                                   bool wholeProgram) {
  mlir::PassManager passes(module->getName());
  if (wholeProgram)
    buildProgramPipeline(passes);
  else
    buildPlumbToLLVMPipeline(passes);
  if (failed(passes.run(module)))
    return nullptr;
  return mlir::translateModuleToLLVMIR(module, context);
}
