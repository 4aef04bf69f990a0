//===- Guard.h - Work that a bad file may bring down ------------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_ABI_GUARD_H
#define PLUMB_TOOLS_PLUMB_ABI_GUARD_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"

namespace plumb::abi {

/// Runs `work` in a process of its own, with limits of time and memory, and
/// returns what it returns. LLVM's readers take files for whole: one that ends
/// the process, or never ends it, is reported here as `file` being damaged, and
/// the result is 2.
int runGuarded(llvm::function_ref<int()> work);

/// What the work reads now, for that report.
void setGuardedFile(llvm::StringRef file);

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_GUARD_H
