//===- ReadFamily.h - The family of a record file ---------------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_TBLGEN_READFAMILY_H
#define PLUMB_TOOLS_PLUMB_TBLGEN_READFAMILY_H

#include "model/Family.h"
#include <memory>

namespace llvm {
class RecordKeeper;
} // namespace llvm

namespace plumb::tblgen {

/// Reads and checks the family of the main file. Prints every error at its
/// record's line and returns null if there was any; with `evenIfWrong` only
/// when there is no family. Files within `sourceRoot` (empty for none) are
/// named relative to it.
std::unique_ptr<model::Family> readFamily(const llvm::RecordKeeper &records,
                                          llvm::StringRef sourceRoot,
                                          bool evenIfWrong);

} // namespace plumb::tblgen

#endif // PLUMB_TOOLS_PLUMB_TBLGEN_READFAMILY_H
