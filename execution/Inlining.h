//===- Inlining.h - Calls of the runtime may be inlined ---------*- C++ -*-===//

#ifndef PLUMB_EXECUTION_INLINING_H
#define PLUMB_EXECUTION_INLINING_H

#include "llvm/ADT/StringRef.h"

namespace mlir {
class DialectRegistry;
}

namespace plumb::execution {

/// Operations of the dialect, when it is loaded, may move to another function
/// with the code around them. `dialect` is static storage.
void addInlining(mlir::DialectRegistry &registry, llvm::StringRef dialect);

} // namespace plumb::execution

#endif // PLUMB_EXECUTION_INLINING_H
