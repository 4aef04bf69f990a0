//===- ReadSignature.cpp - Types, parameters and results -----------------===//

#include "FamilyReader.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace llvm;
using namespace plumb::tblgen;
using plumb::tblgen::Type;

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
    param.isKept = constraint->getValueAsBit("isKeptCallback");
    param.passing = constraint->getValueAsBit("isFunctionAlone")
                        ? Passing::Function
                        : Passing::Callback;
    if (param.callback)
      return true;
    error(def, "parameter '" + name + "' of " + what + " takes callback '" +
                   cb->getName() + "', which is not a record of this family");
    return false;
  }
  if (constraint->isSubClassOf("HasOptions")) {
    param.type = typeOf(*constraint->getValueAsDef("passedType"));
    param.passing = Passing::Options;
    param.isOptional = true;
    if (family->options.empty())
      error(def, "parameter '" + name + "' of " + what +
                     " is options, but the family has none; define one with "
                     "IntOption, TextOption or ChoiceOption");
    return true;
  }
  if (constraint->isSubClassOf("AttrConstraint")) {
    error(def, "parameter '" + name + "' of " + what +
                   " is an attribute with no callback record; write "
                   "Callback<SomeIntrinsicCallback>");
    return false;
  }
  if (!readPassing(def, constraint, "parameter '" + name + "' of " + what,
                   param))
    return false;
  if (param.type->probe.empty() && def.isSubClassOf("Intrinsic")) {
    error(def, "parameter '" + name + "' of " + what + ": ABI kind '" +
                   param.type->kind + "' is for results only");
    return false;
  }
  return true;
}

/// The type behind Span, ByPointer or Out, or the constraint itself.
bool FamilyReader::readPassing(const Record &def, const Record *constraint,
                               const Twine &which, Param &param) {
  StringRef how;
  if (constraint->isSubClassOf("HasPassing")) {
    how = constraint->getValueAsString("passing");
    constraint = constraint->getValueAsDef("passedType");
  }
  if (!constraint->isSubClassOf("HasAbi")) {
    error(def, which + ": " + noKind(records, constraint->getName()));
    return false;
  }
  param.type = typeOf(*constraint);
  StringRef kind = param.type->kind;
  auto refuse = [&](StringRef wrapper, StringRef wanted) {
    error(def, which + ": " + wrapper + " is for " + wanted +
                   ", not for kind '" + kind + "'");
    return false;
  };
  if (how == "span") {
    param.passing = Passing::Span;
    if (kind != "text" && kind != "bytes")
      return refuse("Span", "text and bytes");
  } else if (how == "pointer") {
    param.passing = Passing::Pointer;
    if (kind != "struct")
      return refuse("ByPointer", "structs");
  } else if (how == "out") {
    param.passing = Passing::Out;
    if (kind == "environment")
      return refuse("Out", "values that a program can hold");
  }
  return true;
}

/// C names of what the parameter becomes.
static SmallVector<std::string> cNames(const Param &param) {
  SmallVector<std::string> names = {param.name};
  if (param.passing == Passing::Callback)
    names.push_back(param.name + "_env");
  if (param.passing == Passing::Span)
    names.push_back(param.name + "_len");
  return names;
}

void FamilyReader::checkParamNames(const Record &def, ArrayRef<Param> params,
                                   StringRef what) {
  StringSet<> seen;
  unsigned environments = 0;
  for (const Param &param : params) {
    for (const std::string &cName : cNames(param))
      if (!seen.insert(cName).second)
        error(def,
              "two parameters of " + what + " are called '" + cName + "' in C");
    environments += param.type && param.type->kind == "environment";
  }
  if (environments > 1)
    error(def, what + " has " + Twine(environments) +
                   " parameters of kind 'environment'; its callbacks can be "
                   "given one");
}

std::vector<Param> FamilyReader::readParams(const Record &def,
                                            const DagInit *dag, StringRef what,
                                            bool *isVariadic) {
  std::vector<Param> params;
  for (unsigned i = 0, e = dag->getNumArgs(); i != e; ++i) {
    StringRef name = dag->getArgNameStr(i);
    if (name.empty()) {
      error(def, "parameter " + Twine(i) + " of " + what +
                     " has no name; write `Type:$name`");
      continue;
    }
    const auto *init = dyn_cast<DefInit>(dag->getArg(i));
    if (init && init->getDef()->isSubClassOf("Variadic")) {
      if (init->getDef()->getName() != "VarArgs" || !isVariadic || i + 1 != e)
        error(def, "parameter '" + name + "' of " + what +
                       " is variadic; only the last parameter of an intrinsic "
                       "can be, and it is written `VarArgs:$name`");
      else
        *isVariadic = true;
      continue;
    }
    Param param;
    if (readParam(def, dag->getArg(i), name, what, param))
      params.push_back(std::move(param));
  }
  return params;
}

const Type *FamilyReader::readResults(const Record &def, StringRef what,
                                      std::string &name, std::string &doc,
                                      std::vector<Param> *params) {
  const DagInit *dag = def.getValueAsDag("results");
  const Type *result = nullptr;
  for (unsigned i = 0, e = dag->getNumArgs(); i != e; ++i) {
    const auto *init = dyn_cast<DefInit>(dag->getArg(i));
    const Record *constraint = init ? init->getDef() : nullptr;
    Param out;
    out.name = dag->getArgNameStr(i).str();
    if (constraint && constraint->isSubClassOf("OpVariable")) {
      out.doc = constraint->getValueAsString("summary");
      constraint = constraint->getValueAsDef("constraint");
    }
    if (!constraint) {
      error(def, "result '" + out.name + "' of " + what + " is not a record");
      continue;
    }
    if (!readPassing(def, constraint, "result '" + out.name + "' of " + what,
                     out))
      continue;
    if (out.passing == Passing::Out) {
      if (!params) {
        error(def, what + " is called by the runtime; Out is for intrinsics");
        continue;
      }
      checkName(def, out.name, "result");
      int at = constraint->getValueAsInt("position");
      if (at > int(params->size())) {
        error(def, "'" + out.name + "' of " + what + " stands at position " +
                       Twine(at) + ", but there are only " +
                       Twine(params->size()) + " parameters before it");
        at = -1;
      }
      params->insert(at < 0 ? params->end() : params->begin() + at, out);
      continue;
    }
    if (out.passing != Passing::Direct)
      error(def, "result '" + out.name + "' of " + what +
                     " is passed as a parameter; a result is returned or Out");
    if (result || i)
      error(def, what + " has " + Twine(e) +
                     " results; a C function returns one, which stands first, "
                     "and leaves others in Out<...>");
    result = out.type;
    name = out.name;
    doc = out.doc;
  }
  return result;
}
