//===- Signature.h - What the ABI of a row depends on -----------*- C++ -*-===//
//
// Depends on LLVM's support library only: the builder writes signatures with
// it.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_MODEL_SIGNATURE_H
#define PLUMB_MODEL_SIGNATURE_H

#include "plumb-c/Descriptor.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace plumb::model {

/// Canonical text of everything that the ABI of the row depends on: rows are
/// compatible when it is equal. Reads neither `signature` nor `hash`.
std::string abiSignature(const plumb_intr_row &row);

/// The identity of a signature: XXH3.
uint64_t hashSignature(llvm::StringRef signature);

} // namespace plumb::model

#endif // PLUMB_MODEL_SIGNATURE_H
