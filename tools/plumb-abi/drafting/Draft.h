//===- Draft.h - A family file for existing functions -----------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_ABI_DRAFTING_DRAFT_H
#define PLUMB_TOOLS_PLUMB_ABI_DRAFTING_DRAFT_H

#include "tools/plumb-abi/drafting/Environments.h"
#include "tools/plumb-abi/readers/Runtime.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/raw_ostream.h"
#include <set>

namespace plumb::abi {

/// A function that records cannot say.
struct LeftOut {
  std::string symbol, why;
};

struct DraftOptions {
  std::string family; ///< "clock"
  std::string prefix; ///< of the functions' names; may be empty
  std::string origin; ///< the file that it is drafted from, for a comment
  EnvironmentOptions environments;
  /// Globs for the names of functions and constants; all when empty.
  std::vector<std::string> only;
  /// By symbol: parameters that are InOut, or "none".
  std::map<std::string, std::set<std::string>> inOuts;
};

/// Definitions of a family, as text, in the order in which they are written.
struct Draft {
  DraftOptions options;
  /// `types` are structs, unions and callbacks, which may need each other.
  std::vector<std::string> handles, enums, types, constants, rows;
  std::vector<LeftOut> leftOut;
  std::vector<std::string> notes; ///< what a person should look at
};

/// Drafts records of all functions of the runtime that begin with the prefix.
/// An error when an option does not fit a function.
llvm::Expected<Draft> draftFamily(Runtime &runtime, DraftOptions options);

/// Writes the family file.
void printDraft(const Draft &draft, llvm::raw_ostream &os);

/// What all functions of the runtime begin with, up to a `_`; empty for
/// nothing.
std::string commonPrefix(const Runtime &runtime);

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_DRAFTING_DRAFT_H
