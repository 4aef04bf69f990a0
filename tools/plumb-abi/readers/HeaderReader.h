//===- HeaderReader.h - The functions of a C header -------------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_ABI_READERS_HEADERREADER_H
#define PLUMB_TOOLS_PLUMB_ABI_READERS_HEADERREADER_H

#include "tools/plumb-abi/readers/Runtime.h"

namespace plumb::abi {

struct HeaderOptions {
  std::string clang;                  ///< the program; looked for when empty
  std::vector<std::string> arguments; ///< for clang: -I, -D, ...
  /// Globs for the headers whose functions count; see HeaderChoice.h for which
  /// do when there are none.
  std::vector<std::string> from;
};

/// Whether the file is one for `readHeader`, by its name.
bool isHeader(llvm::StringRef path);

/// Reads the functions with C linkage that a header declares, itself or by
/// including others. Runs clang on it. An error says what clang said.
llvm::Error readHeader(llvm::StringRef path, const HeaderOptions &options,
                       Runtime &runtime);

/// Reads the types of the module's global variables `plumb_probe_<i>`, pointers
/// to functions, as what a header declares `functions[i]` to be.
llvm::Error readProbes(llvm::MemoryBufferRef bitcode,
                       llvm::ArrayRef<RuntimeFunction *> functions,
                       Runtime &runtime);

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_READERS_HEADERREADER_H
