//===- RuntimeDeclaration.h - LLVM declarations of rows ---------*- C++ -*-===//

#ifndef PLUMB_PASSES_RUNTIMEDECLARATION_H
#define PLUMB_PASSES_RUNTIMEDECLARATION_H

#include "mlir/Interfaces/FunctionInterfaces.h"
#include "passes/TargetAbi.h"

namespace plumb {

/// Declares the row's symbol, with every attribute that follows from the
/// record; docs/attributes.md has the rules. `prototype` is the row's for the
/// target. `visible` says that the body's code will be seen by LLVM, so its
/// memory is not inaccessible.
mlir::LLVM::LLVMFuncOp declareRuntimeFunction(mlir::OpBuilder &builder,
                                              mlir::Location loc,
                                              const plumb_intr_row &row,
                                              const Prototype &prototype,
                                              bool visible);

/// Gives a declaration of the row's type what callers and callees must agree
/// on (extensions, structs in memory), where it lacks that.
void completeAbi(mlir::FunctionOpInterface declaration,
                 const Prototype &prototype);

} // namespace plumb

#endif // PLUMB_PASSES_RUNTIMEDECLARATION_H
