//===- BuiltinCall.h - A call by a source name ------------------*- C++ -*-===//

#ifndef PLUMB_PASSES_BUILTINCALL_H
#define PLUMB_PASSES_BUILTINCALL_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "plumb/Intrinsic/CallBuilder.h"
#include "plumb/Intrinsic/IntrinsicDialect.h"

namespace plumb {

/// A func.call of an intrinsic's source name, with arguments as CallBuilder.h
/// says; callbacks are function values. Its results are those of the operation,
/// which keeps the attributes of the call.
class BuiltinCall {
public:
  BuiltinCall(mlir::func::CallOp call, const plumb_intr_row &row);

  /// The operations that stand for callbacks: without uses after `replace`.
  llvm::SmallVector<mlir::Operation *> functionValues();
  /// Fails after an error at the call for every mismatch.
  llvm::LogicalResult check(mlir::SymbolTableCollection &symbols);
  /// Makes the operation of a call that has been checked; erases the call.
  void replace();

private:
  llvm::LogicalResult checkResults();
  llvm::LogicalResult checkAttributes();

  mlir::func::CallOp call;
  const plumb_intr_row &row;
  intr::CallBuilder builder;
};

} // namespace plumb

#endif // PLUMB_PASSES_BUILTINCALL_H
