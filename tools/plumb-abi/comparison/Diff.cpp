//===- Diff.cpp - Two states of one family --------------------------------===//

#include "tools/plumb-abi/comparison/Diff.h"
#include "model/Ledger.h"
#include "model/Promises.h"
#include "plumb/Model/Views.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace plumb;
using namespace plumb::abi;

/// "int32[7] at byte 4".
static std::string describe(const plumb_intr_field &f) {
  std::string text = f.type->kind;
  if (f.type->structure)
    text += std::string(" ") + f.type->structure->name;
  if (f.is_array)
    text += "[" + std::to_string(f.count) + "]";
  if (f.bits)
    text += " of " + std::to_string(f.bits) + " bits from bit " +
            std::to_string(f.first_bit);
  return text + " at byte " + std::to_string(f.offset);
}

FamilyState plumb::abi::stateOf(const plumb_intr_family &family) {
  FamilyState state;
  state.family = family.name;
  state.hasTypes = true;
  for (const plumb_intr_row &row : ArrayRef(family.rows, family.num_rows))
    state.rows[row.name] = {row.source_name, row.symbol,
                            row.since,       row.signature,
                            row.location,    model::promisesOf(row)};
  for (const plumb_intr_option &option :
       ArrayRef(family.options, family.num_options))
    state.options[state.family + "." + option.name] = model::promisesOf(option);
  for (const plumb_intr_status &status :
       ArrayRef(family.statuses, family.num_statuses))
    state.statuses[status.name] = status.code;
  for (const plumb_intr_enum *e : ArrayRef(family.enums, family.num_enums)) {
    auto &members = state.enums[e->name];
    for (const plumb_intr_case &c : ArrayRef(e->cases, e->num_cases))
      members.push_back({c.name, std::to_string(c.value)});
  }
  for (const plumb_intr_struct *s :
       ArrayRef(family.structs, family.num_structs)) {
    auto &members = state.structs[s->name];
    for (const plumb_intr_field &f : ArrayRef(s->fields, s->num_fields))
      members.push_back({f.name, describe(f)});
  }
  for (const plumb_intr_constant &c : model::constants(family))
    state.constants[c.name] = {
        {"value", std::string(c.type->mlir) + " " + model::spellValue(c)}};
  return state;
}

Expected<FamilyState> plumb::abi::readLedgerState(StringRef text,
                                                  StringRef file) {
  SmallVector<model::LedgerError> errors;
  model::Ledger ledger = model::parseLedger(text, errors);
  if (!errors.empty()) {
    std::string message = "'" + file.str() + "' is no whole ledger:";
    for (const model::LedgerError &error : errors)
      message += "\n" + file.str() + ":" + std::to_string(error.line) + ": " +
                 error.message;
    return createStringError(message);
  }
  FamilyState state;
  state.family = ledger.family;
  for (const model::LedgerEntry &entry : ledger.entries) {
    std::string place = file.str() + ":" + std::to_string(entry.line);
    switch (entry.kind) {
    case model::LedgerEntry::Row:
      state.rows[entry.name] = {
          entry.sourceName, entry.symbol, entry.version.getAsString(),
          entry.signature,  place,        ""};
      break;
    case model::LedgerEntry::Promises:
      state.rows[entry.name].promises = entry.promises;
      break;
    case model::LedgerEntry::Option:
      state.options[entry.name] = entry.promises;
      break;
    case model::LedgerEntry::Corrected:
      break;
    case model::LedgerEntry::Status:
      state.statuses[entry.name] = entry.code;
      break;
    case model::LedgerEntry::Removed:
      state.rows.erase(entry.name);
      state.statuses.erase(entry.name);
      state.options.erase(entry.name);
      state.removed[entry.name] = entry.reason;
      break;
    case model::LedgerEntry::Release:
      break;
    }
  }
  return state;
}

namespace {
class Differ {
public:
  Differ(const FamilyState &before, const FamilyState &after)
      : before(before), after(after) {}

  std::vector<Change> run() {
    if (before.family != after.family && !before.family.empty() &&
        !after.family.empty())
      add(true, "family", before.family,
          "another family: '" + after.family + "'");
    diffRows();
    diffStatuses();
    diffOptions();
    if (before.hasTypes && after.hasTypes) {
      diffMembers("enum", "case", before.enums, after.enums, true);
      diffMembers("struct", "field", before.structs, after.structs, false);
      diffMembers("constant", "part", before.constants, after.constants, false);
    }
    return std::move(changes);
  }

private:
  void add(bool breaks, StringRef kind, StringRef name, const Twine &what,
           StringRef oldSide = "", StringRef newSide = "") {
    changes.push_back({breaks, kind.str(), name.str(), what.str(),
                       oldSide.str(), newSide.str()});
  }

  static std::string side(const FamilyState::Row &row, StringRef text) {
    return row.place + ": " + text.str();
  }

  void diffRows() {
    for (const auto &[name, row] : before.rows) {
      auto found = after.rows.find(name);
      if (found == after.rows.end()) {
        reportRemoved(name, row);
        continue;
      }
      const FamilyState::Row &now = found->second;
      auto compare = [&](StringRef kind, StringRef what,
                         const std::string &oldText,
                         const std::string &newText) {
        if (oldText != newText)
          add(true, kind, name, what, side(row, oldText), side(now, newText));
      };
      if (model::withoutPromises(row.signature) !=
          model::withoutPromises(now.signature))
        compare("signature", "its signature changed", row.signature,
                now.signature);
      else
        diffPromises(name, row, now);
      // A symbol in the signature would say the same twice.
      if (row.signature == now.signature)
        compare("symbol", "its symbol changed", row.symbol, now.symbol);
      compare("source-name", "its source name changed", row.sourceName,
              now.sourceName);
      if (model::parseVersion(row.since) != model::parseVersion(now.since))
        compare("since", "the release that first had it changed", row.since,
                now.since);
    }
    for (const auto &[name, row] : after.rows)
      if (!before.rows.count(name))
        add(false, "added", name, "it is new since " + row.since, "",
            side(row, row.signature));
  }

  void reportRemoved(const std::string &name, const FamilyState::Row &row) {
    std::string what = "it was removed";
    auto tombstone = after.removed.find(name);
    if (tombstone != after.removed.end() && !tombstone->second.empty())
      what += ": " + tombstone->second;
    std::string newSide;
    for (const auto &[other, now] : after.rows)
      if (now.symbol == row.symbol && !before.rows.count(other)) {
        what = "it was renamed '" + other + "'";
        newSide = side(now, now.signature);
      }
    add(true, newSide.empty() ? "removed" : "renamed", name, what,
        side(row, row.signature), newSide);
  }

  void diffPromises(const std::string &name, const FamilyState::Row &row,
                    const FamilyState::Row &now) {
    // A ledger of Plumb 0.2 has none.
    if (now.promises.empty() || row.promises == now.promises)
      return;
    std::vector<std::string> less =
        row.promises.empty()
            ? model::narrowingsOfSignature(row.signature, now.promises)
            : model::narrowings(row.promises, now.promises);
    std::string before = row.promises.empty() ? row.signature : row.promises;
    if (!less.empty())
      add(true, "promises", name, "it promises less: " + join(less, "; "),
          side(row, before), side(now, now.promises));
    else if (!row.promises.empty() &&
             !model::narrowings(now.promises, row.promises).empty())
      add(false, "promises", name, "it keeps its promises, and changed them",
          side(row, before), side(now, now.promises));
  }

  void diffOptions() {
    for (const auto &[name, promises] : before.options) {
      auto found = after.options.find(name);
      if (found == after.options.end()) {
        // A ledger of Plumb 0.2 has none.
        if (after.hasTypes || !after.options.empty())
          add(true, "option", name, "the option was removed", promises);
        continue;
      }
      std::vector<std::string> less =
          model::narrowingsOfOption(promises, found->second);
      if (!less.empty())
        add(true, "option", name, "the option takes less: " + join(less, "; "),
            promises, found->second);
      else if (promises != found->second)
        add(false, "option", name, "the option takes more", promises,
            found->second);
    }
    for (const auto &[name, promises] : after.options)
      if (!before.options.count(name) &&
          (before.hasTypes || !before.options.empty()))
        add(false, "option", name, "the option is new", "", promises);
  }

  void diffStatuses() {
    for (const auto &[name, code] : before.statuses) {
      auto found = after.statuses.find(name);
      if (found == after.statuses.end())
        add(true, "status", name, "the status was removed",
            std::to_string(code));
      else if (found->second != code)
        add(true, "status", name, "the status changed its code",
            std::to_string(code), std::to_string(found->second));
    }
    for (const auto &[name, code] : after.statuses)
      if (!before.statuses.count(name))
        add(false, "status", name, "the status is new", "",
            std::to_string(code));
  }

  using Members = std::map<std::string, std::vector<FamilyState::Member>>;
  /// `mayGrow`: a member more breaks nothing.
  void diffMembers(StringRef kind, StringRef memberKind, const Members &olds,
                   const Members &news, bool mayGrow) {
    for (const auto &[name, members] : olds) {
      auto found = news.find(name);
      if (found == news.end()) {
        add(true, kind, name, "the " + kind + " was removed");
        continue;
      }
      auto member = [&](const std::vector<FamilyState::Member> &list,
                        StringRef which) {
        return find_if(list, [&](auto &m) { return m.name == which; });
      };
      for (const FamilyState::Member &m : members) {
        auto now = member(found->second, m.name);
        if (now == found->second.end())
          add(true, kind, name, memberKind + " '" + m.name + "' was removed",
              m.value);
        else if (now->value != m.value)
          add(true, kind, name, memberKind + " '" + m.name + "' changed",
              m.value, now->value);
      }
      for (const FamilyState::Member &m : found->second)
        if (member(members, m.name) == members.end())
          add(!mayGrow, kind, name, memberKind + " '" + m.name + "' is new", "",
              m.value);
    }
    for (const auto &[name, members] : news)
      if (!olds.count(name))
        add(false, kind, name, "the " + kind + " is new");
  }

  const FamilyState &before, &after;
  std::vector<Change> changes;
};
} // namespace

std::vector<Change> plumb::abi::diffStates(const FamilyState &before,
                                           const FamilyState &after) {
  return Differ(before, after).run();
}
