//===- AbiValues.h - Values on their way over a C call ----------*- C++ -*-===//

#ifndef PLUMB_PASSES_ABIVALUES_H
#define PLUMB_PASSES_ABIVALUES_H

#include "mlir/IR/Builders.h"
#include "passes/TargetAbi.h"

namespace plumb {

/// Memory that lives during a call. It is allocated at the start of the region
/// that has the stack: the function's, or that of an operation whose body runs
/// elsewhere (async.execute). So a call in a loop does not grow the stack;
/// marks let LLVM share it between calls.
class Temporaries {
public:
  /// Emits at the builder's position, which is that of `call`.
  Temporaries(mlir::OpBuilder &builder, mlir::Operation *call);

  /// The address of new memory.
  mlir::Value create(mlir::Type type, unsigned align);
  /// Ends the life of all, after the call's results have been read.
  void end();

private:
  mlir::OpBuilder &builder;
  mlir::Location loc;
  mlir::Region &scope;
  /// Whether the scope is a loop's body, and what its stack was before.
  bool isLoop;
  mlir::Value before;
  llvm::SmallVector<mlir::Value, 4> live;
};

/// The LLVM arguments for a struct that is passed by value.
void passStruct(mlir::OpBuilder &builder, mlir::Location loc,
                const AbiPassing &passing, const plumb_intr_struct &structure,
                mlir::Value value, Temporaries &temporaries,
                llvm::SmallVectorImpl<mlir::Value> &arguments);

/// The struct of what a function returns for it, or of the address where the
/// function has left it.
mlir::Value readResult(mlir::OpBuilder &builder, mlir::Location loc,
                       const AbiPassing &passing,
                       const plumb_intr_struct &structure, mlir::Value returned,
                       Temporaries &temporaries);

} // namespace plumb

#endif // PLUMB_PASSES_ABIVALUES_H
