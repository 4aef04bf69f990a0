//===- DwarfUnits.h - What units and files leave out ------------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_ABI_READERS_DWARFUNITS_H
#define PLUMB_TOOLS_PLUMB_ABI_READERS_DWARFUNITS_H

#include "llvm/ADT/DenseMap.h"
#include "llvm/DebugInfo/DWARF/DWARFUnit.h"
#include "llvm/Object/ObjectFile.h"

namespace plumb::abi {

/// Remembers, of each unit, whether it was made with types. With -g1, and
/// rustc's debuginfo=1, all functions are there as if they had neither result
/// nor parameters.
class DwarfUnits {
public:
  bool haveTypes(llvm::DWARFUnit &unit);

private:
  llvm::DenseMap<llvm::DWARFUnit *, bool> known;
};

/// Whether the linker may have given functions of equal code one address: lld,
/// mold and gold can, GNU ld cannot. Objects are not linked.
bool mayBeMerged(const llvm::object::ObjectFile &object);

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_READERS_DWARFUNITS_H
