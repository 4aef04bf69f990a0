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

class Families;

/// Adds the `intr` dialect and those of all families of the set, which contexts
/// that use the registry then have, for inlining and `convert-to-llvm` too. May
/// be called again, with more families.
void registerFamilies(mlir::DialectRegistry &registry,
                      const Families &families);

/// The families, the upstream dialects that programs use, their interfaces for
/// inlining and `convert-to-llvm`, and the translation to LLVM IR.
void registerPlumb(mlir::DialectRegistry &registry, const Families &families);
/// With the built-in families alone.
void registerPlumb(mlir::DialectRegistry &registry);

/// Whether one of MLIR's own dialects that programs use has the name, so that
/// no family can.
bool isUpstreamDialect(llvm::StringRef name);

} // namespace plumb::execution

#endif // PLUMB_EXECUTION_REGISTER_H
