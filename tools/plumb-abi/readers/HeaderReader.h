//===- HeaderReader.h - What a C header declares ----------------*- C++ -*-===//

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
/// including others, with its types and constants. Runs clang on it. An error
/// says what clang said.
llvm::Error readHeader(llvm::StringRef path, const HeaderOptions &options,
                       Runtime &runtime);

/// What `readProbes` looks for in a module that is compiled of a header.
struct Probes {
  /// `plumb_probe_<i>`: pointers to what the header declares as functions.
  std::vector<RuntimeFunction *> functions;
  /// `plumb_type_<i>`: pointers to types. What is found goes to the runtime.
  std::vector<RuntimeType> types;
  /// `plumb_constant_<i>`, with the value as initializer.
  std::vector<RuntimeConstant> constants;
};
llvm::Error readProbes(llvm::MemoryBufferRef bitcode, Probes probes,
                       Runtime &runtime);

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_READERS_HEADERREADER_H
