//===- RuntimeArchive.h - The static runtime library ------------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMBC_RUNTIMEARCHIVE_H
#define PLUMB_TOOLS_PLUMBC_RUNTIMEARCHIVE_H

#include "plumb-c/Descriptor.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/TargetParser/Triple.h"
#include <string>
#include <vector>

namespace plumb::intr {
class Registry;
}

namespace plumb {

/// The path of libPlumbRuntime.a: in `folder`, or, when that is empty, in
/// `../lib` of the folder of the tool's executable.
std::string runtimeArchivePath(llvm::StringRef folder, const char *argv0);

/// A shared library that the program takes rows of one family from, and that
/// says what it was built from.
struct SharedRuntime {
  std::string library;
  std::vector<const plumb_intr_row *> rows; ///< at least one
};

/// Whether the libraries, archives or shared ones with Plumb's own last, define
/// every one of `symbols` that a runtime must define, built from the records
/// that this tool has, for machines of `target`. If not, errors on stderr name
/// all that differ. What comes from shared ones is added to `shared`.
bool checkRuntimes(const intr::Registry &registry,
                   llvm::ArrayRef<std::string> libraries,
                   llvm::StringRef program, const llvm::Triple &target,
                   llvm::ArrayRef<std::string> symbols,
                   std::vector<SharedRuntime> &shared);

} // namespace plumb

#endif // PLUMB_TOOLS_PLUMBC_RUNTIMEARCHIVE_H
