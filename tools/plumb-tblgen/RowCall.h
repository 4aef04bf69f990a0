//===- RowCall.h - A program's call of a row --------------------*- C++ -*-===//
//
// What the generated tests of a row have in common.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_TOOLS_PLUMB_TBLGEN_ROWCALL_H
#define PLUMB_TOOLS_PLUMB_TBLGEN_ROWCALL_H

#include "model/Family.h"
#include "llvm/Support/raw_ostream.h"

namespace plumb::tblgen {

/// The program's side of one row: values, names and types of its arguments.
struct RowCall {
  explicit RowCall(const plumb_intr_row &row);
  std::string values, types, result;     ///< for the op and intr.call
  std::string count, assign;             ///< ":2" and "%r:2 = " of the results
  std::string sourceValues, sourceTypes; ///< callbacks as function values
  std::string callbackAttrs;             ///< {on_close = @on_close}
  std::string definitions;               ///< probe values, in order
  std::string functions;                 ///< one for each callback, and more
  std::string parameters;                ///< arguments that nobody can make
};

std::string replaceAll(std::string text, llvm::StringRef from,
                       llvm::StringRef to);

/// From the source name through every tool to the running body.
void emitReachTest(const plumb_intr_row &row, llvm::raw_ostream &os);
/// Mistakes that the verifiers must catch.
void emitMistakesTest(const plumb_intr_row &row, const model::Family &family,
                      llvm::raw_ostream &os);

} // namespace plumb::tblgen

#endif // PLUMB_TOOLS_PLUMB_TBLGEN_ROWCALL_H
