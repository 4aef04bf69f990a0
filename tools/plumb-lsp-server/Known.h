//===- Known.h - The families that an editor works with ---------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_LSP_SERVER_KNOWN_H
#define PLUMB_TOOLS_PLUMB_LSP_SERVER_KNOWN_H

#include "mlir/IR/DialectRegistry.h"
#include "plumb/Execution/LoadFamilies.h"
#include "llvm/Support/Chrono.h"
#include <memory>

namespace plumb::lspserver {

/// The families of the command line, as their files are now.
class Known {
public:
  /// `families` has the files.
  explicit Known(const execution::Families &families);

  /// What contexts are made with.
  const mlir::DialectRegistry &getDialects() const { return state->dialects; }
  const intr::Registry &getFamilies() const {
    return state->families.getRegistry();
  }

  /// Loads all families again when a file of one has changed, unless it is a
  /// library, which stays in the process. True when that was so, and then what
  /// was got from the other members before is gone. When the files are not as
  /// they should be, the families stay as they were, and `problem` says why,
  /// once for each change.
  bool refresh(std::string &problem);

private:
  struct State {
    execution::Families families;
    mlir::DialectRegistry dialects;
  };
  /// When a file was changed, and its size.
  using Stamp = std::pair<llvm::sys::TimePoint<>, uint64_t>;

  std::vector<Stamp> stamps() const;

  llvm::SmallVector<std::string> files;
  std::vector<Stamp> seen;
  std::unique_ptr<State> state;
};

} // namespace plumb::lspserver

#endif // PLUMB_TOOLS_PLUMB_LSP_SERVER_KNOWN_H
