//===- CallSignature.h - Records as C and as LLVM see them ------*- C++ -*-===//
//
// A row's or callback's C signature before any target is known, and the LLVM
// types of the values that programs compute with.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_PASSES_CALLSIGNATURE_H
#define PLUMB_PASSES_CALLSIGNATURE_H

#include "mlir/Dialect/LLVMIR/LLVMTypes.h"
#include "plumb-c/Descriptor.h"
#include "llvm/ADT/SmallVector.h"

namespace plumb {

/// A parameter or result in C.
struct CValue {
  plumb_intr_llvm_type type = PLUMB_INTR_LLVM_VOID; ///< VOID: no result
  /// The struct that goes by value; null unless `type` is STRUCT.
  const plumb_intr_struct *structure = nullptr;
  uint32_t attrs = 0; ///< PLUMB_INTR_ATTR_*
};

/// What a call of a row, or of a callback, has in C.
struct CallSignature {
  llvm::SmallVector<CValue, 8> params;
  CValue result;
  plumb_intr_cc cc = PLUMB_INTR_CC_C;
  bool isVariadic = false;
};

/// The signature of the row's C function.
CallSignature getSignature(const plumb_intr_row &row);

/// The signature of a callback's C function: the runtime is the caller, so its
/// promises for what it passes are those of results.
CallSignature getSignature(const plumb_intr_callback &callback);

/// Whether the type is the environment: a slot in the program, a pointer in C.
bool isEnvironment(const plumb_intr_type &type);

/// The LLVM type that a value of the record's type has in a program; void for
/// null. An environment is the i64 of its slot.
mlir::Type getLLVMType(mlir::MLIRContext *context, const plumb_intr_type *type);

/// The struct with C's layout, `plumb.clock.date`; a bool takes a byte, as in
/// C.
mlir::LLVM::LLVMStructType getLLVMType(mlir::MLIRContext *context,
                                       const plumb_intr_struct &structure);
/// The record of a type that the function above has made; null for others.
const plumb_intr_struct *getStruct(mlir::Type type);

/// The type of a scalar in C; void for VOID, null for STRUCT.
mlir::Type getScalarType(mlir::MLIRContext *context, plumb_intr_llvm_type type);

} // namespace plumb

#endif // PLUMB_PASSES_CALLSIGNATURE_H
