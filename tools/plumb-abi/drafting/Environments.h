//===- Environments.h - What callbacks are given back -----------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_ABI_DRAFTING_ENVIRONMENTS_H
#define PLUMB_TOOLS_PLUMB_ABI_DRAFTING_ENVIRONMENTS_H

#include "tools/plumb-abi/readers/CSignature.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Error.h"
#include <map>

namespace plumb::abi {

/// The `void *` of a function that its callbacks are given.
struct Environment {
  int param = -1; ///< its position among the function's; -1 for none
  /// By the position of the callback among the function's parameters: which of
  /// the callback's parameters it is.
  std::map<int, int> positions;
  /// What a person should look at; empty when there is nothing to doubt.
  std::string note;
};

/// What the command line says of a function, for which no header has a word:
/// "tick_every:user", "tick_every:3:2", "tick_every:none".
class EnvironmentOptions {
public:
  static llvm::Expected<EnvironmentOptions>
  parse(llvm::ArrayRef<std::string> options);

  /// The environment of a function: what an option says, else a `void *` whose
  /// name says it, when each callback has one `void *` and no more. C has no
  /// other sign of it, so everything else is left as the pointer that it is. An
  /// error when an option does not fit the function.
  llvm::Expected<Environment> find(llvm::StringRef symbol,
                                   const CSignature &function) const;
  /// Functions of options that `find` was never asked for.
  std::vector<std::string> unused() const;

private:
  struct Choice {
    std::string param;     ///< a name, or a position from 1; "none"
    unsigned position = 0; ///< in the callback, from 1; 0 for its `void *`
    mutable bool isUsed = false;
  };
  llvm::StringMap<Choice> choices;
};

/// The function behind a pointer, or null.
const CSignature *functionOf(const CType &type);

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_DRAFTING_ENVIRONMENTS_H
