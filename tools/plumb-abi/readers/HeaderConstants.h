//===- HeaderConstants.h - The constants of a header ------------*- C++ -*-===//
//
// C has no constants but macros, and cases of enums without a name. Which
// macros are constant expressions, and what they are, clang says: each becomes
// the initializer of a variable; those that it refuses are something else.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_TOOLS_PLUMB_ABI_READERS_HEADERCONSTANTS_H
#define PLUMB_TOOLS_PLUMB_ABI_READERS_HEADERCONSTANTS_H

#include "tools/plumb-abi/readers/HeaderClang.h"
#include "tools/plumb-abi/readers/HeaderTree.h"

namespace plumb::abi {

/// A name that may be a constant, and what it stands for.
struct ConstantCandidate {
  std::string name, expression, file;
  unsigned line = 0;
};

/// The macros without parameters of the header's files `isChosen`, as they are
/// at its end, that may be expressions, and those of `enumerators` that are in
/// chosen headers of `source`.
llvm::Expected<std::vector<ConstantCandidate>>
findCandidates(const HeaderClang &clang, llvm::StringRef path,
               llvm::function_ref<bool(llvm::StringRef)> isChosen);

/// Keeps the candidates that clang takes for constants, after `text`.
llvm::Error keepConstants(const HeaderClang &clang, llvm::StringRef text,
                          std::vector<ConstantCandidate> &candidates);

/// One line for each: the variable `plumb_constant_<i>`, on line i + 1 of a
/// file of their own.
std::string declareConstants(llvm::ArrayRef<ConstantCandidate> candidates,
                             bool isCxx);

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_READERS_HEADERCONSTANTS_H
