//===- BuildOptions.cpp - Options of a runtime ---------------------------===//

#include "model/Builder.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace llvm;
using namespace plumb::model;

void FamilyBuilder::checkInteger(Place at, const plumb_intr_option &o) {
  if (o.min > o.max)
    fault(at, "option '" + Twine(o.name) + "' goes from " + Twine(o.min) +
                  " to " + Twine(o.max) + ", which no number is in");
  else if (o.integer < o.min || o.integer > o.max)
    fault(at, "the default of option '" + Twine(o.name) + "', " +
                  Twine(o.integer) + ", is not from " + Twine(o.min) + " to " +
                  Twine(o.max));
}

/// Choices become names in C: <MACRO_PREFIX><OPTION>_<CHOICE>.
static bool isChoice(StringRef choice) {
  return !choice.empty() &&
         all_of(choice, [](char c) { return isAlnum(c) || c == '_'; });
}

/// The enum that has the name of an option, or null.
const plumb_intr_enum *
FamilyBuilder::enumOfName(const plumb_intr_option &o) const {
  for (const plumb_intr_enum *e : ownEnums)
    if (plainName(e->name) == o.name)
      return e;
  return nullptr;
}

void FamilyBuilder::checkChoices(Place at, const OptionInput &input) {
  const plumb_intr_option &o = input.option;
  std::string what = std::string("option '") + o.name + "'";
  StringSet<> seen;
  for (StringRef choice : input.choices) {
    if (!isChoice(choice))
      fault(at, "choice '" + choice + "' of " + what +
                    " is not a word of letters, digits and _");
    // In C they are in upper case.
    if (!seen.insert(choice.upper()).second)
      fault(at, "choice '" + choice + "' of " + what + " is there twice");
  }
  if (input.choices.empty())
    fault(at, what + " has no choices");
  else if (!is_contained(input.choices, StringRef(o.text)))
    fault(at, "the default of " + what + ", '" + o.text +
                  "', is none of its choices: " + join(input.choices, ", "));
  if (const plumb_intr_enum *e = enumOfName(o))
    fault(at, what + " and enum '" + e->name + "' are both '" + e->c_name +
                  "' in C; rename one");
}

/// A choice is an enum in C.
void FamilyBuilder::takeOption(Place at, const plumb_intr_option &o) {
  std::string what = std::string("option '") + o.name + "'";
  // A family of JSON makes no header.
  if (o.kind != PLUMB_INTR_OPTION_CHOICE || family->cppNamespace.empty())
    return;
  if (!enumOfName(o))
    takeCName(at, what, choiceEnum(*family, o));
  StringSet<> seen;
  for (const char *choice : choices(o))
    if (std::string name = choiceName(o, choice); seen.insert(name).second)
      takeCName(at, "choice '" + Twine(choice) + "' of " + what, name);
}

void FamilyBuilder::addOption(Place at, OptionInput input) {
  plumb_intr_option &o = input.option;
  std::string what = std::string("option '") + o.name + "'";
  checkName(at, "option", o.name);
  // Environment variables are in upper case.
  checkTwice(optionNames, at, "option", StringRef(o.name).upper());
  checkText(at, what, "doc", o.doc);
  const OptionKindInfo *kind = findOptionKind(input.kind);
  if (!kind)
    return fault(at, what + " is of type '" + input.kind +
                         "'; it is integer (IntOption), text (TextOption) or "
                         "choice (ChoiceOption)");
  o.kind = kind->kind;
  if (o.kind == PLUMB_INTR_OPTION_INTEGER)
    checkInteger(at, o);
  if (o.kind == PLUMB_INTR_OPTION_CHOICE) {
    checkChoices(at, input);
    ArrayRef kept = keep(ArrayRef(input.choices));
    o.choices = kept.data();
    o.num_choices = kept.size();
  }
  takeOption(at, o);
  ownOptions.push_back(o);
}
