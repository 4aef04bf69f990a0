//===- RuntimeDeclaration.h - LLVM declarations of rows ---------*- C++ -*-===//

#ifndef PLUMB_PASSES_RUNTIMEDECLARATION_H
#define PLUMB_PASSES_RUNTIMEDECLARATION_H

#include "dialects/Intrinsic/Descriptor.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

namespace plumb {

/// The LLVM type of a value of the record's type; void for null.
mlir::Type getLLVMType(mlir::MLIRContext *context, const plumb_intr_type *type);

/// The type of the row's symbol: callbacks are a function and an environment.
mlir::LLVM::LLVMFunctionType getLLVMType(mlir::MLIRContext *context,
                                         const plumb_intr_row &row);

/// The type of a callback's function: its last parameter is the environment.
mlir::LLVM::LLVMFunctionType getLLVMType(mlir::MLIRContext *context,
                                         const plumb_intr_callback &callback);

/// `{llvm.noundef, llvm.nonnull, ...}` for PLUMB_INTR_ATTR_* bits.
mlir::DictionaryAttr getParamAttrs(mlir::MLIRContext *context, uint32_t attrs);

/// Declares the row's symbol, with every attribute that follows from the
/// record; docs/attributes.md has the rules. `visible` says that the body's
/// code will be seen by LLVM, so its memory is not inaccessible.
mlir::LLVM::LLVMFuncOp declareRuntimeFunction(mlir::OpBuilder &builder,
                                              mlir::Location loc,
                                              const plumb_intr_row &row,
                                              bool visible);

} // namespace plumb

#endif // PLUMB_PASSES_RUNTIMEDECLARATION_H
