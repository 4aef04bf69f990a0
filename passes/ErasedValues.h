//===- ErasedValues.h - Values of type variables in C -----------*- C++ -*-===//

#ifndef PLUMB_PASSES_ERASEDVALUES_H
#define PLUMB_PASSES_ERASEDVALUES_H

#include "mlir/IR/Builders.h"
#include "plumb-c/Descriptor.h"
#include "llvm/ADT/SmallVector.h"

namespace plumb {

/// The value, of an LLVM type, in 64 bits: integers are extended by their sign,
/// `i1` by zero; floats keep their bits.
mlir::Value packSlot(mlir::OpBuilder &builder, mlir::Location loc,
                     mlir::Value value);
/// Back to `type`: a builtin type, `!intr.unit`, or anything that is a pointer.
mlir::Value unpackSlot(mlir::OpBuilder &builder, mlir::Location loc,
                       mlir::Value slot, mlir::Type type);

/// Notes at all calls of generic intrinsics in `root` what the type variables
/// stand for, and at those of variadic ones which operands are texts: once
/// their operands are lowered, nothing tells any more.
void noteValueKinds(mlir::Operation *root);
/// Which operands of a variadic intrinsic's `...` are texts.
llvm::SmallVector<int32_t> getVariadicTexts(mlir::Operation *call,
                                            const plumb_intr_row &row);
/// The plumb_value_kind of each of the row's variables in the call.
llvm::SmallVector<int32_t> getValueKinds(mlir::Operation *call,
                                         const plumb_intr_row &row);

} // namespace plumb

#endif // PLUMB_PASSES_ERASEDVALUES_H
