//===- Link.h - Makes an executable -----------------------------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMBC_LINK_H
#define PLUMB_TOOLS_PLUMBC_LINK_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace plumb::intr {
class Registry;
}

namespace plumb {

/// Links an object file and the runtime's libraries, Plumb's own last, with the
/// system's compiler driver:
/// `linker` if that is not empty, or the environment's CXX, or the first of a
/// few well-known names on PATH. Those two are a path, or words as a shell
/// reads them, with quotes. For another machine, `triple` is not empty: a
/// driver that is clang is told so, any other must know. The executable needs
/// the C library only, and shared ones among `runtimes`, which it finds where
/// they are now.
/// False, with an error on stderr, when there is no driver or it fails.
bool linkExecutable(const intr::Registry &registry, llvm::StringRef linker,
                    llvm::StringRef triple, llvm::StringRef object,
                    llvm::ArrayRef<std::string> runtimes,
                    llvm::StringRef program, llvm::StringRef output);

/// What a failed linker wrote, as one error: the undefined symbols, if that is
/// why, or else its own words. Returns false.
bool reportLinkFailure(const intr::Registry &registry, llvm::StringRef program,
                       llvm::StringRef driver, llvm::StringRef runtimeArchive,
                       llvm::StringRef text);

} // namespace plumb

#endif // PLUMB_TOOLS_PLUMBC_LINK_H
