//===- LoadDescriptor.h - Families from data --------------------*- C++ -*-===//
//
// Depends on LLVM's support library only, not on MLIR.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_INTRINSIC_LOADDESCRIPTOR_H
#define PLUMB_INTRINSIC_LOADDESCRIPTOR_H

#include "plumb/Intrinsic/Registry.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace plumb::intr {

/// Makes a descriptor of a family's JSON (`plumb-tblgen -gen-json`, schema 4,
/// or 3, which 0.2 had; docs/json-schema.md). Trusts nothing: names, kinds,
/// layouts, references and hashes are checked, so that what is loaded is as
/// sound as a family that was compiled in. The error lists every fault with its
/// place in `file`, a name for messages. May be called from any thread.
llvm::Expected<FamilyRef> loadDescriptor(llvm::StringRef json,
                                         llvm::StringRef file);

} // namespace plumb::intr

#endif // PLUMB_INTRINSIC_LOADDESCRIPTOR_H
