//===- DeclareIntrinsics.cpp - Records in a module of LLVM IR -------------===//

#include "DeclareIntrinsics.h"
#include "command-line/Tool.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "passes/CallSignature.h"
#include "passes/RuntimeDeclaration.h"
#include "passes/TargetAbi.h"
#include "plumb/Execution/Register.h"

using namespace llvm;
using namespace plumb;
using namespace plumb::execution;

std::unique_ptr<Module>
plumb::makeDeclarations(LLVMContext &context,
                        ArrayRef<const plumb_intr_row *> rows,
                        StringRef triple) {
  mlir::DialectRegistry dialects;
  // Structs go by their own fields, so no family has to be known.
  registerPlumb(dialects);
  mlir::MLIRContext mlirContext(dialects);
  mlirContext.loadDialect<mlir::LLVM::LLVMDialect>();
  mlir::Location loc = mlir::UnknownLoc::get(&mlirContext);
  mlir::OwningOpRef<mlir::ModuleOp> module = mlir::ModuleOp::create(loc);
  auto builder = mlir::OpBuilder::atBlockEnd(module->getBody());
  TargetAbi target(triple);
  bool isGood = true;
  for (const plumb_intr_row *row : rows) {
    Expected<Prototype> prototype =
        target.classify(&mlirContext, getSignature(*row));
    if (prototype)
      declareRuntimeFunction(builder, loc, *row, *prototype,
                             /*visible=*/false);
    else
      isGood = toolError(describe(*row) + " cannot be declared for '" + triple +
                         "': " + toString(prototype.takeError()));
  }
  return isGood ? mlir::translateModuleToLLVMIR(*module, context) : nullptr;
}
