//===- ReadTypes.cpp - Types, enums and structs ---------------------------===//

#include "FamilyReader.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;
using namespace plumb::tblgen;
using plumb::tblgen::Type;

static const StringSet<> llvmTypes = {"ptr", "i1",  "i8",  "i16",   "i32",
                                      "i64", "f32", "f64", "struct"};

const Type *FamilyReader::typeOf(const Record &constraint) {
  std::unique_ptr<Type> &slot = family->types[constraint.getName().str()];
  if (slot)
    return slot.get();
  slot = std::make_unique<Type>();
  const Record *kind = constraint.getValueAsDef("abiKind");
  slot->record = constraint.getName();
  slot->kind = kind->getValueAsString("kindName");
  slot->llvm = kind->getValueAsString("llvmType");
  slot->onException = kind->getValueAsString("onException");
  slot->probe = kind->getValueAsString("probe");
  slot->mlir = constraint.getValueAsString("mlirType");
  slot->c = constraint.getValueAsString("cType");
  slot->summary = constraint.getValueAsOptionalString("summary").value_or("");
  slot->isOwn = constraint.getValue("family") && isOwn(constraint);
  slot->isHandle =
      slot->kind == "handle" && constraint.isSubClassOf("IntrinsicType");
  if (constraint.isSubClassOf("IntrinsicEnum"))
    slot->enumeration = enumOf(constraint);
  if (constraint.isSubClassOf("IntrinsicStruct"))
    slot->structure = structOf(constraint);
  for (auto [field, list] : {std::pair("argAttrs", &slot->argAttrs),
                             std::pair("resultAttrs", &slot->resultAttrs)})
    for (const Record *attr : kind->getValueAsListOfDefs(field))
      list->push_back(attr->getValueAsString("attrName").str());
  if (!llvmTypes.contains(slot->llvm))
    error(constraint, "ABI kind '" + slot->kind + "' of type '" +
                          constraint.getName() + "' has LLVM type '" +
                          slot->llvm +
                          "'; it is one of ptr, i1, i8, i16, i32, i64, f32, "
                          "f64, struct");
  if (slot->c.empty())
    error(constraint,
          "type '" + constraint.getName() + "' has no C type; give HasAbi one");
  return slot.get();
}

/// "clock.day".
static std::string qualified(const Record &def, StringRef field) {
  return (def.getValueAsDef("family")->getValueAsString("name") + "." +
          def.getValueAsString(field))
      .str();
}

const Enum *FamilyReader::enumOf(const Record &def) {
  Enum &e = family->enums.emplace_back();
  StringRef plain = def.getValueAsString("enumName");
  e.name = qualified(def, "enumName");
  e.cName = def.getValueAsString("cType");
  e.summary = def.getValueAsOptionalString("summary").value_or("");
  e.isFlags = def.getValueAsBit("isFlags");
  e.isOwn = isOwn(def);
  checkName(def, plain, "enum");
  const Record *integer = def.getValueAsDef("integerType");
  if (!integer->isSubClassOf("HasAbi") ||
      !integer->getValueAsDef("abiKind")->isSubClassOf("Abi_Int")) {
    error(def, "enum '" + e.name + "' is over '" + integer->getName() +
                   "'; it is over Int, Int32, UInt8 or another integer");
    return &e;
  }
  e.type = typeOf(*integer);
  std::string prefix =
      def.getValueAsDef("family")->getValueAsString("macroPrefix").str() +
      plain.upper() + "_";
  unsigned width = StringSwitch<unsigned>(e.type->llvm)
                       .Case("i8", 8)
                       .Case("i16", 16)
                       .Case("i32", 32)
                       .Default(64);
  bool isSigned = StringRef(e.type->kind).starts_with("int");
  StringMap<const Record *> names;
  for (const Record *c : def.getValueAsListOfDefs("cases")) {
    StringRef name = c->getValueAsString("caseName");
    int64_t value = c->getValueAsInt("value");
    checkName(def, name, "case");
    checkUnique(names, def, name, "case of enum '" + e.name + "'");
    if (isSigned ? !isIntN(width, value) : width < 64 && !isUIntN(width, value))
      error(def, "case '" + name + "' of enum '" + e.name + "' is " +
                     Twine(value) + ", which is no " + e.type->kind);
    e.cases.push_back({name.str(), prefix + name.upper(),
                       c->getValueAsString("doc").str(), value});
  }
  if (e.cases.empty())
    error(def, "enum '" + e.name + "' has no cases");
  return &e;
}

/// The bytes, and the alignment, that the type has in memory.
static unsigned sizeInMemory(StringRef llvmType) {
  return StringSwitch<unsigned>(llvmType)
      .Cases({"i1", "i8"}, 1)
      .Case("i16", 2)
      .Cases({"i32", "f32"}, 4)
      .Default(8);
}

const Struct *FamilyReader::structOf(const Record &def) {
  Struct &s = family->structs.emplace_back();
  s.name = qualified(def, "structName");
  s.cName = def.getValueAsString("cType");
  s.summary = def.getValueAsOptionalString("summary").value_or("");
  s.isOwn = isOwn(def);
  checkName(def, def.getValueAsString("structName"), "struct");
  StringMap<const Record *> names;
  for (const Record *f : def.getValueAsListOfDefs("fields")) {
    StringRef name = f->getValueAsString("fieldName");
    const Record *constraint = f->getValueAsDef("fieldType");
    checkName(def, name, "field");
    checkUnique(names, def, name, "field of struct '" + s.name + "'");
    const Type *type =
        constraint->isSubClassOf("HasAbi") ? typeOf(*constraint) : nullptr;
    static const StringSet<> refused = {"text", "bytes", "struct",
                                        "environment"};
    if (!type || refused.contains(type->kind)) {
      error(def, "field '" + name + "' of struct '" + s.name + "' has type '" +
                     constraint->getName() +
                     "'; fields are integers, floats, Bool, enums, handles, "
                     "slots and pointers");
      continue;
    }
    unsigned size = sizeInMemory(type->llvm);
    s.fields.push_back({name.str(), f->getValueAsString("doc").str(), type,
                        unsigned(alignTo(s.size, size))});
    s.size = s.fields.back().offset + size;
    s.align = std::max(s.align, size);
  }
  s.size = alignTo(s.size, s.align);
  if (s.fields.empty())
    error(def, "struct '" + s.name + "' has no fields");
  return &s;
}
