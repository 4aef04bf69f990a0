//===- ReadSignature.cpp - Types, parameters and results -----------------===//

#include "FamilyReader.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace llvm;
using namespace plumb::tblgen;
using plumb::tblgen::Type;

static const StringSet<> llvmTypes = {"ptr", "i1",  "i8",  "i16",
                                      "i32", "i64", "f32", "f64"};

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
  for (auto [field, list] : {std::pair("argAttrs", &slot->argAttrs),
                             std::pair("resultAttrs", &slot->resultAttrs)})
    for (const Record *attr : kind->getValueAsListOfDefs(field))
      list->push_back(attr->getValueAsString("attrName").str());
  if (!llvmTypes.contains(slot->llvm))
    error(constraint, "ABI kind '" + slot->kind + "' of type '" +
                          constraint.getName() + "' has LLVM type '" +
                          slot->llvm +
                          "'; it is one of ptr, i1, i8, i16, i32, i64, f32, "
                          "f64");
  if (slot->c.empty())
    error(constraint,
          "type '" + constraint.getName() + "' has no C type; give HasAbi one");
  return slot.get();
}

/// Names the constraint and the ones that can be used in its place.
static std::string noKind(const RecordKeeper &records, StringRef constraint) {
  std::string text =
      "type constraint '" + constraint.str() + "' has no ABI kind; use one of";
  ListSeparator comma;
  for (const Record *def : records.getAllDerivedDefinitions("HasAbi"))
    text += (StringRef(comma).empty() ? " " : ", ") + def->getName().str();
  return text;
}

bool FamilyReader::readParam(const Record &def, const Init *arg, StringRef name,
                             StringRef what, Param &param) {
  param.name = name;
  checkName(def, name, "parameter");
  const auto *defInit = dyn_cast<DefInit>(arg);
  if (!defInit) {
    error(def, "parameter '" + name + "' of " + what + " is not a record");
    return false;
  }
  const Record *constraint = defInit->getDef();
  if (constraint->isSubClassOf("OpVariable")) {
    param.doc = constraint->getValueAsString("summary");
    constraint = constraint->getValueAsDef("constraint");
  }
  if (constraint->isSubClassOf("HasCallback")) {
    const Record *cb = constraint->getValueAsDef("callback");
    param.callback = callbackOf.lookup(cb);
    param.isOptional = constraint->getValueAsBit("isOptionalCallback");
    if (param.callback)
      return true;
    error(def, "parameter '" + name + "' of " + what + " takes callback '" +
                   cb->getName() + "', which is not a record of this family");
    return false;
  }
  if (constraint->isSubClassOf("AttrConstraint")) {
    error(def, "parameter '" + name + "' of " + what +
                   " is an attribute with no callback record; write "
                   "Callback<SomeIntrinsicCallback>");
    return false;
  }
  if (!constraint->isSubClassOf("HasAbi")) {
    error(def, "parameter '" + name + "' of " + what + ": " +
                   noKind(records, constraint->getName()));
    return false;
  }
  param.type = typeOf(*constraint);
  if (param.type->probe.empty() && def.isSubClassOf("Intrinsic")) {
    error(def, "parameter '" + name + "' of " + what + ": ABI kind '" +
                   param.type->kind + "' is for results only");
    return false;
  }
  return true;
}

std::vector<Param> FamilyReader::readParams(const Record &def,
                                            const DagInit *dag,
                                            StringRef what) {
  std::vector<Param> params;
  StringSet<> seen;
  for (unsigned i = 0, e = dag->getNumArgs(); i != e; ++i) {
    StringRef name = dag->getArgNameStr(i);
    if (name.empty()) {
      error(def, "parameter " + Twine(i) + " of " + what +
                     " has no name; write `Type:$name`");
      continue;
    }
    Param param;
    if (!readParam(def, dag->getArg(i), name, what, param))
      continue;
    std::vector<std::string> cNames = {param.name};
    if (param.callback)
      cNames.push_back(param.name + "_env");
    for (const std::string &cName : cNames)
      if (!seen.insert(cName).second)
        error(def,
              "two parameters of " + what + " are called '" + cName + "' in C");
    params.push_back(std::move(param));
  }
  return params;
}

const Type *FamilyReader::readResult(const Record &def, StringRef what,
                                     std::string &name, std::string &doc) {
  const DagInit *dag = def.getValueAsDag("results");
  if (dag->getNumArgs() == 0)
    return nullptr;
  if (dag->getNumArgs() > 1) {
    error(def, what + " has " + Twine(dag->getNumArgs()) +
                   " results; a C function returns at most one");
    return nullptr;
  }
  const auto *init = dyn_cast<DefInit>(dag->getArg(0));
  const Record *constraint = init ? init->getDef() : nullptr;
  name = dag->getArgNameStr(0).str();
  if (constraint && constraint->isSubClassOf("OpVariable")) {
    doc = constraint->getValueAsString("summary");
    constraint = constraint->getValueAsDef("constraint");
  }
  if (constraint && constraint->isSubClassOf("HasAbi"))
    return typeOf(*constraint);
  error(def, "result '" + name + "' of " + what + " has no C type: " +
                 noKind(records, constraint ? constraint->getName() : "?"));
  return nullptr;
}
