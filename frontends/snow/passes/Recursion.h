//===- Recursion.h - Functions that call themselves -------------*- C++ -*-===//

#ifndef SNOW_PASSES_RECURSION_H
#define SNOW_PASSES_RECURSION_H

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace snow::passes {

/// Keeps LLVM from making a loop of a function that calls itself once on each
/// way through it, and not in tail position: without an end that would run for
/// ever, where the program is to fail for want of stack. Where it calls itself
/// again, that uses the stack anyway.
void keepStackOf(mlir::func::FuncOp function);

} // namespace snow::passes

#endif // SNOW_PASSES_RECURSION_H
