//===- MissingSymbols.h - Symbols that nobody defines -----------*- C++ -*-===//

#ifndef PLUMB_TOOLS_SUPPORT_MISSINGSYMBOLS_H
#define PLUMB_TOOLS_SUPPORT_MISSINGSYMBOLS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/Module.h"
#include <string>

namespace plumb {

/// The symbols that the module uses and does not define, sorted. LLVM's own
/// intrinsics are not among them.
llvm::SmallVector<std::string> externalSymbols(const llvm::Module &module);

/// Whether a Plumb runtime must define the symbol: it is that of a registered
/// intrinsic, or of the host that starts a program.
bool isRuntimeSymbol(llvm::StringRef symbol);

/// One error for all of `symbols`: each with the source name when it is an
/// intrinsic that `runtime`, a library's path, should have. Returns false.
bool reportMissingSymbols(llvm::StringRef program,
                          llvm::ArrayRef<std::string> symbols,
                          llvm::StringRef runtime);

} // namespace plumb

#endif // PLUMB_TOOLS_SUPPORT_MISSINGSYMBOLS_H
