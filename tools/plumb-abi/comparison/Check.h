//===- Check.h - A family against a runtime ---------------------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_ABI_COMPARISON_CHECK_H
#define PLUMB_TOOLS_PLUMB_ABI_COMPARISON_CHECK_H

#include "tools/plumb-abi/readers/Runtime.h"
#include "llvm/Support/raw_ostream.h"

namespace plumb::abi {

/// One thing that is wrong, or only worth a warning.
struct Finding {
  bool isError;
  std::string kind;      ///< "missing", "width", "unknown-function", ...
  std::string intrinsic; ///< "clock.set"; empty for a function without record
  std::string symbol;
  std::string what;
  std::string recordPlace, recordPrototype;
  std::string runtimePlace, runtimePrototype; ///< empty when there is none
  std::string fix;
};

/// An intrinsic of which not all, or only the name, could be compared.
struct NotCompared {
  std::string intrinsic, symbol, why;
};

struct CheckReport {
  std::string family;
  std::vector<std::string> files;
  std::string architecture;
  unsigned numRows = 0;
  /// By TypeSource, of the existing functions.
  unsigned numBy[numTypeSources] = {};
  std::vector<NotCompared> namesOnly, inPart;
  std::vector<Finding> findings;
  std::vector<std::string> warnings; ///< about the files

  unsigned numErrors() const;
};

struct CheckOptions {
  /// Functions whose names begin so belong to the family; taken from the
  /// family's symbols when empty.
  std::string prefix;
  /// A function that no record has is an error, and so is a type that could not
  /// be checked.
  bool isStrict = false;
};

/// Compares every row of the family. `runtime` also owns the types of the rows.
CheckReport checkFamily(const plumb_intr_family &family, Runtime &runtime,
                        const CheckOptions &options);

/// What to do about a type that is not known for the reason `why`.
std::string howToKnow(llvm::StringRef why);

void printText(const CheckReport &report, llvm::raw_ostream &os);
void printJson(const CheckReport &report, llvm::raw_ostream &os);

/// What the symbols of most rows begin with: "plumb_clock_".
std::string symbolPrefix(const plumb_intr_family &family);

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_COMPARISON_CHECK_H
