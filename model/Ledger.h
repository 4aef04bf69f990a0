//===- Ledger.h - What releases of a family had -----------------*- C++ -*-===//
//
// abi/<family>.abi: lines for every row, status and option that a release had,
// with tombstones for those that are gone. docs/versions.md has its format and
// rules. Depends on LLVM's support library only.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_MODEL_LEDGER_H
#define PLUMB_MODEL_LEDGER_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/VersionTuple.h"
#include <optional>
#include <string>

namespace plumb::model {

/// One line. Fields that its kind does not have are empty or 0.
struct LedgerEntry {
  enum Kind { Row, Promises, Status, Option, Corrected, Removed, Release };

  LedgerEntry(Kind kind, unsigned line, llvm::VersionTuple version)
      : kind(kind), line(line), version(version) {}

  Kind kind;
  unsigned line; ///< from 1
  llvm::VersionTuple version;
  std::string name; ///< of a row, status or option
  uint64_t hash = 0;
  std::string sourceName, symbol, signature;
  int64_t code = 0;
  std::string promises; ///< of a row, or of an option: Promises.h
  std::string reason;   ///< why it was removed or corrected
};

struct LedgerError {
  unsigned line; ///< from 1
  std::string message;
};

/// A ledger's lines in their order, without comments.
struct Ledger {
  std::string family; ///< empty in an empty file
  llvm::SmallVector<LedgerEntry, 0> entries;

  /// The last release; none before the first.
  const LedgerEntry *lastRelease() const;
  /// Whether a release has the line: it never changes again.
  bool isReleased(const LedgerEntry &entry) const;
  /// What the last release has promised of a row or an option; null before
  /// one did.
  const LedgerEntry *findReleasedPromises(llvm::StringRef name) const;
  /// The line after the last release that says why a row or option promises
  /// less than it did; null for none.
  const LedgerEntry *findCorrection(llvm::StringRef name) const;
  /// The tombstone of a row, status or option; null while it lives.
  const LedgerEntry *findRemoval(llvm::StringRef name) const;
};

/// Reads any text. What is wrong with it, and with the order and the hashes of
/// its lines, is added to `errors`; lines that cannot be read are left out.
Ledger parseLedger(llvm::StringRef text,
                   llvm::SmallVectorImpl<LedgerError> &errors);

/// "0.1" and "0.1.0" are one version. None for anything but one to four
/// numbers with dots between.
std::optional<llvm::VersionTuple> parseVersion(llvm::StringRef text);

/// The line of an entry, without a line break.
std::string printLedgerLine(const LedgerEntry &entry);
/// The comment that explains the format, and the line that names the family.
std::string printLedgerHead(llvm::StringRef family);

} // namespace plumb::model

#endif // PLUMB_MODEL_LEDGER_H
