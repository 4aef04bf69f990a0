//===- CheckAtStart.h - A shared runtime once more --------------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMBC_CHECKATSTART_H
#define PLUMB_TOOLS_PLUMBC_CHECKATSTART_H

#include "RuntimeArchive.h"
#include "llvm/IR/Module.h"

namespace plumb {

/// Adds to the program that it compares the runtime's table with its own rows
/// before main: by then the file may be another. Without a library's name, what
/// the program will be linked with is not known: if that has no table, or is
/// without Plumb's runtime, nothing is compared.
void checkAtStart(llvm::Module &module, const SharedRuntime &runtime);

} // namespace plumb

#endif // PLUMB_TOOLS_PLUMBC_CHECKATSTART_H
