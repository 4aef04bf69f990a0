//===- DwarfReader.h - Signatures out of DWARF ------------------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_ABI_READERS_DWARFREADER_H
#define PLUMB_TOOLS_PLUMB_ABI_READERS_DWARFREADER_H

#include "tools/plumb-abi/readers/Runtime.h"
#include "llvm/Object/ObjectFile.h"
#include <map>
#include <vector>

namespace plumb::abi {

/// Where functions of the object begin, so that one that has several names is
/// found by any of them. The section is UINT64_MAX in linked files.
using AddressMap =
    std::map<std::pair<uint64_t, uint64_t>, std::vector<RuntimeFunction *>>;

/// Gives `functions`, by symbol, the signatures that the object's DWARF has.
/// What is not in it, or damaged, stays without one; damage makes a warning.
void readDwarf(const llvm::object::ObjectFile &object, llvm::StringRef name,
               llvm::StringMap<RuntimeFunction *> &functions,
               const AddressMap &addresses, Runtime &runtime);

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_READERS_DWARFREADER_H
