//===- Signature.h - What the ABI of a row depends on -----------*- C++ -*-===//
//
// Depends on LLVM's support library only: plumb-tblgen writes signatures with
// it and the loader checks them with it.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_DIALECTS_INTRINSIC_SIGNATURE_H
#define PLUMB_DIALECTS_INTRINSIC_SIGNATURE_H

#include "dialects/Intrinsic/Descriptor.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace plumb::intr {

/// Canonical text of everything that the ABI of the row depends on: rows are
/// compatible when it is equal. Reads neither `signature` nor `hash`.
std::string abiSignature(const plumb_intr_row &row);

/// The identity of a signature: XXH3.
uint64_t hashSignature(llvm::StringRef signature);

/// "preserve_most": as records write it.
llvm::StringRef spell(plumb_intr_cc cc);
/// "ptr", "i32".
llvm::StringRef spell(plumb_intr_llvm_type type);
/// The bytes of a scalar in memory, which are its alignment too.
unsigned sizeInMemory(plumb_intr_llvm_type type);
/// PLUMB_INTR_ATTR_* of "nonnull"; 0 when unknown.
uint32_t parseAttribute(llvm::StringRef name);

} // namespace plumb::intr

#endif // PLUMB_DIALECTS_INTRINSIC_SIGNATURE_H
