//===- ReadOptions.cpp - Settings of a runtime ----------------------------===//

#include "FamilyReader.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace llvm;
using namespace plumb::tblgen;

void FamilyReader::readInteger(const Record &def, Option &option) {
  option.kind = Option::Integer;
  option.integer = def.getValueAsInt("defaultValue");
  option.least = def.getValueAsInt("least");
  option.most = def.getValueAsInt("most");
  option.unit = def.getValueAsString("unit");
  if (option.least > option.most)
    error(def, "option '" + option.name + "' goes from " + Twine(option.least) +
                   " to " + Twine(option.most) + ", which no number is in");
  else if (option.integer < option.least || option.integer > option.most)
    error(def, "the default of option '" + option.name + "', " +
                   Twine(option.integer) + ", is not from " +
                   Twine(option.least) + " to " + Twine(option.most));
}

/// Choices become names in C: <MACRO_PREFIX><OPTION>_<CHOICE>.
static bool isChoice(StringRef choice) {
  return !choice.empty() &&
         all_of(choice, [](char c) { return isAlnum(c) || c == '_'; });
}

void FamilyReader::readChoice(const Record &def, Option &option) {
  option.kind = Option::Choice;
  option.cName = family->symbolPrefix + option.name;
  option.text = def.getValueAsString("defaultValue");
  StringSet<> seen;
  for (StringRef choice : def.getValueAsListOfStrings("choices")) {
    option.choices.push_back(choice.str());
    if (!isChoice(choice))
      error(def, "choice '" + choice + "' of option '" + option.name +
                     "' is not a word of letters, digits and _");
    // In C they are in upper case.
    if (!seen.insert(choice.upper()).second)
      error(def, "choice '" + choice + "' of option '" + option.name +
                     "' is there twice");
  }
  if (option.choices.empty())
    error(def, "option '" + option.name + "' has no choices");
  else if (!is_contained(option.choices, option.text))
    error(def, "the default of option '" + option.name + "', '" + option.text +
                   "', is none of its choices: " + join(option.choices, ", "));
  for (const Enum &e : family->enums)
    if (e.cName == option.cName)
      error(def, "option '" + option.name + "' and enum '" + e.name +
                     "' are both '" + e.cName + "' in C; rename one");
}

void FamilyReader::readOptions() {
  StringMap<const Record *> names;
  for (const Record *def : ownInOrder("IntrinsicOption")) {
    Option option;
    option.name = def->getValueAsString("optionName");
    std::string what = "option '" + option.name + "'";
    checkName(*def, option.name, "option");
    // Environment variables are in upper case.
    checkUnique(names, *def, StringRef(option.name).upper(), "option name");
    requireText(*def, "doc", what);
    option.doc = def->getValueAsString("doc");
    option.section = def->getValueAsString("section");
    option.env = family->macroPrefix + StringRef(option.name).upper();
    if (def->isSubClassOf("IntOption"))
      readInteger(*def, option);
    else if (def->isSubClassOf("ChoiceOption"))
      readChoice(*def, option);
    else if (def->isSubClassOf("TextOption")) {
      option.kind = Option::Text;
      option.text = def->getValueAsString("defaultValue");
    } else
      error(*def, what + " is of no kind; use IntOption, TextOption or "
                         "ChoiceOption");
    family->options.push_back(std::move(option));
  }
}
