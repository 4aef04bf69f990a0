//===- ReadOptions.cpp - Settings of a runtime ----------------------------===//

#include "FamilyReader.h"

using namespace llvm;
using namespace plumb::model;
using namespace plumb::tblgen;

void FamilyReader::readOptions() {
  for (const Record *def : ownInOrder("IntrinsicOption")) {
    OptionInput input;
    plumb_intr_option &option = input.option;
    option.name = text(*def, "optionName");
    option.doc = text(*def, "doc");
    option.section = text(*def, "section");
    option.environment =
        save(builder.extras().macroPrefix + StringRef(option.name).upper());
    option.unit = option.text = "";
    if (def->isSubClassOf("IntOption")) {
      input.kind = infoOf(PLUMB_INTR_OPTION_INTEGER).name;
      option.integer = def->getValueAsInt("defaultValue");
      option.min = def->getValueAsInt("min");
      option.max = def->getValueAsInt("max");
      option.unit = text(*def, "unit");
    } else if (def->isSubClassOf("ChoiceOption")) {
      input.kind = infoOf(PLUMB_INTR_OPTION_CHOICE).name;
      option.text = text(*def, "defaultValue");
      for (StringRef choice : def->getValueAsListOfStrings("choices"))
        input.choices.push_back(save(choice));
    } else if (def->isSubClassOf("TextOption")) {
      input.kind = infoOf(PLUMB_INTR_OPTION_TEXT).name;
      option.text = text(*def, "defaultValue");
    }
    builder.addOption(def, std::move(input));
  }
}
