//===- CheckAbi.cpp - A runtime against the records -----------------------===//

#include "execution/CheckAbi.h"
#include "model/Promises.h"
#include "plumb/Model/Views.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace plumb;
using namespace plumb::execution;

namespace {
/// What is wrong with a runtime's rows of one family.
struct Differences {
  const plumb_intr_family *family;
  AbiSource source;
  std::string text;
};
} // namespace

/// What the program was promised and the runtime does not keep.
static std::vector<std::string> findBroken(const plumb_intr_row &row,
                                           const AbiTable &table,
                                           const AbiTableRow &theirs) {
  std::string promises = model::promisesOf(row);
  if (!table.isWhole)
    return model::narrowingsToSignature(promises, theirs.signature);
  std::vector<std::string> broken =
      model::narrowings(promises, theirs.promises);
  auto isStatus = [](const plumb_intr_type *type) {
    return model::kindOf(type) == model::Kind::Status;
  };
  if (any_of(model::resultTypes(row), isStatus))
    for (const plumb_intr_status &status : model::statuses(*row.family)) {
      auto found = table.statuses.find(status.name);
      if (found != table.statuses.end() && found->second != status.code)
        broken.push_back(std::string("status '") + status.name + "' is " +
                         std::to_string(found->second) + ", and was " +
                         std::to_string(status.code));
    }
  auto takesOptions = [](const plumb_intr_param &p) {
    return p.passing == PLUMB_INTR_PASS_OPTIONS;
  };
  if (none_of(model::params(row), takesOptions))
    return broken;
  for (const plumb_intr_option &option : model::options(*row.family)) {
    std::string name = std::string("option '") + option.name + "': ";
    auto found = table.options.find(option.name);
    if (found == table.options.end())
      broken.push_back(name + "it has none of this name");
    else
      for (const std::string &less :
           model::narrowingsOfOption(model::promisesOf(option), found->second))
        broken.push_back(name + less);
  }
  return broken;
}

/// What is wrong with a row; empty when nothing is.
static std::string describeMismatch(const plumb_intr_row &row,
                                    const AbiTable *table, bool requireTable) {
  auto side = [](StringRef who, StringRef signature, uint64_t hash) {
    return ("\n    " + who + ": " + signature + " (" +
            utohexstr(hash, /*LowerCase=*/true, /*Width=*/16) + ")")
        .str();
  };
  std::string text = std::string("\n  ") + row.symbol + ": intrinsic '" +
                     row.source_name + "' of " + row.location;
  if (!table)
    return text;
  text += side("record ", row.signature, row.hash);
  auto found = table->rows.find(row.symbol);
  if (found == table->rows.end())
    return text + "\n    runtime: it was built without this intrinsic";
  if (found->second.hash != row.hash &&
      model::withoutPromises(found->second.signature) !=
          model::withoutPromises(row.signature))
    return text + side("runtime", found->second.signature, found->second.hash);
  std::vector<std::string> broken = findBroken(row, *table, found->second);
  if (requireTable && !table->isWhole)
    broken.push_back("its table, of Plumb 0.2, does not say what its functions "
                     "promise");
  if (broken.empty())
    return "";
  text = std::string("\n  ") + row.symbol + ": intrinsic '" + row.source_name +
         "' of " + row.location + "\n    record : " + model::promisesOf(row) +
         "\n    runtime: " +
         (table->isWhole ? found->second.promises : found->second.signature);
  for (const std::string &what : broken)
    text += "\n    in the runtime " + what;
  return text;
}

static Problem report(const Differences &problem) {
  const AbiSource &source = problem.source;
  std::string family = problem.family->name;
  std::string runtime = "the runtime library '" + source.runtime + "' ";
  if (!source.table)
    return {runtime + "does not say what it was built from: it has no " +
                abiTableSymbol(family) + ", so nothing is known of" +
                problem.text,
            {"build it with the table that `plumb-tblgen -gen-abi-table` makes "
             "of the family's file, or leave out --require-abi"}};
  return {runtime + "was built from other records of family '" + family +
              "' (version " + source.table->version +
              ") than this tool:" + problem.text,
          {"build the runtime and the tools from the same records, or choose "
           "a runtime of this tool's version"}};
}

std::vector<Problem>
plumb::execution::findAbiMismatches(ArrayRef<const plumb_intr_row *> rows,
                                    AbiLookup lookup, bool requireTable) {
  std::vector<Differences> problems;
  for (const plumb_intr_row *row : rows) {
    AbiSource source = lookup(*row);
    if (!source.table && !requireTable)
      continue;
    std::string text = describeMismatch(*row, source.table, requireTable);
    if (text.empty())
      continue;
    auto problem = find_if(problems, [&](const Differences &p) {
      return p.family == row->family && p.source.runtime == source.runtime;
    });
    if (problem == problems.end())
      problem = problems.insert(problem, {row->family, source, ""});
    problem->text += text;
  }
  std::vector<Problem> mismatches;
  mismatches.reserve(problems.size());
  for (const Differences &problem : problems)
    mismatches.push_back(report(problem));
  return mismatches;
}
