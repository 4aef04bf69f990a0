//===- AbiTable.h - What a runtime was built from ---------------*- C++ -*-===//
//
// A runtime that Plumb built exports a text for each family, the C array
// `plumb_abi_<family>`; see docs/versions.md. Runtimes of others have none.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_EXECUTION_ABITABLE_H
#define PLUMB_EXECUTION_ABITABLE_H

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <optional>
#include <string>

namespace llvm::object {
class Binary;
}

namespace plumb::execution {

struct AbiTableRow {
  uint64_t hash = 0;
  std::string signature;
  std::string promises{}; ///< as model/Promises.h; empty in tables of Plumb 0.2
};

struct AbiTable {
  std::string family, version;
  llvm::StringMap<AbiTableRow> rows{}; ///< by symbol
  /// Statuses and options are known, and what the rows promise.
  bool isWhole = false;
  llvm::StringMap<int64_t> statuses{};    ///< by name
  llvm::StringMap<std::string> options{}; ///< what each takes, by name
};

/// The symbol of a family's table.
std::string abiTableSymbol(llvm::StringRef family);

/// Reads a table; none when the text is of another form. Tables of Plumb 0.2
/// have signatures alone.
std::optional<AbiTable> parseAbiTable(llvm::StringRef text);

/// The tables in a static or a shared library, by family. Members of an archive
/// that hold no table are not looked at; any other file has none. An error when
/// a table is there but cannot be read.
llvm::Expected<llvm::StringMap<AbiTable>>
readAbiTables(const llvm::object::Binary &library);

/// The family's table in a library that dlopen has loaded; none when the
/// library has none that can be read.
std::optional<AbiTable> readLoadedAbiTable(void *library,
                                           llvm::StringRef family);

} // namespace plumb::execution

#endif // PLUMB_EXECUTION_ABITABLE_H
