//===- Register.h - What every tool knows -----------------------*- C++ -*-===//
//
// The one registration function: tools and the plugin call it, so a dialect
// that one of them knows is known to all.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_EXECUTION_REGISTER_H
#define PLUMB_EXECUTION_REGISTER_H

#include "llvm/ADT/StringRef.h"

namespace mlir {
class DialectRegistry;
}

namespace plumb::execution {

/// Adds the `intr` dialect and those of all families, built in or loaded so far
/// (LoadFamilies.h), for inlining and `convert-to-llvm` too. The built-in ones
/// enter the process's registry at once.
/// May be called again.
void registerFamilies(mlir::DialectRegistry &registry);

/// The families, the upstream dialects that programs use, their interfaces for
/// inlining and `convert-to-llvm`, and the translation to LLVM IR.
void registerPlumb(mlir::DialectRegistry &registry);

/// Whether one of MLIR's own dialects that programs use has the name, so that
/// no family can.
bool isUpstreamDialect(llvm::StringRef name);

} // namespace plumb::execution

#endif // PLUMB_EXECUTION_REGISTER_H
