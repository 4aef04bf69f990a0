//===- BuildEnums.cpp - Enums and constants: values with names -----------===//

#include "model/Builder.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;
using namespace plumb::model;

//===----------------------------------------------------------------------===//
// Enums
//===----------------------------------------------------------------------===//

void FamilyBuilder::checkCase(Place at, const plumb_intr_enum &e,
                              const plumb_intr_case &c) {
  checkName(at, "case", c.name);
  const KindInfo *under = e.type ? infoOf(*e.type) : nullptr;
  if (!under || !under->may(AsEnumInteger))
    return;
  unsigned width = sizeInMemory(under->llvm) * 8;
  bool fits = under->may(IsUnsigned) ? width == 64 || isUIntN(width, c.value)
                                     : isIntN(width, c.value);
  if (!fits)
    fault(at, "case '" + Twine(c.name) + "' of enum '" + e.name + "' is " +
                  Twine(c.value) + ", which is no " + under->name);
}

const plumb_intr_enum *FamilyBuilder::addEnum(Place at, plumb_intr_enum e,
                                              ArrayRef<plumb_intr_case> cases) {
  std::string what = std::string("enum '") + e.name + "'";
  checkQualified(at, "enum", e.name);
  checkTwice(enumNames, at, "enum", e.name);
  const KindInfo *under = e.type ? infoOf(*e.type) : nullptr;
  if (under && !under->may(AsEnumInteger))
    fault(at, what + " is over kind '" + under->name +
                  "'; it is over Int, Int32, UInt8 or another integer");
  Seen seen;
  for (const plumb_intr_case &c : cases) {
    checkCase(at, e, c);
    checkTwice(seen, at, "case of " + what, c.name);
  }
  if (cases.empty())
    fault(at, what + " has no cases");
  ArrayRef kept = keep(cases);
  e.cases = kept.data();
  e.num_cases = kept.size();
  const plumb_intr_enum *made = keep(e);
  family->enums.push_back(made);
  if (!isOf(names(), e.name))
    return made;
  ownEnums.push_back(made);
  takeCName(at, what, e.c_name);
  for (const plumb_intr_case &c : plumb::model::cases(e))
    takeCName(at, "case '" + Twine(c.name) + "' of " + what, c.c_name);
  return made;
}

//===----------------------------------------------------------------------===//
// Constants
//===----------------------------------------------------------------------===//

void FamilyBuilder::addConstant(Place at, plumb_intr_constant c) {
  std::string what = std::string("constant '") + c.name + "'";
  checkQualified(at, "constant", c.name);
  checkTwice(constantNames, at, "constant", c.name);
  if (!isOf(names(), c.name))
    fault(at, what + " is not of family '" + names().name + "'");
  const KindInfo *kind = c.type ? infoOf(*c.type) : nullptr;
  const plumb_intr_type *type = c.type;
  if (type && type->enumeration && type->enumeration->type) {
    type = type->enumeration->type;
    kind = infoOf(*type);
  }
  bool isInteger =
      kind && (kind->may(AsEnumInteger) || kind->kind == Kind::Bool);
  bool isFloat =
      kind && (kind->kind == Kind::Float32 || kind->kind == Kind::Float64);
  bool isText = kind && kind->may(AsSpan);
  if (kind && !isInteger && !isFloat && !isText && kind->kind != Kind::Pointer)
    fault(at, what + " has kind '" + kind->name +
                  "'; constants are integers, bools, enums, floats, texts and "
                  "pointers");
  if (isText != bool(c.text))
    fault(at, what + (isText ? " has no text" : " is no text, but has one"));
  if (isInteger) {
    unsigned width =
        kind->kind == Kind::Bool ? 1 : sizeInMemory(type->llvm) * 8;
    bool isUnsigned = kind->may(IsUnsigned) || kind->kind == Kind::Bool;
    if (width < 64 &&
        !(isUnsigned ? isUIntN(width, c.integer) : isIntN(width, c.integer)))
      fault(at,
            what + " is " + Twine(c.integer) + ", which is no " + kind->name);
  }
  takeCName(at, what, c.c_name);
  ownConstants.push_back(c);
}
