//===- HeaderReader.h - The functions of a C header -------------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_ABI_READERS_HEADERREADER_H
#define PLUMB_TOOLS_PLUMB_ABI_READERS_HEADERREADER_H

#include "tools/plumb-abi/readers/Runtime.h"

namespace plumb::abi {

struct HeaderOptions {
  std::string clang;                  ///< the program; looked for when empty
  std::vector<std::string> arguments; ///< for clang: -I, -D, ...
};

/// Whether the file is one for `readHeader`, by its name.
bool isHeader(llvm::StringRef path);

/// Reads the functions with C linkage that a header declares, itself or by
/// including others that are not the system's. Runs clang on it. An error says
/// what clang said.
llvm::Error readHeader(llvm::StringRef path, const HeaderOptions &options,
                       Runtime &runtime);

/// Reads the types of the module's global variables `plumb_probe_<i>`, pointers
/// to functions, into `functions[i]`.
llvm::Error readProbes(llvm::MemoryBufferRef bitcode,
                       llvm::ArrayRef<RuntimeFunction *> functions,
                       Runtime &runtime);

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_READERS_HEADERREADER_H
