//===- Symbols.h - What a program does not define ---------------*- C++ -*-===//

#ifndef PLUMB_EXECUTION_SYMBOLS_H
#define PLUMB_EXECUTION_SYMBOLS_H

#include "plumb/Execution/Runtimes.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/Module.h"
#include <string>

namespace plumb::execution {

/// Called first by every compiled program; see plumb/host.h.
inline constexpr llvm::StringLiteral hostStartSymbol = "plumb_host_start";

/// The symbols that the module uses and does not define, sorted. LLVM's own
/// intrinsics are not among them.
llvm::SmallVector<std::string> externalSymbols(const llvm::Module &module);

/// Whether a Plumb runtime must define the symbol: it is that of a registered
/// intrinsic, or of the host that starts a program.
bool isRuntimeSymbol(const intr::Registry &registry, llvm::StringRef symbol);

/// The rows of the registry among the symbols.
llvm::SmallVector<const plumb_intr_row *>
usedRows(const intr::Registry &registry, llvm::ArrayRef<std::string> symbols);

/// That `program` uses what nothing defines: each symbol with its source name
/// when it is an intrinsic, one that the runtimes `lacking` should have.
Problem describeMissing(const intr::Registry &registry, llvm::StringRef program,
                        llvm::ArrayRef<std::string> missing,
                        llvm::ArrayRef<llvm::StringRef> lacking);

} // namespace plumb::execution

#endif // PLUMB_EXECUTION_SYMBOLS_H
