//===- ReadTypes.cpp - Types, enums and structs ---------------------------===//

#include "FamilyReader.h"
#include "plumb/Model/Scheme.h"
#include <algorithm>

using namespace llvm;
using namespace plumb::model;
using namespace plumb::tblgen;

/// Names C++ variables and JSON entries: "Object_List_A" of a record that has
/// no name of its own.
static std::string idOf(const Record &constraint, const TypeInput &input,
                        const std::vector<std::string> &arguments) {
  if (!constraint.isAnonymous() ||
      !constraint.isSubClassOf("Intrinsic_ErasedType"))
    return constraint.getName().str();
  std::string text = input.kind.take_front().upper() +
                     input.kind.drop_front().str() +
                     (input.name.empty() || input.name == tupleName
                          ? std::to_string(arguments.size())
                          : "");
  if (!input.name.empty())
    text += "_" + input.name.str();
  std::replace(text.begin(), text.end(), '.', '_');
  for (const std::string &argument : arguments)
    text += "_" + argument;
  return text;
}

const plumb_intr_type *FamilyReader::typeOf(const Record &constraint) {
  if (constraint.isSubClassOf("Consumed"))
    return typeOf(*constraint.getValueAsDef("consumedType"));
  if (const plumb_intr_type *known = types.lookup(&constraint))
    return known;
  const Record *kind = constraint.getValueAsDef("abiKind");
  TypeInput input;
  input.kind = kind->getValueAsString("kindName");
  input.isNonNull = kind->getValueAsBit("isNonNull");
  input.mlir = constraint.getValueAsString("mlirType");
  input.c = constraint.getValueAsString("cType");
  input.release = constraint.getValueAsString("release");
  input.summary = constraint.getValueAsOptionalString("summary").value_or("");
  input.isOwn = constraint.getValue("family") && isOwn(constraint);
  if (constraint.isSubClassOf("IntrinsicEnum"))
    input.enumeration = enumOf(constraint);
  if (constraint.isSubClassOf("IntrinsicStruct"))
    input.structure = structOf(constraint);
  std::vector<std::string> ids;
  if (constraint.isSubClassOf("Intrinsic_ErasedType")) {
    input.name = constraint.getValueAsString("typeName");
    for (const Record *argument :
         constraint.getValueAsListOfDefs("typeArguments")) {
      input.arguments.push_back(typeOf(*argument));
      ids.push_back(builder.extras().idOf(*input.arguments.back()));
    }
  }
  std::string id = idOf(constraint, input, ids);
  input.id = id;
  return types[&constraint] = builder.addType(&constraint, input);
}

/// "clock.day".
static std::string qualified(const Record &def, StringRef field) {
  return (def.getValueAsDef("family")->getValueAsString("name") + "." +
          def.getValueAsString(field))
      .str();
}

const plumb_intr_enum *FamilyReader::enumOf(const Record &def) {
  plumb_intr_enum e = {};
  e.name = save(qualified(def, "enumName"));
  e.c_name = text(def, "cType");
  e.summary = text(def, "summary");
  e.is_flags = def.getValueAsBit("isFlags");
  const Record *integer = def.getValueAsDef("integerType");
  if (integer->isSubClassOf("HasAbi"))
    e.type = typeOf(*integer);
  else
    error(def, "enum '" + Twine(e.name) + "' is over '" + integer->getName() +
                   "', which has no ABI kind");
  std::string prefix =
      (def.getValueAsDef("family")->getValueAsString("macroPrefix") +
       def.getValueAsString("enumName").upper() + "_")
          .str();
  std::vector<plumb_intr_case> cases;
  for (const Record *c : def.getValueAsListOfDefs("cases")) {
    StringRef name = c->getValueAsString("caseName");
    cases.push_back({save(name), save(prefix + name.upper()),
                     c->getValueAsInt("value"), text(*c, "doc")});
  }
  return builder.addEnum(&def, e, cases);
}

const plumb_intr_struct *FamilyReader::structOf(const Record &def) {
  plumb_intr_struct s = {};
  s.name = save(qualified(def, "structName"));
  s.c_name = text(def, "cType");
  s.summary = text(def, "summary");
  std::vector<plumb_intr_field> fields;
  for (const Record *f : def.getValueAsListOfDefs("fields")) {
    const char *name = text(*f, "fieldName");
    const Record *constraint = f->getValueAsDef("fieldType");
    if (constraint->isSubClassOf("HasAbi"))
      fields.push_back({name, text(*f, "doc"), typeOf(*constraint), 0});
    else
      error(def, "field '" + Twine(name) + "' of struct '" + s.name +
                     "' has type '" + constraint->getName() +
                     "', which has no ABI kind");
  }
  return builder.addStruct(&def, s, std::move(fields));
}
