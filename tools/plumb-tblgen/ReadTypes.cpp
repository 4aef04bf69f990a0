//===- ReadTypes.cpp - Types, enums and structs ---------------------------===//

#include "FamilyReader.h"
#include "plumb/Model/Scheme.h"
#include "llvm/ADT/StringExtras.h"
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

plumb_intr_field FamilyReader::fieldOf(const Record &f,
                                       const plumb_intr_type *type,
                                       const Record &owner) {
  plumb_intr_field field = {};
  field.name = text(f, "fieldName");
  field.doc = text(f, "doc");
  field.type = type;
  int64_t elements = f.getValueAsInt("elements");
  field.is_array = elements >= 0;
  field.count = field.is_array ? elements : 1;
  field.bits = f.getValueAsInt("bitWidth");
  if (elements > UINT32_MAX)
    error(owner, "field '" + Twine(field.name) + "' has " + Twine(elements) +
                     " elements, which is too many");
  if (f.getValueAsInt("bitWidth") != field.bits)
    error(owner, "field '" + Twine(field.name) + "' has " +
                     Twine(f.getValueAsInt("bitWidth")) + " bits");
  return field;
}

const plumb_intr_struct *FamilyReader::structOf(const Record &def) {
  plumb_intr_struct s = {};
  s.name = save(qualified(def, "structName"));
  s.c_name = text(def, "cType");
  s.summary = text(def, "summary");
  s.is_union = def.getValueAsBit("isUnion");
  std::vector<plumb_intr_field> fields;
  for (const Record *f : def.getValueAsListOfDefs("fields")) {
    const char *name = text(*f, "fieldName");
    const Record *constraint = f->getValueAsDef("fieldType");
    if (constraint->isSubClassOf("HasAbi"))
      fields.push_back(fieldOf(*f, typeOf(*constraint), def));
    else
      error(def, "field '" + Twine(name) + "' of struct '" + s.name +
                     "' has type '" + constraint->getName() +
                     "', which has no ABI kind");
  }
  return builder.addStruct(&def, s, std::move(fields));
}

void FamilyReader::readConstants() {
  for (const Record *def : ownInOrder("IntrinsicConstant")) {
    plumb_intr_constant c = {};
    c.name = save(qualified(*def, "constantName"));
    c.c_name = text(*def, "cName");
    c.spelling = text(*def, "spelling");
    c.doc = text(*def, "doc");
    std::string what = std::string("constant '") + c.name + "'";
    const Record *constraint = def->getValueAsDef("constantType");
    if (!constraint->isSubClassOf("HasAbi")) {
      error(*def, what + " has type '" + constraint->getName() +
                      "', which has no ABI kind");
      continue;
    }
    c.type = typeOf(*constraint);
    if (def->isSubClassOf("IntConstant")) {
      c.integer = def->getValueAsInt("value");
    } else if (def->isSubClassOf("TextConstant")) {
      c.text = text(*def, "value");
    } else if (def->isSubClassOf("FloatConstant")) {
      StringRef number = def->getValueAsString("value");
      if (!to_float(number, c.number))
        error(*def, what + " is '" + number + "', which is no number");
    } else {
      error(*def, what + " has no value; make it an IntConstant, FloatConstant "
                         "or TextConstant");
    }
    builder.addConstant(def, c);
  }
}
