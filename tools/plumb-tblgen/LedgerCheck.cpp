//===- LedgerCheck.cpp - A family against its ledger ----------------------===//
//
// What a release has never changes. What the ledger has below its last release
// may change, but not by accident: `make ledger` says that it is meant.
//
//===----------------------------------------------------------------------===//

#include "LedgerCheck.h"
#include "model/Promises.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/TableGen/Error.h"

using namespace llvm;
using namespace plumb::model;
using namespace plumb::tblgen;
using plumb::model::LedgerEntry;
using plumb::model::LedgerError;

LedgerChecker::LedgerChecker(const RecordKeeper &records, const Family &family,
                             StringRef path, StringRef version, bool forUpdate)
    : locations(records, family), family(family), path(path),
      forUpdate(forUpdate) {
  this->version = plumb::model::parseVersion(version);
  if (!version.empty() && !this->version) {
    PrintError("-family-version: '" + version +
               "' is not a version, such as 0.1");
    failed = true;
  }
}

SMLoc LedgerChecker::lineLoc(unsigned line) const {
  StringRef rest = text;
  while (--line)
    rest = rest.split('\n').second;
  return SMLoc::getFromPointer(rest.begin());
}

bool LedgerChecker::read() {
  if (!sys::fs::exists(path))
    return true;
  auto file = MemoryBuffer::getFile(path, /*IsText=*/true);
  if (!file) {
    PrintError("cannot read the ledger '" + path +
               "': " + file.getError().message());
    return false;
  }
  // Errors then show the ledger's line as they show a record's.
  unsigned buffer = SrcMgr.AddNewSourceBuffer(std::move(*file), SMLoc());
  text = SrcMgr.getMemoryBuffer(buffer)->getBuffer();
  SmallVector<LedgerError> errors;
  ledger = plumb::model::parseLedger(text, errors);
  if (errors.empty() && !text.trim().empty() &&
      ledger.family != family.get().name)
    errors.push_back({1, "this is the ledger of family '" + ledger.family +
                             "', not of '" + family.get().name + "'"});
  for (const LedgerError &e : errors)
    error(lineLoc(e.line), e.message);
  if (!errors.empty())
    PrintNote("a ledger is changed by `make ledger` only, and by tombstones at "
              "its end; `git diff` and `git log` show what happened to it");
  return errors.empty();
}

std::string LedgerChecker::nextVersion() const {
  const LedgerEntry *release = ledger.lastRelease();
  if (version && (!release || *version > release->version))
    return version->withoutBuild().getAsString();
  // The project's own version must grow first.
  VersionTuple last = release->version;
  return VersionTuple(last.getMajor(), last.getMinor().value_or(0) + 1)
      .getAsString();
}

void LedgerChecker::checkVersions() {
  const LedgerEntry *release = ledger.lastRelease();
  if (version && release && *version < release->version)
    error(lineLoc(release->line),
          "the ledger has release " + release->version.getAsString() +
              ", but this project's version is " + version->getAsString() +
              "; raise it in project(... VERSION ...)");
}

void LedgerChecker::differ(const LedgerEntry &entry, SMLoc at, StringRef what,
                           const Twine &ours, const Twine &theirs) {
  if (mayChange(entry))
    return;
  error(at, "'" + entry.name + "' has another " + what + " than the ledger\n" +
                "  record: " + ours + "\n  ledger: " + theirs);
  std::string fix;
  if (ledger.isReleased(entry))
    fix = "a release has it, so it never changes: restore it here, or give "
          "what is new another name and add to the ledger `removed " +
          nextVersion() + " " + entry.name + " <why>`";
  else
    fix = "no release has it yet: restore it here, or, if this is meant, run "
          "`make ledger`";
  PrintNote(lineLoc(entry.line), fix);
}

void LedgerChecker::gone(const LedgerEntry &entry, StringRef what,
                         StringRef hint) {
  if (mayChange(entry))
    return;
  error(locations.family(), what + " '" + entry.name +
                                "' is in the ledger and no record has it" +
                                hint);
  std::string fix;
  if (ledger.isReleased(entry))
    fix = "programs made for that release may use it: bring the record back, "
          "or add to the "
          "ledger `removed " +
          nextVersion() + " " + entry.name + " <why>`";
  else
    fix = "no release has it yet: bring the record back, or, if this is "
          "meant, run `make ledger`";
  PrintNote(lineLoc(entry.line), fix);
}

void LedgerChecker::checkRemoved(const LedgerEntry &entry,
                                 const plumb_intr_row &row) {
  const LedgerEntry &removal = *ledger.findRemoval(entry.name);
  StringRef what = row.name == entry.name                ? "the name"
                   : row.source_name == entry.sourceName ? "the source name"
                   : row.symbol == entry.symbol          ? "the symbol"
                                                         : "";
  // A rename keeps what programs were compiled against.
  if (what.empty() ||
      (row.name != entry.name &&
       withoutPromises(row.signature) == withoutPromises(entry.signature)))
    return;
  error(loc(row), what + " of intrinsic '" + row.name + "' was that of '" +
                      entry.name + "', which was removed in " +
                      removal.version.getAsString() +
                      "; it is never used again, choose another");
  PrintNote(lineLoc(removal.line), "its tombstone is here");
}

void LedgerChecker::checkRow(const LedgerEntry &entry) {
  if (ledger.findRemoval(entry.name)) {
    for (const plumb_intr_row &row : rows(family.get()))
      checkRemoved(entry, row);
    return;
  }
  auto row = find_if(rows(family.get()), [&](const plumb_intr_row &row) {
    return row.name == entry.name;
  });
  if (row == rows(family.get()).end()) {
    std::string hint;
    for (const plumb_intr_row &other : rows(family.get()))
      if (other.symbol == entry.symbol || other.source_name == entry.sourceName)
        hint = std::string("; '") + other.name +
               "' has its symbol or source name now";
    return gone(entry, "intrinsic", hint);
  }
  if (plumb::model::parseVersion(row->since) != entry.version)
    differ(entry, loc(*row), "since", row->since, entry.version.getAsString());
  if (row->source_name != entry.sourceName)
    differ(entry, loc(*row), "source name", row->source_name, entry.sourceName);
  checkPromises(entry, *row);
  if (withoutPromises(row->signature) != withoutPromises(entry.signature))
    differ(entry, loc(*row),
           row->symbol == entry.symbol ? "signature" : "symbol", row->signature,
           entry.signature);
}

void LedgerChecker::narrowed(const LedgerEntry &before, SMLoc at,
                             ArrayRef<std::string> how) {
  if (how.empty() || ledger.findCorrection(before.name))
    return;
  error(at, "'" + before.name + "' promises less than release " +
                ledger.lastRelease()->version.getAsString() +
                " does: " + join(how, "; "));
  PrintNote(lineLoc(before.line),
            "programs made for that release rely on it: restore it here, or "
            "give what is new another name; if it was never true, add to the "
            "ledger `corrected " +
                nextVersion() + " " + before.name + " <why>`");
}

void LedgerChecker::checkPromises(const LedgerEntry &released,
                                  const plumb_intr_row &row) {
  if (!ledger.isReleased(released))
    return;
  std::string now = promisesOf(row);
  if (const LedgerEntry *before = ledger.findReleasedPromises(row.name))
    narrowed(*before, loc(row), narrowings(before->promises, now));
  else
    narrowed(released, loc(row),
             narrowingsOfSignature(released.signature, now));
}

void LedgerChecker::checkOpen(const LedgerEntry &entry) {
  for (const plumb_intr_row &row : rows(family.get()))
    if (row.name == entry.name && promisesOf(row) != entry.promises)
      differ(entry, loc(row), "promises", promisesOf(row), entry.promises);
}

void LedgerChecker::checkOption(const LedgerEntry &entry) {
  StringRef name = plainName(entry.name);
  auto found = find_if(options(family.get()), [&](const plumb_intr_option &o) {
    return o.name == name;
  });
  bool isThere = found != options(family.get()).end();
  if (const LedgerEntry *removal = ledger.findRemoval(entry.name)) {
    if (!isThere)
      return;
    error(locations.option(entry.name),
          "option '" + entry.name + "' was removed in " +
              removal->version.getAsString() +
              "; its name is never used again, choose another");
    return PrintNote(lineLoc(removal->line), "its tombstone is here");
  }
  if (!isThere)
    return gone(entry, "option", "");
  std::string now = promisesOf(*found);
  if (!ledger.isReleased(entry)) {
    if (entry.promises != now)
      differ(entry, locations.option(entry.name), "values", now,
             entry.promises);
  } else if (ledger.findReleasedPromises(entry.name) == &entry) {
    narrowed(entry, locations.option(entry.name),
             narrowingsOfOption(entry.promises, now));
  }
}

void LedgerChecker::checkStatus(const LedgerEntry &entry) {
  const LedgerEntry *removal = ledger.findRemoval(entry.name);
  auto status =
      find_if(statuses(family.get()), [&](const plumb_intr_status &s) {
        return s.name == entry.name || (removal && s.code == entry.code);
      });
  if (removal && status != statuses(family.get()).end()) {
    error(locations.status(status->name),
          "status '" + Twine(status->name) + "' (" + Twine(status->code) +
              ") has the name or the code of '" + entry.name +
              "', which was removed in " + removal->version.getAsString() +
              "; neither is used again, choose others");
    PrintNote(lineLoc(removal->line), "its tombstone is here");
  } else if (!removal && status == statuses(family.get()).end()) {
    gone(entry, "status", "");
  } else if (!removal && status->code != entry.code) {
    differ(entry, locations.status(entry.name), "code", Twine(status->code),
           Twine(entry.code));
  }
}

/// A row that no release has cannot be since one.
void LedgerChecker::checkSince(const plumb_intr_row &row) {
  std::optional<VersionTuple> since = plumb::model::parseVersion(row.since);
  if (!since)
    return error(loc(row), "'" + Twine(row.name) + "' is since '" + row.since +
                               "', which is not a version, such as 0.1");
  if (version && *since > *version)
    return error(loc(row),
                 "'" + Twine(row.name) + "' is since " + row.since +
                     ", but this is version " + version->getAsString() +
                     " only; write `let since = \"" + nextVersion() + "\";`");
  const LedgerEntry *release = ledger.lastRelease();
  if (!release || *since > release->version)
    return;
  error(loc(row), "'" + Twine(row.name) + "' is since " + row.since +
                      ", but release " + release->version.getAsString() +
                      " did not have it; write `let since = \"" +
                      nextVersion() + "\";`");
  PrintNote(lineLoc(release->line), "the release is here");
}

bool LedgerChecker::run() {
  if (failed || !read())
    return false;
  checkVersions();
  StringMap<bool> released;
  for (const LedgerEntry &entry : ledger.entries) {
    if (entry.kind == LedgerEntry::Row)
      checkRow(entry);
    else if (entry.kind == LedgerEntry::Status)
      checkStatus(entry);
    else if (entry.kind == LedgerEntry::Option)
      checkOption(entry);
    else if (entry.kind == LedgerEntry::Promises && !ledger.isReleased(entry))
      checkOpen(entry);
    if (ledger.isReleased(entry))
      released[entry.name] = true;
  }
  for (const plumb_intr_row &row : rows(family.get()))
    if (!released.contains(row.name))
      checkSince(row);
  return !failed;
}

bool plumb::tblgen::checkLedger(const RecordKeeper &records,
                                const Family &family, StringRef path,
                                StringRef version, raw_ostream &os) {
  LedgerChecker checker(records, family, path, version, /*forUpdate=*/false);
  if (!checker.run())
    return false;
  os << rows(family.get()).size() << " intrinsics keep what " << path
     << " has in " << checker.ledger.entries.size() << " lines\n";
  return true;
}
