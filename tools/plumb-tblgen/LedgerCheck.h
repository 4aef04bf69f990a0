//===- LedgerCheck.h - A family against its ledger --------------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_TBLGEN_LEDGERCHECK_H
#define PLUMB_TOOLS_PLUMB_TBLGEN_LEDGERCHECK_H

#include "Model.h"
#include "llvm/Support/raw_ostream.h"

namespace plumb::tblgen {

/// Writes to `os` what the check has seen, for a build to keep as its stamp. A
/// ledger file that does not exist is one without lines. `version` is that of
/// the family's project; empty, it is not checked against. Returns false, with
/// every error at its record or line, when the records do not keep what the
/// ledger promises.
bool checkLedger(const llvm::RecordKeeper &records, const Family &family,
                 llvm::StringRef path, llvm::StringRef version,
                 llvm::raw_ostream &os);

/// Writes the ledger to `os` as it should be now: what a release has is kept,
/// what comes after it follows the records. With `release`, `version` becomes
/// one. Fails as checkLedger does, where a release's promise is broken.
bool updateLedger(const llvm::RecordKeeper &records, const Family &family,
                  llvm::StringRef path, llvm::StringRef version, bool release,
                  llvm::raw_ostream &os);

} // namespace plumb::tblgen

#endif // PLUMB_TOOLS_PLUMB_TBLGEN_LEDGERCHECK_H
