//===- Ledger.cpp - Reading and writing ledgers ---------------------------===//

#include "model/Ledger.h"
#include "model/Signature.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSwitch.h"

using namespace llvm;
using namespace plumb::model;

static bool isStatement(LedgerEntry::Kind kind) {
  return kind == LedgerEntry::Row || kind == LedgerEntry::Status;
}

/// What is said once more when it has changed.
static bool isAmended(LedgerEntry::Kind kind) {
  return kind == LedgerEntry::Promises || kind == LedgerEntry::Option ||
         kind == LedgerEntry::Corrected;
}

const LedgerEntry *Ledger::lastRelease() const {
  for (const LedgerEntry &entry : reverse(entries))
    if (entry.kind == LedgerEntry::Release)
      return &entry;
  return nullptr;
}

bool Ledger::isReleased(const LedgerEntry &entry) const {
  const LedgerEntry *release = lastRelease();
  return release && entry.line <= release->line;
}

const LedgerEntry *Ledger::findReleasedPromises(StringRef name) const {
  for (const LedgerEntry &entry : reverse(entries))
    if ((entry.kind == LedgerEntry::Promises ||
         entry.kind == LedgerEntry::Option) &&
        entry.name == name && isReleased(entry))
      return &entry;
  return nullptr;
}

const LedgerEntry *Ledger::findCorrection(StringRef name) const {
  for (const LedgerEntry &entry : entries)
    if (entry.kind == LedgerEntry::Corrected && entry.name == name &&
        !isReleased(entry))
      return &entry;
  return nullptr;
}

const LedgerEntry *Ledger::findRemoval(StringRef name) const {
  for (const LedgerEntry &entry : entries)
    if (entry.kind == LedgerEntry::Removed && entry.name == name)
      return &entry;
  return nullptr;
}

std::optional<VersionTuple> plumb::model::parseVersion(StringRef text) {
  VersionTuple version;
  if (!all_of(text, [](char c) { return isDigit(c) || c == '.'; }) ||
      version.tryParse(text))
    return std::nullopt;
  return version;
}

namespace {
/// Reads line by line; every mistake is an error at its line.
class Reader {
public:
  explicit Reader(SmallVectorImpl<LedgerError> &errors) : errors(errors) {}

  void read(StringRef lineText);
  Ledger ledger;

private:
  void error(const Twine &message) { errors.push_back({line, message.str()}); }
  StringRef word() {
    auto [first, others] = rest.ltrim(' ').split(' ');
    rest = others;
    return first;
  }
  bool readHead();
  void readEntry(StringRef keyword);
  bool readRow(LedgerEntry &entry);
  void check(const LedgerEntry &entry);

  SmallVectorImpl<LedgerError> &errors;
  unsigned line = 0;
  StringRef rest;
  StringMap<unsigned> lineOf, removedAt; ///< by name
  VersionTuple released;
  bool hasRelease = false;
};
} // namespace

bool Reader::readHead() {
  if (word() == "ledger" && word() == "1") {
    ledger.family = word().str();
    if (!ledger.family.empty() && rest.trim().empty())
      return true;
  }
  error("a ledger begins with 'ledger 1 <family>'");
  return false;
}

bool Reader::readRow(LedgerEntry &entry) {
  StringRef hash = word();
  entry.name = word();
  entry.sourceName = word();
  entry.symbol = word();
  entry.signature = rest.trim();
  if (hash.size() != 16 || hash.getAsInteger(16, entry.hash) ||
      entry.signature.empty()) {
    error("a row is 'row <since> <hash, 16 digits> <name> <source name> "
          "<symbol> <signature>'");
    return false;
  }
  if (entry.hash != hashSignature(entry.signature)) {
    error("the hash of '" + entry.name +
          "' is not that of its signature: the line was altered");
    return false;
  }
  return true;
}

/// Names are never used twice, and versions only grow.
void Reader::check(const LedgerEntry &entry) {
  std::string version = entry.version.getAsString();
  if (hasRelease && entry.version <= released)
    error((entry.kind == LedgerEntry::Release
               ? "release " + version
               : "'" + entry.name + "' of " + version) +
          " stands below release " + released.getAsString() +
          "; lines are only ever added at the end");
  if (isStatement(entry.kind)) {
    auto [it, isNew] = lineOf.try_emplace(entry.name, entry.line);
    if (!isNew)
      error("'" + entry.name + "' stands in line " + Twine(it->second) +
            " already");
  } else if (isAmended(entry.kind)) {
    if (entry.kind == LedgerEntry::Option)
      lineOf.try_emplace(entry.name, entry.line);
    else if (!lineOf.contains(entry.name))
      error("'" + entry.name +
            (entry.kind == LedgerEntry::Promises
                 ? "' promises something, but no line above is a row"
                 : "' is corrected, but no line above is a row or option") +
            " of that name");
  } else if (entry.kind == LedgerEntry::Removed) {
    if (!lineOf.contains(entry.name))
      error("'" + entry.name +
            "' is removed, but no line above is a row, status or option of "
            "that name");
    else if (!removedAt.try_emplace(entry.name, entry.line).second)
      error("'" + entry.name + "' is removed in line " +
            Twine(removedAt.lookup(entry.name)) + " already");
  } else {
    for (const LedgerEntry &other : ledger.entries)
      if (other.version > entry.version)
        error("release " + version + " has '" + other.name + "' of " +
              other.version.getAsString() + ", in line " + Twine(other.line));
    released = entry.version;
    hasRelease = true;
  }
}

void Reader::readEntry(StringRef keyword) {
  std::optional<LedgerEntry::Kind> kind =
      StringSwitch<std::optional<LedgerEntry::Kind>>(keyword)
          .Case("row", LedgerEntry::Row)
          .Case("promises", LedgerEntry::Promises)
          .Case("status", LedgerEntry::Status)
          .Case("option", LedgerEntry::Option)
          .Case("corrected", LedgerEntry::Corrected)
          .Case("removed", LedgerEntry::Removed)
          .Case("release", LedgerEntry::Release)
          .Default(std::nullopt);
  if (!kind)
    return error("a line begins with row, promises, status, option, corrected, "
                 "removed or release");
  StringRef text = word();
  std::optional<VersionTuple> version = parseVersion(text);
  if (!version)
    return error("'" + text + "' is not a version, such as 0.1");
  LedgerEntry entry(*kind, line, *version);

  switch (*kind) {
  case LedgerEntry::Row:
    if (!readRow(entry))
      return;
    break;
  case LedgerEntry::Status:
    entry.name = word();
    if (entry.name.empty() || rest.trim().getAsInteger(10, entry.code))
      return error("a status is 'status <since> <name> <code>'");
    break;
  case LedgerEntry::Promises:
  case LedgerEntry::Option:
    entry.name = word();
    entry.promises = rest.trim();
    if (entry.promises.empty())
      return error(*kind == LedgerEntry::Promises
                       ? "promises are 'promises <version> <name> <words>'"
                       : "an option is 'option <version> <name> <variable> "
                         "<type> <values>'");
    break;
  case LedgerEntry::Corrected:
    entry.name = word();
    entry.reason = rest.trim();
    if (entry.reason.empty())
      return error("a correction is 'corrected <version> <name> <why>'");
    break;
  case LedgerEntry::Removed:
    entry.name = word();
    entry.reason = rest.trim();
    if (entry.reason.empty())
      return error("a tombstone is 'removed <version> <name> <reason>'");
    break;
  case LedgerEntry::Release:
    if (!rest.trim().empty())
      return error("a release is 'release <version>'");
    break;
  }
  check(entry);
  ledger.entries.push_back(std::move(entry));
}

void Reader::read(StringRef lineText) {
  ++line;
  rest = lineText.trim();
  if (rest.empty() || rest.starts_with("#"))
    return;
  if (ledger.family.empty()) {
    // The lines after a wrong head are read as if it were right.
    if (!readHead())
      ledger.family = "?";
    return;
  }
  readEntry(word());
}

Ledger plumb::model::parseLedger(StringRef text,
                                 SmallVectorImpl<LedgerError> &errors) {
  Reader reader(errors);
  while (!text.empty()) {
    auto [lineText, others] = text.split('\n');
    reader.read(lineText);
    text = others;
  }
  return std::move(reader.ledger);
}

std::string plumb::model::printLedgerLine(const LedgerEntry &entry) {
  std::string version = entry.version.getAsString();
  switch (entry.kind) {
  case LedgerEntry::Row:
    return "row " + version + " " +
           utohexstr(entry.hash, /*LowerCase=*/true, /*Width=*/16) + " " +
           entry.name + " " + entry.sourceName + " " + entry.symbol + " " +
           entry.signature;
  case LedgerEntry::Status:
    return "status " + version + " " + entry.name + " " +
           std::to_string(entry.code);
  case LedgerEntry::Promises:
    return "promises " + version + " " + entry.name + " " + entry.promises;
  case LedgerEntry::Option:
    return "option " + version + " " + entry.name + " " + entry.promises;
  case LedgerEntry::Corrected:
    return "corrected " + version + " " + entry.name + " " + entry.reason;
  case LedgerEntry::Removed:
    return "removed " + version + " " + entry.name + " " + entry.reason;
  case LedgerEntry::Release:
    return "release " + version;
  }
  return "";
}

std::string plumb::model::printLedgerHead(StringRef family) {
  return ("# What releases of family '" + family +
          "' had: `make ledger` adds to it, docs/versions.md\n"
          "# has the rules. What stands above a release line never changes.\n"
          "#\n"
          "#   row <since> <hash> <name> <source name> <symbol> <signature>\n"
          "#   promises <version> <name> <words>\n"
          "#   status <since> <name> <code>\n"
          "#   option <version> <name> <variable> <type> <values>\n"
          "#   corrected <version> <name> <why>\n"
          "#   removed <version> <name> <why>\n"
          "#   release <version>\n\n"
          "ledger 1 " +
          family + "\n")
      .str();
}
