//===- RuntimeCheck.h - A compiled runtime against its records --*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_TBLGEN_RUNTIMECHECK_H
#define PLUMB_TOOLS_PLUMB_TBLGEN_RUNTIMECHECK_H

#include "model/Family.h"
#include "llvm/Support/raw_ostream.h"

namespace llvm {
class RecordKeeper;
} // namespace llvm

namespace plumb::tblgen {

/// Reads the symbols of an object, a static or a shared library. Every row must
/// have its function and its body there, and every function that the runtime
/// shows under the family's prefix a row: the linker would say the first in its
/// own words, or nothing at all, and the second nobody. Returns false with
/// every error at its record.
bool checkRuntime(const llvm::RecordKeeper &records,
                  const model::Family &family, llvm::StringRef path,
                  llvm::raw_ostream &os);

} // namespace plumb::tblgen

#endif // PLUMB_TOOLS_PLUMB_TBLGEN_RUNTIMECHECK_H
