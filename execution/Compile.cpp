//===- Compile.cpp - From a program to LLVM IR ----------------------------===//

#include "plumb/Execution/Compile.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "plumb/Passes/Passes.h"

using namespace plumb;
using namespace plumb::execution;

bool plumb::execution::definesMain(mlir::ModuleOp module) {
  auto function = dyn_cast_or_null<mlir::FunctionOpInterface>(
      mlir::SymbolTable::lookupSymbolIn(module, "main"));
  return function && !function.isExternal();
}

static llvm::LogicalResult setTarget(mlir::ModuleOp module,
                                     const llvm::Triple &wanted) {
  llvm::StringRef name = mlir::LLVM::LLVMDialect::getTargetTripleAttrName();
  if (auto own = module->getAttrOfType<mlir::StringAttr>(name)) {
    llvm::Triple given(llvm::Triple::normalize(own.getValue()));
    if (given.getArch() != wanted.getArch() || given.getOS() != wanted.getOS())
      return module.emitError("the module says that it is for target '")
             << own.getValue() << "', but code is made for '" << wanted.str()
             << "'; make it for the module's target (plumbc -c -mtriple="
             << own.getValue() << "), or remove its " << name;
  }
  module->setAttr(name,
                  mlir::StringAttr::get(module.getContext(), wanted.str()));
  return llvm::success();
}

void plumb::execution::requestDebugLines(mlir::ModuleOp module) {
  module->setAttr(debugLinesAttr, mlir::UnitAttr::get(module.getContext()));
}

std::unique_ptr<llvm::Module>
plumb::execution::compileToLLVM(mlir::ModuleOp module,
                                llvm::LLVMContext &context, bool wholeProgram,
                                const llvm::TargetMachine *target) {
  if (target && failed(setTarget(module, target->getTargetTriple())))
    return nullptr;
  mlir::PassManager passes(module->getName());
  if (wholeProgram)
    buildProgramPipeline(passes);
  else
    buildPlumbToLLVMPipeline(passes);
  if (failed(passes.run(module)))
    return nullptr;
  return mlir::translateModuleToLLVMIR(module, context);
}
