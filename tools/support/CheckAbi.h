//===- CheckAbi.h - A runtime against the records ---------------*- C++ -*-===//

#ifndef PLUMB_TOOLS_SUPPORT_CHECKABI_H
#define PLUMB_TOOLS_SUPPORT_CHECKABI_H

#include "dialects/Intrinsic/Descriptor.h"
#include "tools/support/AbiTable.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <string>
#include <vector>

namespace plumb {

/// Where a row's function comes from, and what that was built from.
struct AbiSource {
  std::string runtime;             ///< its name in messages
  const AbiTable *table = nullptr; ///< of the row's family; null for none
};
using AbiLookup = llvm::function_ref<AbiSource(const plumb_intr_row &)>;

/// The rows of the registry among the symbols.
llvm::SmallVector<const plumb_intr_row *>
usedRows(llvm::ArrayRef<std::string> symbols);

/// All rows of a runtime and a family that differ, with both sides.
struct AbiMismatch {
  std::string message, howToMend;
};

/// Where the runtimes were built from other records of these rows than this
/// tool. A runtime without a table is taken as it is, unless `requireTable`.
std::vector<AbiMismatch>
findAbiMismatches(llvm::ArrayRef<const plumb_intr_row *> rows, AbiLookup lookup,
                  bool requireTable);

/// Whether there is no mismatch; otherwise each is an error on stderr.
bool checkAbi(llvm::ArrayRef<const plumb_intr_row *> rows, AbiLookup lookup,
              bool requireTable);

} // namespace plumb

#endif // PLUMB_TOOLS_SUPPORT_CHECKABI_H
