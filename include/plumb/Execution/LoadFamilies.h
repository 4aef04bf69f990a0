//===- LoadFamilies.h - Families from files ---------------------*- C++ -*-===//
//
// What `--load-family` takes: records (.td), their JSON (.json), or a library
// that add_intrinsic_family(... PLUGIN ...) made (.so). Such a library is code
// that runs in this process; the others are data, and are not trusted.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_EXECUTION_LOADFAMILIES_H
#define PLUMB_EXECUTION_LOADFAMILIES_H

#include "plumb-c/Descriptor.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace mlir {
class DialectRegistry;
}

namespace plumb::execution {

/// Adds the family to the process's registry, for ever. The error says what is
/// wrong with the file, or which two sides do not fit. Any thread; a dialect
/// registry that exists already gets the dialect by registerLoadedFamilies.
llvm::Error loadFamily(llvm::StringRef path);

/// The family of such a file, without adding it to a registry: for tools that
/// hold one state of a family beside another. It lives until the process ends.
llvm::Expected<const plumb_intr_family *> readFamily(llvm::StringRef path);

/// Loads what the environment's PLUMB_LOAD_FAMILY names, files with colons
/// between; nothing the second time. For programs whose command line is not
/// ours, such as the distribution's mlir-opt.
llvm::Error loadFamiliesOfEnvironment();

/// Adds the dialects of all families loaded so far; registerFamilies does so
/// too. May be called again.
void registerLoadedFamilies(mlir::DialectRegistry &registry);

/// The functions that loaded libraries brought with them, by C symbol; null
/// when none has it.
void *lookupLoadedSymbol(llvm::StringRef symbol);

} // namespace plumb::execution

#endif // PLUMB_EXECUTION_LOADFAMILIES_H
