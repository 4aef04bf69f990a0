//===- HeaderTree.h - The functions of clang's syntax tree ------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_ABI_READERS_HEADERTREE_H
#define PLUMB_TOOLS_PLUMB_ABI_READERS_HEADERTREE_H

#include "tools/plumb-abi/readers/Preprocessed.h"
#include <string>
#include <vector>

namespace plumb::abi {

/// A function with C linkage, as all its declarations together have it.
struct HeaderFunction {
  std::string symbol;
  std::string name; ///< as code names it: "f", in C++ "::n::f"
  std::string doc;  ///< the first sentence of a comment; may be empty
  std::vector<std::string> params; ///< names; may be empty
  size_t header = 0; ///< of Preprocessed, of its first declaration
  unsigned line = 0;
  /// Why no library has it; empty when one may.
  std::string whyNowhere;
  /// C++ has other functions of the name, so it cannot be asked for its type.
  bool isOverloaded = false;
};

/// In the order of their first declarations. `dump` is what clang's
/// -ast-dump=json wrote of `source`.
std::vector<HeaderFunction> readTree(llvm::StringRef dump,
                                     const Preprocessed &source, bool isCxx);

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_READERS_HEADERTREE_H
