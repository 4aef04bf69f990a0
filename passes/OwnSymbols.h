//===- OwnSymbols.h - A program's own functions -----------------*- C++ -*-===//

#ifndef PLUMB_PASSES_OWNSYMBOLS_H
#define PLUMB_PASSES_OWNSYMBOLS_H

#include "mlir/IR/BuiltinOps.h"
#include "passes/TargetAbi.h"

namespace plumb {

/// Holds what a lowered module has under the symbols of intrinsics, such as a
/// front end's own declarations, to the records: an error at each that is of
/// another type. Declarations in the LLVM dialect are given what callers and
/// callees must agree on.
llvm::LogicalResult checkOwnSymbols(mlir::ModuleOp module,
                                    const TargetAbi &target);

} // namespace plumb

#endif // PLUMB_PASSES_OWNSYMBOLS_H
