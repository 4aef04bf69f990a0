//===- LedgerUpdate.cpp - A ledger as it should be now --------------------===//

#include "LedgerCheck.h"
#include "model/Promises.h"
#include "llvm/ADT/StringMap.h"

using namespace llvm;
using namespace plumb::model;
using namespace plumb::tblgen;
using plumb::model::Ledger;
using plumb::model::LedgerEntry;

static LedgerEntry entryOf(const plumb_intr_row &row) {
  LedgerEntry entry(LedgerEntry::Row, 0,
                    plumb::model::parseVersion(row.since).value());
  entry.name = row.name;
  entry.signature = row.signature;
  entry.hash = row.hash;
  entry.sourceName = row.source_name;
  entry.symbol = row.symbol;
  return entry;
}

bool plumb::tblgen::updateLedger(const RecordKeeper &records,
                                 const Family &family, StringRef path,
                                 StringRef version, bool release,
                                 raw_ostream &os) {
  LedgerChecker checker(records, family, path, version, /*forUpdate=*/true);
  if (!checker.run())
    return false;
  std::optional<VersionTuple> now = plumb::model::parseVersion(version);
  if (!now) {
    PrintError("-update-ledger needs -family-version=<version>");
    return false;
  }
  const Ledger &ledger = checker.ledger;
  const LedgerEntry *last = ledger.lastRelease();
  if (release && last && *now == last->version) {
    PrintError("the ledger has release " + version +
               " already; raise the project's version");
    return false;
  }

  // Byte for byte down to the last release; the tombstones after it stay too.
  size_t kept = 0;
  for (unsigned line = 0; last && line < last->line; ++line)
    kept = std::min(checker.text.find('\n', kept), checker.text.size() - 1) + 1;
  if (kept)
    os << checker.text.take_front(kept).rtrim('\n') << "\n";
  else
    os << plumb::model::printLedgerHead(family.get().name);
  StringMap<bool> released;
  for (const LedgerEntry &entry : ledger.entries) {
    if (ledger.isReleased(entry))
      released[entry.name] = true;
    else if ((entry.kind == LedgerEntry::Removed ||
              entry.kind == LedgerEntry::Corrected) &&
             released.contains(entry.name))
      os << plumb::model::printLedgerLine(entry) << "\n";
  }
  for (const plumb_intr_row &row : rows(family.get()))
    if (!released.contains(row.name))
      os << plumb::model::printLedgerLine(entryOf(row)) << "\n";
  auto amend = [&](LedgerEntry::Kind kind, std::string name,
                   std::string promises) {
    const LedgerEntry *before = ledger.findReleasedPromises(name);
    if (before && before->promises == promises)
      return;
    LedgerEntry entry(kind, 0, *now);
    entry.name = std::move(name);
    entry.promises = std::move(promises);
    os << plumb::model::printLedgerLine(entry) << "\n";
  };
  for (const plumb_intr_row &row : rows(family.get()))
    amend(LedgerEntry::Promises, row.name, promisesOf(row));
  for (const plumb_intr_option &option : options(family.get()))
    amend(LedgerEntry::Option,
          std::string(family.get().name) + "." + option.name,
          promisesOf(option));
  for (const plumb_intr_status &status : statuses(family.get()))
    if (!released.contains(status.name)) {
      LedgerEntry entry(LedgerEntry::Status, 0, *now);
      entry.name = status.name;
      entry.code = status.code;
      os << plumb::model::printLedgerLine(entry) << "\n";
    }
  if (release) {
    LedgerEntry entry(LedgerEntry::Release, 0, *now);
    os << plumb::model::printLedgerLine(entry) << "\n";
  }
  return true;
}
