//===- CheckAbi.h - A runtime against the records ---------------*- C++ -*-===//

#ifndef PLUMB_EXECUTION_CHECKABI_H
#define PLUMB_EXECUTION_CHECKABI_H

#include "plumb-c/Descriptor.h"
#include "plumb/Execution/Runtimes.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <string>
#include <vector>

namespace plumb::execution {

/// Where a row's function comes from, and what that was built from.
struct AbiSource {
  std::string runtime;             ///< its name in messages
  const AbiTable *table = nullptr; ///< of the row's family; null for none
};
using AbiLookup = llvm::function_ref<AbiSource(const plumb_intr_row &)>;

/// Where the runtimes were built from other records of these rows than this
/// tool: a problem for each runtime and family, with both sides of all rows
/// that differ. A runtime without a table is taken as it is, unless
/// `requireTable`.
std::vector<Problem>
findAbiMismatches(llvm::ArrayRef<const plumb_intr_row *> rows, AbiLookup lookup,
                  bool requireTable);

} // namespace plumb::execution

#endif // PLUMB_EXECUTION_CHECKABI_H
