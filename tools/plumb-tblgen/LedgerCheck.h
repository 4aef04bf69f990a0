//===- LedgerCheck.h - A family against its ledger --------------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_TBLGEN_LEDGERCHECK_H
#define PLUMB_TOOLS_PLUMB_TBLGEN_LEDGERCHECK_H

#include "RecordLocations.h"
#include "model/Ledger.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/TableGen/Error.h"

namespace plumb::tblgen {

/// Reads a ledger and compares; prints every error at its record or line.
class LedgerChecker {
public:
  LedgerChecker(const llvm::RecordKeeper &records, const model::Family &family,
                llvm::StringRef path, llvm::StringRef version, bool forUpdate);

  /// Reads the ledger and compares; false when an error was printed.
  bool run();

  model::Ledger ledger;
  llvm::StringRef text; ///< of the ledger file

private:
  bool read();
  void checkVersions();
  void checkRow(const model::LedgerEntry &entry);
  void checkStatus(const model::LedgerEntry &entry);
  void checkOption(const model::LedgerEntry &entry);
  /// That the row promises what `released`, its line, and those below it did.
  void checkPromises(const model::LedgerEntry &released,
                     const plumb_intr_row &row);
  /// That a line which no release has is as the records say.
  void checkOpen(const model::LedgerEntry &entry);
  void narrowed(const model::LedgerEntry &before, llvm::SMLoc at,
                llvm::ArrayRef<std::string> how);
  void checkSince(const plumb_intr_row &row);
  void checkRemoved(const model::LedgerEntry &entry, const plumb_intr_row &row);
  void differ(const model::LedgerEntry &entry, llvm::SMLoc at,
              llvm::StringRef what, const llvm::Twine &ours,
              const llvm::Twine &theirs);
  void gone(const model::LedgerEntry &entry, llvm::StringRef what,
            llvm::StringRef hint);

  void error(llvm::SMLoc at, const llvm::Twine &message) {
    llvm::PrintError(at, message);
    failed = true;
  }
  /// The start of a line of the ledger.
  llvm::SMLoc lineLoc(unsigned line) const;
  llvm::SMLoc loc(const plumb_intr_row &row) const {
    return locations.row(row.name);
  }
  /// Lines that no release has are about to be written anew.
  bool mayChange(const model::LedgerEntry &entry) const {
    return forUpdate && !ledger.isReleased(entry);
  }
  std::string nextVersion() const;

  RecordLocations locations;
  const model::Family &family;
  llvm::StringRef path;
  std::optional<llvm::VersionTuple> version;
  bool forUpdate, failed = false;
};

/// Writes to `os` what the check has seen, for a build to keep as its stamp. A
/// ledger file that does not exist is one without lines. `version` is that of
/// the family's project; empty, it is not checked against. Returns false, with
/// every error at its record or line, when the records do not keep what the
/// ledger promises.
bool checkLedger(const llvm::RecordKeeper &records, const model::Family &family,
                 llvm::StringRef path, llvm::StringRef version,
                 llvm::raw_ostream &os);

/// Writes the ledger to `os` as it should be now: what a release has is kept,
/// what comes after it follows the records. With `release`, `version` becomes
/// one. Fails as checkLedger does, where a release's promise is broken.
bool updateLedger(const llvm::RecordKeeper &records,
                  const model::Family &family, llvm::StringRef path,
                  llvm::StringRef version, bool release, llvm::raw_ostream &os);

} // namespace plumb::tblgen

#endif // PLUMB_TOOLS_PLUMB_TBLGEN_LEDGERCHECK_H
