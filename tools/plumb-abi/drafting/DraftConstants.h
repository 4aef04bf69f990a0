//===- DraftConstants.h - Constants of a header as records ---*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_ABI_DRAFTING_DRAFTCONSTANTS_H
#define PLUMB_TOOLS_PLUMB_ABI_DRAFTING_DRAFTCONSTANTS_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"

namespace plumb::abi {

struct Draft;
struct Runtime;
class DraftTypes;

/// Adds records of the runtime's constants that are chosen by name. Cases of
/// enums are theirs already; what no record can hold has none.
void draftConstants(Draft &draft, const Runtime &runtime, DraftTypes &types,
                    llvm::function_ref<bool(llvm::StringRef)> isChosen);

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_DRAFTING_DRAFTCONSTANTS_H
