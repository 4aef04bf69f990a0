//===- SymbolSource.h - Where the JIT takes addresses from ------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_RUN_SYMBOLSOURCE_H
#define PLUMB_TOOLS_PLUMB_RUN_SYMBOLSOURCE_H

#include "tools/support/CheckAbi.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include <optional>
#include <string>

namespace plumb {

/// The addresses that programs may use. A family's intrinsics come from the
/// first library that has any of them, or from the library that it was loaded
/// from, or from the runtime in this tool: never a part from one and a part
/// from another. A library with the function that starts a program is a whole
/// runtime, and the one in this tool is not used then. Anything that is no
/// intrinsic comes from libc and libm.
class SymbolSource {
public:
  /// The libraries are loaded for ever. When one cannot be, an error on stderr
  /// and nothing.
  static std::optional<SymbolSource>
  create(llvm::ArrayRef<std::string> libraries);

  /// Null when there is none.
  void *lookup(llvm::StringRef symbol) const;
  /// Where the row's function comes from, and that runtime's table.
  AbiSource lookupAbi(const plumb_intr_row &row) const;
  /// The runtime's name in messages; with commas between when there are more.
  llvm::StringRef getRuntimeName() const { return runtimeName; }

private:
  struct Library {
    std::string path;
    void *handle; ///< dlopen's
  };
  /// The library that has functions of the family; null when none has.
  const Library *findLibrary(const plumb_intr_family &family) const;
  void *lookupRow(const plumb_intr_row &row) const;

  std::string runtimeName;
  llvm::StringMap<void *> table; ///< of the runtime in this tool
  llvm::SmallVector<Library> libraries;
  /// By family; read when first asked for, null for a runtime without one.
  mutable llvm::StringMap<std::unique_ptr<AbiTable>> abiTables;
};

} // namespace plumb

#endif // PLUMB_TOOLS_PLUMB_RUN_SYMBOLSOURCE_H
