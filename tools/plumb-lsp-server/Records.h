//===- Records.h - Where records are ----------------------------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_LSP_SERVER_RECORDS_H
#define PLUMB_TOOLS_PLUMB_LSP_SERVER_RECORDS_H

#include "llvm/Support/LSP/Protocol.h"
#include <optional>

namespace plumb::lspserver {

/// Finds the files that rows come from. A row says "folder/Family.td:12", with
/// a path relative to the project that has the family.
class Records {
public:
  /// `tool` is the path of the executable.
  explicit Records(llvm::StringRef tool) : tool(tool) {}

  /// Looked in after those that were added before.
  void addRoot(llvm::StringRef folder);

  /// The line of the record, looked for in the roots, then in each folder above
  /// `document`, then in each above the tool, where an install tree has its
  /// records and a build folder its project; none when it is in none of them.
  std::optional<llvm::lsp::Location> find(llvm::StringRef location,
                                          llvm::StringRef document) const;

private:
  std::string tool;
  std::vector<std::string> roots;
};

} // namespace plumb::lspserver

#endif // PLUMB_TOOLS_PLUMB_LSP_SERVER_RECORDS_H
