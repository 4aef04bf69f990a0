//===- DraftRow.h - A function as a record -------------------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_ABI_DRAFTING_DRAFTROW_H
#define PLUMB_TOOLS_PLUMB_ABI_DRAFTING_DRAFTROW_H

#include "tools/plumb-abi/drafting/Draft.h"
#include "tools/plumb-abi/drafting/DraftTypes.h"

namespace plumb::abi {

/// Adds records of functions to a draft, one after the other. All that it is
/// given outlives it.
class RowDrafter {
public:
  RowDrafter(Draft &draft, Runtime &runtime, DraftTypes &types)
      : draft(draft), runtime(runtime), types(types) {}

  /// False, and why, when records cannot say the function; an error when an
  /// option does not fit it.
  llvm::Expected<bool> add(const RuntimeFunction &function, std::string &why);
  /// An error for an option of a function that was not added.
  llvm::Error checkOptionsAreUsed() const;

private:
  struct Row {
    explicit Row(const CSignature &signature)
        : signature(signature), constraints(signature.params.size()),
          isInOut(signature.params.size()) {}
    const CSignature &signature;
    std::vector<std::string> constraints; ///< empty: part of the one before
    std::string result;
    Environment environment;
    /// The parameters that options say are in and out, or "none".
    std::set<std::string> inOuts;
    std::vector<bool> isInOut;
    /// An `argument` that is called `result` would be one of two.
    llvm::StringSet<> taken = {"result"};
  };

  bool addParams(Row &row, std::string &why);
  std::string addCallback(const CSignature &callback, const CParam &param,
                          int environment, std::string &why);
  bool isInOut(const std::set<std::string> &given,
               llvm::ArrayRef<CParam> params, size_t i) const;
  void write(Row &row, const RuntimeFunction &function);

  Draft &draft;
  Runtime &runtime;
  DraftTypes &types;
  llvm::StringSet<> taken, usedInOuts;
};

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_DRAFTING_DRAFTROW_H
