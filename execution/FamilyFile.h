//===- FamilyFile.h - The kinds of family files -----------------*- C++ -*-===//

#ifndef PLUMB_EXECUTION_FAMILYFILE_H
#define PLUMB_EXECUTION_FAMILYFILE_H

#include "plumb-c/Descriptor.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"
#include <memory>

namespace plumb::execution {

/// The JSON of a file of records. plumb-tblgen makes it in a process of its
/// own, with little time and memory: TableGen ends its process for some
/// mistakes, and records can ask for any amount of both.
llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>>
readRecords(llvm::StringRef path);

/// The plugin of a compiled family, whose library stays loaded. The file is
/// refused before any of its code runs if it is not a whole library for this
/// machine, or needs another LLVM.
llvm::Expected<const plumb_family_plugin *>
loadFamilyLibrary(llvm::StringRef path);

} // namespace plumb::execution

#endif // PLUMB_EXECUTION_FAMILYFILE_H
