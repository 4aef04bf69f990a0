//===- ReadSignature.cpp - Parameters and results -------------------------===//

#include "FamilyReader.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace plumb::model;
using namespace plumb::tblgen;

/// Names the constraint and the ones that can be used in its place.
static std::string noKind(const RecordKeeper &records, StringRef constraint) {
  std::string text =
      "type constraint '" + constraint.str() + "' has no ABI kind; use one of";
  ListSeparator comma;
  for (const Record *def : records.getAllDerivedDefinitions("HasAbi"))
    text += (StringRef(comma).empty() ? " " : ", ") + def->getName().str();
  return text;
}

static ParamInput emptyParam(const char *name) {
  ParamInput input;
  input.param.name = name;
  input.param.doc = "";
  input.passing = spell(PLUMB_INTR_PASS_DIRECT);
  return input;
}

bool FamilyReader::readParam(const Record &def, const Init *arg, StringRef name,
                             StringRef what, ParamInput &input) {
  plumb_intr_param &param = input.param;
  const auto *defInit = dyn_cast<DefInit>(arg);
  if (!defInit) {
    error(def, "parameter '" + name + "' of " + what + " is not a record");
    return false;
  }
  const Record *constraint = defInit->getDef();
  if (constraint->isSubClassOf("OpVariable")) {
    param.doc = text(*constraint, "summary");
    constraint = constraint->getValueAsDef("constraint");
  }
  if (constraint->isSubClassOf("HasCallback")) {
    const Record *cb = constraint->getValueAsDef("callback");
    param.callback = callbacks.lookup(cb);
    param.is_optional = constraint->getValueAsBit("isOptionalCallback");
    param.is_kept = constraint->getValueAsBit("isKeptCallback");
    input.passing = spell(constraint->getValueAsBit("isFunctionAlone")
                              ? PLUMB_INTR_PASS_FUNCTION
                              : PLUMB_INTR_PASS_CALLBACK);
    if (param.callback)
      return true;
    error(def, "parameter '" + name + "' of " + what + " takes callback '" +
                   cb->getName() + "', which is not a record of this family");
    return false;
  }
  if (constraint->isSubClassOf("AttrConstraint") &&
      !constraint->isSubClassOf("HasOptions")) {
    error(def, "parameter '" + name + "' of " + what +
                   " is an attribute with no callback record; write "
                   "Callback<SomeIntrinsicCallback>");
    return false;
  }
  return readPassing(def, constraint, "parameter '" + name + "' of " + what,
                     input);
}

/// The type behind Span, ByPointer, Out or Options, or the constraint itself.
bool FamilyReader::readPassing(const Record &def, const Record *constraint,
                               const Twine &which, ParamInput &input) {
  if (constraint->isSubClassOf("HasPassing")) {
    input.passing = constraint->getValueAsString("passing");
    constraint = constraint->getValueAsDef("passedType");
  }
  if (constraint->isSubClassOf("Consumed")) {
    input.param.is_consumed = true;
    constraint = constraint->getValueAsDef("consumedType");
  }
  if (!constraint->isSubClassOf("HasAbi")) {
    error(def, which + ": " + noKind(records, constraint->getName()));
    return false;
  }
  input.param.type = typeOf(*constraint);
  return true;
}

void FamilyReader::checkTakesEnvironments(const Record &def, StringRef what,
                                          ArrayRef<ParamInput> params,
                                          bool isVariadic) {
  if (isVariadic)
    error(def, what + " is variadic: its operation cannot have Environments, "
                      "but a call of it by intr.call can give some");
  else if (none_of(params, [](const ParamInput &input) {
             return input.passing == spell(PLUMB_INTR_PASS_CALLBACK);
           }))
    error(def, what + " has Environments but no Callback<...> that is called "
                      "with one");
  for (const ParamInput &input : params)
    if (StringRef(input.param.name) == "environments")
      error(def, "parameter 'environments' of " + what +
                     " has the name of its Environments; choose another");
}

std::vector<ParamInput>
FamilyReader::readParams(const Record &def, StringRef what, bool *isVariadic) {
  const DagInit *dag = def.getValueAsDag("arguments");
  std::vector<ParamInput> params;
  bool hasEnvironments = false;
  for (unsigned i = 0, e = dag->getNumArgs(); i != e; ++i) {
    StringRef name = dag->getArgNameStr(i);
    if (name.empty()) {
      error(def, "parameter " + Twine(i) + " of " + what +
                     " has no name; write `Type:$name`");
      continue;
    }
    const auto *init = dyn_cast<DefInit>(dag->getArg(i));
    if (init && init->getDef()->isSubClassOf("IsEnvironments")) {
      hasEnvironments = true;
      continue;
    }
    if (hasEnvironments)
      error(def, "parameter '" + name + "' of " + what +
                     " stands after Environments, which come last");
    if (init && init->getDef()->isSubClassOf("Variadic")) {
      if (init->getDef()->getName() != "VarArgs" || !isVariadic || i + 1 != e)
        error(def, "parameter '" + name + "' of " + what +
                       " is variadic; only the last parameter of an intrinsic "
                       "can be, and it is written `VarArgs:$name`");
      else
        *isVariadic = true;
      continue;
    }
    ParamInput param = emptyParam(save(name));
    if (readParam(def, dag->getArg(i), name, what, param))
      params.push_back(param);
  }
  if (hasEnvironments)
    checkTakesEnvironments(def, what, params, isVariadic && *isVariadic);
  return params;
}

/// Makes one parameter of the result and the argument that it names.
void FamilyReader::readInOut(const Record &def, StringRef which,
                             const Record &constraint, const ParamInput &out,
                             std::vector<ParamInput> *params) {
  StringRef name = constraint.getValueAsString("argumentName");
  if (!params)
    return error(def, which + " is InOut, which is for intrinsics");
  for (ParamInput &param : *params) {
    if (param.param.name != name)
      continue;
    if (param.param.type != out.param.type ||
        param.passing != spell(PLUMB_INTR_PASS_DIRECT))
      return error(def, which + " is what is left in argument '" + name +
                            "', which must be of the same type");
    param.passing = spell(PLUMB_INTR_PASS_INOUT);
    return;
  }
  error(def, which + " is what is left in argument '" + name +
                 "', but there is no such argument");
}

ParamInput FamilyReader::readResults(const Record &def, StringRef what,
                                     std::vector<ParamInput> *params) {
  const DagInit *dag = def.getValueAsDag("results");
  ParamInput result = emptyParam("");
  for (unsigned i = 0, e = dag->getNumArgs(); i != e; ++i) {
    const auto *init = dyn_cast<DefInit>(dag->getArg(i));
    const Record *constraint = init ? init->getDef() : nullptr;
    ParamInput out = emptyParam(save(dag->getArgNameStr(i)));
    std::string which =
        ("result '" + Twine(out.param.name) + "' of " + what).str();
    if (constraint && constraint->isSubClassOf("OpVariable")) {
      out.param.doc = text(*constraint, "summary");
      constraint = constraint->getValueAsDef("constraint");
    }
    if (!constraint) {
      error(def, which + " is not a record");
      continue;
    }
    if (!readPassing(def, constraint, which, out))
      continue;
    if (out.passing == spell(PLUMB_INTR_PASS_OUT)) {
      if (!params) {
        error(def, what + " is called by the runtime; Out is for intrinsics");
        continue;
      }
      int at = constraint->getValueAsInt("position");
      if (at > int(params->size())) {
        error(def, "'" + Twine(out.param.name) + "' of " + what +
                       " stands at position " + Twine(at) +
                       ", but there are only " + Twine(params->size()) +
                       " parameters before it");
        at = -1;
      }
      params->insert(at < 0 ? params->end() : params->begin() + at, out);
      continue;
    }
    if (out.passing == spell(PLUMB_INTR_PASS_INOUT)) {
      readInOut(def, which, *constraint, out, params);
      continue;
    }
    if (out.passing != spell(PLUMB_INTR_PASS_DIRECT) || out.param.is_consumed)
      error(def,
            which + " is passed as a parameter; a result is returned or Out");
    if (result.param.type || i)
      error(def, what + " has " + Twine(e) +
                     " results; a C function returns one, which stands first, "
                     "and leaves others in Out<...>");
    result = out;
  }
  return result;
}
