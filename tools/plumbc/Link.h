//===- Link.h - Makes an executable -----------------------------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMBC_LINK_H
#define PLUMB_TOOLS_PLUMBC_LINK_H

#include "llvm/ADT/StringRef.h"

namespace plumb {

/// Links an object file and the runtime with the system's compiler driver:
/// `linker` if that is not empty, or the environment's CXX, or the first of a
/// few well-known names on PATH. The executable needs the C library only.
/// False, with an error on stderr, when there is no driver or it fails.
bool linkExecutable(llvm::StringRef linker, llvm::StringRef object,
                    llvm::StringRef runtimeArchive, llvm::StringRef program,
                    llvm::StringRef output);

/// What a failed linker wrote, as one error: the undefined symbols, if that is
/// why, or else its own words. Returns false.
bool reportLinkFailure(llvm::StringRef program, llvm::StringRef driver,
                       llvm::StringRef runtimeArchive, llvm::StringRef text);

} // namespace plumb

#endif // PLUMB_TOOLS_PLUMBC_LINK_H
