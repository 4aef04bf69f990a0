//===- Families.h - The family that the command line names ------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_ABI_FAMILIES_H
#define PLUMB_TOOLS_PLUMB_ABI_FAMILIES_H

#include "plumb-c/Descriptor.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace plumb::abi {

/// A built-in family by its name ("ws"), or one of a file: .td, .json or .so.
llvm::Expected<const plumb_intr_family *> findFamily(llvm::StringRef family);

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_FAMILIES_H
