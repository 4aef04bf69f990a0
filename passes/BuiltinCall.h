//===- BuiltinCall.h - A call by a source name ------------------*- C++ -*-===//

#ifndef PLUMB_PASSES_BUILTINCALL_H
#define PLUMB_PASSES_BUILTINCALL_H

#include "dialects/Intrinsic/IntrinsicDialect.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace plumb {

/// A func.call of an intrinsic's source name. Its arguments are the row's
/// parameters in their order, without those that the function only writes;
/// callbacks are function values, optional ones at the end may be left out, and
/// a variadic row takes any number of scalars more. Its results are those of
/// the operation.
class BuiltinCall {
public:
  BuiltinCall(mlir::func::CallOp call, const plumb_intr_row &row);

  /// The constants that stand for callbacks: without uses after `replace`.
  llvm::SmallVector<mlir::Operation *> functionValues();
  /// Fails after an error at the call for every mismatch.
  llvm::LogicalResult check(mlir::SymbolTableCollection &symbols);
  /// Makes the operation of a call that has been checked; erases the call.
  void replace();

private:
  llvm::LogicalResult checkCount();
  llvm::LogicalResult checkArgument(const plumb_intr_param &param,
                                    mlir::Value value,
                                    mlir::SymbolTableCollection &symbols);
  llvm::LogicalResult checkTail(mlir::Value value);
  llvm::LogicalResult checkResults();

  mlir::func::CallOp call;
  const plumb_intr_row &row;
  /// The parameters that are arguments in a source program.
  llvm::SmallVector<const plumb_intr_param *> params;
};

} // namespace plumb

#endif // PLUMB_PASSES_BUILTINCALL_H
