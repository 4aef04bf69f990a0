//===- VerifyOptions.h - What a call says of options ------------*- C++ -*-===//

#ifndef PLUMB_DIALECTS_INTRINSIC_VERIFYOPTIONS_H
#define PLUMB_DIALECTS_INTRINSIC_VERIFYOPTIONS_H

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Operation.h"
#include "plumb-c/Descriptor.h"

namespace plumb::intr {

/// Checks `given` as the options of parameter `param`: a dictionary, with
/// names, types, ranges and choices of the family's. `called` is how messages
/// name the intrinsic. An error for each mistake.
llvm::LogicalResult
verifyOptionValues(const plumb_intr_row &row, llvm::StringRef called,
                   const plumb_intr_param &param, mlir::Attribute given,
                   llvm::function_ref<mlir::InFlightDiagnostic()> emitError);

/// Checks that `op`, an operation of the row or a call by its source name, has
/// no options under a name that is none of the row's: they would have no
/// effect.
llvm::LogicalResult verifyOptionNames(mlir::Operation *op,
                                      const plumb_intr_row &row);

} // namespace plumb::intr

#endif // PLUMB_DIALECTS_INTRINSIC_VERIFYOPTIONS_H
