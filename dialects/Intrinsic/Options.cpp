//===- Options.cpp - Settings of a family's runtime -----------------------===//

#include "dialects/Intrinsic/Options.h"
#include "plumb/Intrinsic/Registry.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace plumb::intr;

static ArrayRef<plumb_intr_option> options(const plumb_intr_family &family) {
  return ArrayRef(family.options, family.num_options);
}

static ArrayRef<const char *> choices(const plumb_intr_option &option) {
  return ArrayRef(option.choices, option.num_choices);
}

const plumb_intr_option *
plumb::intr::findOption(const plumb_intr_family &family, StringRef name) {
  for (const plumb_intr_option &option : options(family))
    if (name == option.name)
      return &option;
  return nullptr;
}

std::string plumb::intr::noOption(const plumb_intr_family &family,
                                  StringRef name) {
  SmallVector<StringRef> names;
  for (const plumb_intr_option &option : options(family))
    names.push_back(option.name);
  return "family '" + std::string(family.name) + "' has no option '" +
         name.str() + "'" + didYouMean(nearest(names, name));
}

std::string plumb::intr::describeValues(const plumb_intr_option &option) {
  switch (option.kind) {
  case PLUMB_INTR_OPTION_INTEGER:
    return "a whole number from " + std::to_string(option.min) + " to " +
           std::to_string(option.max);
  case PLUMB_INTR_OPTION_TEXT:
    return "a text";
  case PLUMB_INTR_OPTION_CHOICE:
    return "one of " + join(choices(option), ", ");
  }
  llvm_unreachable("descriptors of another version are refused at load");
}

std::string plumb::intr::describeDefault(const plumb_intr_option &option) {
  return option.kind == PLUMB_INTR_OPTION_INTEGER
             ? std::to_string(option.integer)
             : std::string(option.text);
}

bool plumb::intr::isChoice(const plumb_intr_option &option, StringRef word) {
  return any_of(choices(option),
                [&](const char *choice) { return word == choice; });
}

/// Words of `text` in lines that begin with `indent`.
static void wrap(StringRef text, StringRef indent, raw_ostream &os) {
  constexpr size_t width = 80;
  std::string line = indent.str();
  for (StringRef word : split(text, ' ')) {
    if (line.size() > indent.size()) {
      if (line.size() + 1 + word.size() > width) {
        os << line << "\n";
        line = indent.str();
      } else
        line += ' ';
    }
    line += word;
  }
  os << line << "\n";
}

static void printOption(const plumb_intr_option &option, raw_ostream &os) {
  os << "  " << option.name << "  (" << option.environment << ")\n";
  std::string value = describeDefault(option);
  std::string unit = *option.unit ? std::string(" ") + option.unit : "";
  wrap(describeValues(option) + unit +
           "; default: " + (value.empty() ? "empty" : value),
       "      ", os);
  wrap(option.doc, "      ", os);
}

void plumb::intr::printOptions(const plumb_intr_family &family,
                               raw_ostream &os) {
  if (!family.num_options)
    return;
  os << family.name << ": " << family.summary << "\n";
  StringRef section;
  bool isFirst = true;
  for (const plumb_intr_option &option : options(family)) {
    if (isFirst || section != option.section) {
      section = option.section;
      os << "\n";
      if (!section.empty())
        os << section << ":\n";
    }
    isFirst = false;
    printOption(option, os);
  }
}
