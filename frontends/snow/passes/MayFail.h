//===- MayFail.h - Which functions may fail ---------------------*- C++ -*-===//

#ifndef SNOW_PASSES_MAYFAIL_H
#define SNOW_PASSES_MAYFAIL_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/DenseSet.h"

namespace snow::passes {

/// Whether the operation calls something outside of the program that may end
/// the program with an error: an intrinsic, or a function value.
bool mayFailOutside(mlir::Operation *op);

/// The functions of a module that may end the program with an error, by
/// themselves or by what they call.
llvm::DenseSet<mlir::Operation *> findMayFail(mlir::ModuleOp module);

} // namespace snow::passes

#endif // SNOW_PASSES_MAYFAIL_H
