//===- Promises.cpp - What a row says beyond its signature ----------------===//

#include "model/Promises.h"
#include "plumb/Model/RowPromises.h"
#include "plumb/Model/Views.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <set>

using namespace llvm;
using namespace plumb::model;

//===----------------------------------------------------------------------===//
// As text
//===----------------------------------------------------------------------===//

using Names = std::set<std::string>;

static void addList(std::string &text, StringRef word, const Names &names) {
  if (!names.empty())
    text += (word + "(" + join(names, ",") + ") ").str();
}

static std::string describeParam(const plumb_intr_param &p) {
  std::string text = p.name;
  if (p.callback)
    text += ":callback";
  if (p.passing == PLUMB_INTR_PASS_OPTIONS)
    text += ":options";
  else if (p.is_optional)
    text += ":optional";
  return text + (p.is_kept ? ":kept" : "");
}

std::string plumb::model::promisesOf(const plumb_intr_row &row) {
  Names reads, writes;
  for (const plumb_intr_effect &effect : effects(row)) {
    if (effect.resource == controlResource)
      continue;
    // What is written may be read: LLVM is told no more.
    (effect.writes ? writes : reads).insert(effect.resource);
  }
  for (const std::string &name : writes)
    reads.erase(name);
  std::string text;
  addList(text, "reads", reads);
  addList(text, "writes", writes);
  if (blocks(row))
    text += "blocks ";
  if (!comesBack(row))
    text += "noreturn ";
  if (hasFreshResult(row))
    text += "fresh ";
  Names wanted;
  for (const plumb_intr_bound &bound : bounds(row))
    wanted.insert("#" + std::to_string(bound.variable) + ":" + bound.name);
  addList(text, "bounds", wanted);
  return text + "params(" + join(map_range(params(row), describeParam), ",") +
         ")";
}

std::string plumb::model::promisesOf(const plumb_intr_option &o) {
  std::string text =
      std::string(o.environment) + " " + infoOf(o.kind).name.str();
  if (o.kind == PLUMB_INTR_OPTION_INTEGER)
    text += " " + std::to_string(o.min) + ".." + std::to_string(o.max) +
            (*o.unit ? std::string(" ") + o.unit : "");
  else if (o.kind == PLUMB_INTR_OPTION_CHOICE)
    text += " " + join(choices(o), "|");
  return text;
}

std::string plumb::model::withoutPromises(StringRef signature) {
  return promises::withoutPromises(signature);
}

//===----------------------------------------------------------------------===//
// Comparing
//===----------------------------------------------------------------------===//

std::vector<std::string> plumb::model::narrowings(StringRef before,
                                                  StringRef now) {
  return promises::narrowings(promises::Row(before), promises::Row(now));
}

std::vector<std::string>
plumb::model::narrowingsOfSignature(StringRef signature, StringRef now) {
  return promises::narrowingsOfWords(promises::Row::ofSignature(signature, now),
                                     promises::Row(now));
}

std::vector<std::string>
plumb::model::narrowingsToSignature(StringRef before, StringRef signature) {
  return promises::narrowingsOfWords(
      promises::Row(before), promises::Row::ofSignature(signature, before));
}

/// "1..256"
static std::pair<int64_t, int64_t> parseRange(StringRef text) {
  std::pair<int64_t, int64_t> range;
  auto [min, max] = text.split("..");
  if (min.getAsInteger(10, range.first) || max.getAsInteger(10, range.second))
    range = {0, 0};
  return range;
}

std::vector<std::string> plumb::model::narrowingsOfOption(StringRef before,
                                                          StringRef now) {
  SmallVector<StringRef> was, is;
  before.split(was, ' ', 3);
  now.split(is, ' ', 3);
  was.resize(4);
  is.resize(4);
  std::vector<std::string> found;
  if (was[0] != is[0])
    found.push_back(("its variable was " + was[0] + " and is " + is[0]).str());
  if (was[1] != is[1])
    return found.push_back(
               ("it was of type " + was[1] + " and is of type " + is[1]).str()),
           found;
  if (is[1] == infoOf(PLUMB_INTR_OPTION_INTEGER).name) {
    auto [min, max] = parseRange(was[2]);
    auto [nowMin, nowMax] = parseRange(is[2]);
    if (nowMin > min || nowMax < max)
      found.push_back(
          ("it went from " + was[2] + " and goes from " + is[2]).str());
    if (was[3] != is[3])
      found.push_back(
          ("its unit was '" + was[3] + "' and is '" + is[3] + "'").str());
  } else if (is[1] == infoOf(PLUMB_INTR_OPTION_CHOICE).name) {
    for (StringRef choice : llvm::split(was[2], '|'))
      if (!is_contained(llvm::split(is[2], '|'), choice))
        found.push_back(("it has no choice '" + choice + "'").str());
  }
  return found;
}
