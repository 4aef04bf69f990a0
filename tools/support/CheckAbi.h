//===- CheckAbi.h - A runtime against the records ---------------*- C++ -*-===//

#ifndef PLUMB_TOOLS_SUPPORT_CHECKABI_H
#define PLUMB_TOOLS_SUPPORT_CHECKABI_H

#include "dialects/Intrinsic/Descriptor.h"
#include "tools/support/AbiTable.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <string>

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

/// Whether the runtimes were built from the same records of these rows as this
/// tool. If not, one error on stderr for each runtime and family names all of
/// its rows that differ, with both sides. A runtime without a table is taken as
/// it is, unless `requireTable`.
bool checkAbi(llvm::ArrayRef<const plumb_intr_row *> rows, AbiLookup lookup,
              bool requireTable);

} // namespace plumb

#endif // PLUMB_TOOLS_SUPPORT_CHECKABI_H
