//===- DwarfReader.h - Signatures out of DWARF ------------------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_ABI_READERS_DWARFREADER_H
#define PLUMB_TOOLS_PLUMB_ABI_READERS_DWARFREADER_H

#include "tools/plumb-abi/readers/Runtime.h"
#include "llvm/Object/ObjectFile.h"

namespace plumb::abi {

/// A function's symbol in one object.
struct FunctionSymbol {
  RuntimeFunction *function;
  uint64_t section = UINT64_MAX;  ///< its index; UINT64_MAX in linked files
  uint64_t address = 0, size = 0; ///< bytes; 0 when it is not known
};

/// Gives the functions of `symbols`, by name, the signatures that the object's
/// DWARF has under their names; an alias, which has none of its own, that of
/// what it stands for. What is not in it, or damaged, stays without one, with
/// the reason; damage makes a warning. `path` is the object's file.
void readDwarf(const llvm::object::ObjectFile &object, llvm::StringRef path,
               const llvm::StringMap<FunctionSymbol> &symbols,
               Runtime &runtime);

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_READERS_DWARFREADER_H
