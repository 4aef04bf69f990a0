//===- plumb-translate.cpp - MLIR to LLVM IR ------------------------------===//

#include "command-line/FamilyOptions.h"
#include "command-line/Tool.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "mlir/Tools/mlir-translate/MlirTranslateMain.h"
#include "mlir/Tools/mlir-translate/Translation.h"
#include "plumb/Execution/Compile.h"
#include "plumb/Execution/Register.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;

static LogicalResult print(std::unique_ptr<llvm::Module> module,
                           llvm::raw_ostream &os) {
  if (!module)
    return failure();
  module->print(os, nullptr);
  return success();
}

static LogicalResult translate(Operation *op, llvm::raw_ostream &os) {
  llvm::LLVMContext context;
  return print(translateModuleToLLVMIR(op, context), os);
}

static LogicalResult lowerAndTranslate(ModuleOp module, llvm::raw_ostream &os) {
  llvm::LLVMContext context;
  bool wholeProgram = plumb::execution::definesMain(module);
  return print(plumb::execution::compileToLLVM(module, context, wholeProgram),
               os);
}

static llvm::cl::OptionCategory category("Plumb's options");
static plumb::FamilyOptions families(category);

static void registerDialects(DialectRegistry &registry) {
  plumb::execution::registerPlumb(registry, families.get());
}

int main(int argc, char **argv) {
  plumb::prepareCommandLine("plumb-translate", category);
  families.loadEnvironment();
  TranslateFromMLIRRegistration toLLVM("mlir-to-llvmir",
                                       "Translate the LLVM dialect to LLVM IR",
                                       translate, registerDialects);
  TranslateFromMLIRRegistration programToLLVM(
      "plumb-to-llvmir",
      "Lower a program and translate it; its @main becomes a C main",
      lowerAndTranslate, registerDialects);
  return failed(mlirTranslateMain(
      argc, argv, "Plumb's translator: from MLIR to LLVM IR\n"));
}
