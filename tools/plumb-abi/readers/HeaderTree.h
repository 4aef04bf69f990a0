//===- HeaderTree.h - What clang's syntax tree declares ------*- C++ -*-===//

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

/// A struct, union or enum that is defined, or a typedef.
struct HeaderType {
  std::string name; ///< as code names it: "struct tm", "time_t", "::n::Date"
  std::string doc;  ///< the first sentence of a comment; may be empty
  size_t header = 0;
  unsigned line = 0;
};

/// A case of an enum without a name, which is what C has for a constant.
struct HeaderEnumerator {
  std::string name;
  size_t header = 0;
  unsigned line = 0;
};

struct HeaderDeclarations {
  std::vector<HeaderFunction> functions; ///< by their first declarations
  std::vector<HeaderType> types;
  std::vector<HeaderEnumerator> enumerators;
};

/// `dump` is what clang's -ast-dump=json wrote of `source`.
HeaderDeclarations readTree(llvm::StringRef dump, const Preprocessed &source,
                            bool isCxx);

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_READERS_HEADERTREE_H
