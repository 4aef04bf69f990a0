//===- LoadedOptions.cpp - Settings of a loaded family --------------------===//

#include "dialects/Intrinsic/LoadedFamily.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace llvm;
using namespace plumb::intr;

void LoadedFamily::readOption(const JsonObject &object,
                              plumb_intr_option &option) {
  option.name = object.identifier("name");
  option.environment = object.text("environment");
  option.section = object.text("section");
  option.doc = object.text("doc");
  option.unit = option.text = "";
  StringRef type = object.text("type");
  int kind = StringSwitch<int>(type)
                 .Case("integer", PLUMB_INTR_OPTION_INTEGER)
                 .Case("text", PLUMB_INTR_OPTION_TEXT)
                 .Case("choice", PLUMB_INTR_OPTION_CHOICE)
                 .Default(-1);
  if (kind < 0)
    return object.fault("type", "'" + type + "' is unknown");
  option.kind = plumb_intr_option_kind(kind);
  if (kind == PLUMB_INTR_OPTION_INTEGER) {
    option.least = object.number("least");
    option.most = object.number("most", option.least);
    option.integer = object.number("default", option.least, option.most);
    option.unit = object.text("unit");
    return;
  }
  option.text = object.text("default");
  if (kind != PLUMB_INTR_OPTION_CHOICE)
    return;
  std::vector<const char *> choices;
  object.eachText("choices", [&](StringRef choice) {
    choices.push_back(strings.save(choice).data());
  });
  ArrayRef kept = keep(choices);
  option.choices = kept.data();
  option.num_choices = kept.size();
  if (!is_contained(map_range(choices, [](auto c) { return StringRef(c); }),
                    option.text))
    object.fault("default",
                 "'" + Twine(option.text) + "' is none of the choices");
}

void LoadedFamily::readOptions(const JsonObject &root) {
  std::vector<plumb_intr_option> options;
  StringMap<bool> names;
  root.each("options", [&](const JsonObject &object) {
    plumb_intr_option &option = options.emplace_back();
    readOption(object, option);
    if (!names.try_emplace(option.name, true).second)
      object.fault("name", "'" + Twine(option.name) + "' is there twice");
  });
  ArrayRef kept = keep(options);
  family.options = kept.data();
  family.num_options = kept.size();
}
