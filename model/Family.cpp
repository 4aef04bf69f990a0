//===- Family.cpp ---------------------------------------------------------===//

#include "model/Family.h"

using namespace llvm;
using namespace plumb::model;

static const NamedType *find(const std::vector<NamedType> &types,
                             const plumb_intr_type &type) {
  for (const NamedType &named : types)
    if (named.type == &type)
      return &named;
  return nullptr;
}

const char *Family::idOf(const plumb_intr_type &type) const {
  const NamedType *named = find(types, type);
  return named ? named->id : "";
}

const char *Family::summaryOf(const plumb_intr_type &type) const {
  const NamedType *named = find(types, type);
  return named ? named->summary : "";
}

std::string plumb::model::choiceEnum(const Family &family,
                                     const plumb_intr_option &option) {
  return family.symbolPrefix + option.name;
}

std::string plumb::model::choiceName(const plumb_intr_option &option,
                                     StringRef choice) {
  return std::string(option.environment) + "_" + choice.upper();
}
