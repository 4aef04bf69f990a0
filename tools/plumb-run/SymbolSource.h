//===- SymbolSource.h - Where the JIT takes addresses from ------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_RUN_SYMBOLSOURCE_H
#define PLUMB_TOOLS_PLUMB_RUN_SYMBOLSOURCE_H

#include "tools/support/CheckAbi.h"
#include "llvm/ADT/StringMap.h"
#include <optional>
#include <string>

namespace plumb {

/// The addresses that programs may use: intrinsics from the runtime in this
/// process or from a shared library, anything else from libc and libm.
class SymbolSource {
public:
  /// With the runtime that is linked into this tool.
  static SymbolSource builtin();
  /// With that of a shared library, which stays loaded. When it cannot be
  /// loaded, an error on stderr and nothing.
  static std::optional<SymbolSource> fromLibrary(llvm::StringRef path);

  /// Null when there is none.
  void *lookup(llvm::StringRef symbol) const;
  /// Where the row's function comes from, and that runtime's table.
  AbiSource lookupAbi(const plumb_intr_row &row) const;
  /// The runtime's name in messages.
  llvm::StringRef getRuntimeName() const { return runtimeName; }

private:
  std::string runtimeName;
  llvm::StringMap<void *> table; ///< of the builtin runtime
  void *library = nullptr;       ///< dlopen's handle
  /// By family; read when first asked for, null for a runtime without one.
  mutable llvm::StringMap<std::unique_ptr<AbiTable>> abiTables;
};

} // namespace plumb

#endif // PLUMB_TOOLS_PLUMB_RUN_SYMBOLSOURCE_H
