//===- CStrings.h - Which pointers are C strings ----------------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_ABI_DRAFTING_CSTRINGS_H
#define PLUMB_TOOLS_PLUMB_ABI_DRAFTING_CSTRINGS_H

#include "tools/plumb-abi/readers/CSignature.h"

namespace plumb::abi {

/// Whether the parameter is `const char *` and no other parameter has the form
/// of its length: with one it may be any bytes, and no zero need follow.
bool isCStringParam(llvm::ArrayRef<CParam> params, size_t index);

/// The same of a result, whose length the function may leave in a parameter.
bool isCStringResult(const CSignature &signature);

/// Whether the parameter is a pointer to storage for one handle: `sqlite3 **`,
/// which C uses for one that is handed out, taken back or exchanged. Arrays of
/// them are `const` in C, or have a length.
bool isHandleStorage(llvm::ArrayRef<CParam> params, size_t index);

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_DRAFTING_CSTRINGS_H
