//===- BuildRows.cpp - Callbacks and intrinsics ---------------------------===//

#include "model/Builder.h"
#include "model/Signature.h"
#include "model/TakenNames.h"
#include "plumb/Model/Scheme.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace plumb::model;

//===----------------------------------------------------------------------===//
// Parameters
//===----------------------------------------------------------------------===//

void FamilyBuilder::checkParam(Place at, StringRef what, ParamInput &input,
                               bool ofRow) {
  plumb_intr_param &p = input.param;
  const PassingInfo *passing = findPassing(input.passing);
  StringRef word = passing && passing->passing == PLUMB_INTR_PASS_OUT
                       ? "result"
                       : "parameter";
  checkName(at, word, p.name);
  // A family has thousands, and most are right.
  auto which = [&] { return (word + " '" + p.name + "' of " + what).str(); };
  if (!passing) {
    fault(at, which() + " is passed as '" + input.passing +
                  "', which is no way of passing");
    passing = &infoOf(PLUMB_INTR_PASS_DIRECT);
  }
  p.passing = passing->passing;
  if (ofRow && isTakenInOperations(p.name, p.passing == PLUMB_INTR_PASS_OUT))
    fault(at, which() + " has the name of something that every operation of "
                        "MLIR has; choose another");
  if (p.passing == PLUMB_INTR_PASS_OPTIONS) {
    p.is_optional = true;
    if (ofRow && ownOptions.empty())
      fault(at, which() +
                    " is options, but the family has none; define one with "
                    "IntOption, TextOption or ChoiceOption");
  }
  const KindInfo *kind = p.type ? infoOf(*p.type) : nullptr;
  if (p.is_consumed && !isErased(p.type))
    fault(at, which() + " is consumed, which only objects, closures and type "
                        "variables can be");
  if (!kind || !ofRow)
    return;
  if (p.type->structure)
    checkValue(at, which(), p.type);
  if (passing->wanted && !(kind->traits & passing->wanted))
    fault(at, which() + ": " + passing->wrapper + " is for " +
                  passing->wantedInWords + ", not for kind '" + kind->name +
                  "'");
  else if (p.type->release && passing->isArgument)
    fault(at, which() + " is freed by '" + p.type->release +
                  "', which only what a runtime hands out can be");
  else if (passing->isArgument && !kind->may(AsArgument))
    fault(at, which() + ": ABI kind '" + kind->name + "' is for " +
                  (kind->may(AsResult) ? "results" : "arguments of types") +
                  " only");
}

ArrayRef<plumb_intr_param>
FamilyBuilder::addParams(Place at, StringRef what,
                         std::vector<ParamInput> &inputs, bool ofRow) {
  std::vector<plumb_intr_param> made;
  SmallVector<SmallString<24>> names; // in C
  SmallVector<StringRef> variables;
  for (ParamInput &input : inputs) {
    checkParam(at, what, input, ofRow);
    const plumb_intr_param &p = input.param;
    for (const CPart &part : infoOf(p.passing).parts) {
      SmallString<24> name(p.name);
      name += part.suffix;
      names.push_back(name);
    }
    made.push_back(p);
    for (StringRef name : variablesOf(p.type))
      if (!is_contained(variables, name)) {
        variables.push_back(name);
        names.push_back(StringRef(kindParameter(name)));
      }
  }
  llvm::sort(names);
  for (size_t i = 1; i < names.size(); ++i)
    if (names[i] == names[i - 1])
      fault(at, "two parameters of " + what + " are called '" + names[i] +
                    "' in C");
  return keep(ArrayRef(made));
}

//===----------------------------------------------------------------------===//
// Callbacks
//===----------------------------------------------------------------------===//

void FamilyBuilder::checkCallbackValue(Place at, StringRef what,
                                       const plumb_intr_param &p) {
  std::string which = ("parameter '" + Twine(p.name) + "' of " + what).str();
  const KindInfo *kind = p.type ? infoOf(*p.type) : nullptr;
  if (p.type && p.type->release)
    fault(at, which + " is freed by '" + p.type->release +
                  "', which only what an intrinsic returns can be");
  if (infoOf(p.passing).takesCallback)
    fault(at, which + " is a callback; callbacks are parameters of intrinsics "
                      "only");
  else if (isErased(p.type))
    fault(at, which + " is an object, a closure or a type variable; a callback "
                      "takes scalars, text and bytes");
  else if (p.passing != PLUMB_INTR_PASS_DIRECT ||
           (kind && !kind->may(AsCallbackValue)))
    fault(at, which + " is a struct, a span, options or an environment; a "
                      "callback takes scalars, text and bytes");
}

const plumb_intr_callback *FamilyBuilder::addCallback(Place at,
                                                      CallbackInput input) {
  plumb_intr_callback &cb = input.callback;
  std::string what = std::string("callback '") + cb.name + "'";
  checkText(at, what, "summary", cb.summary);
  checkName(at, "callback", cb.name);
  if (isIdentifier(cb.name))
    checkCName(at, "C name of a callback", cb.c_name);
  checkTwice(callbackNames, at, "callback", cb.name);
  takeCName(at, what, cb.c_name);
  ArrayRef params = addParams(at, what, input.params, /*ofRow=*/false);
  for (const plumb_intr_param &p : params)
    checkPlainName(at, p.name, cb.name);
  cb.params = params.data();
  cb.num_params = params.size();
  for (const plumb_intr_param &p : params)
    checkCallbackValue(at, what, p);
  if (input.environment > int64_t(params.size()))
    fault(at, "the environment of " + what + " stands at position " +
                  Twine(input.environment) + ", but it has only " +
                  Twine(params.size()) + " parameters");
  cb.environment = input.environment < 0 ? PLUMB_INTR_NO_ENVIRONMENT
                                         : uint32_t(input.environment);
  const KindInfo *result = cb.result ? infoOf(*cb.result) : nullptr;
  if (result && !result->may(AsCallbackResult))
    fault(at, what + " returns kind '" + result->name +
                  "'; a callback returns scalars, text and bytes");
  const plumb_intr_callback *made = keep(cb);
  ownCallbacks.push_back(made);
  family->callbackDocs.push_back({input.description, input.resultName});
  return made;
}

//===----------------------------------------------------------------------===//
// Intrinsics
//===----------------------------------------------------------------------===//

/// An environment belongs to functions that are called with it, and they to it.
void FamilyBuilder::checkEnvironments(Place at, StringRef what,
                                      const plumb_intr_row &row) {
  unsigned environments = count_if(params(row), [](const plumb_intr_param &p) {
    return kindOf(p.type) == Kind::Environment;
  });
  if (environments > 1)
    fault(at, what + " has " + Twine(environments) +
                  " parameters of kind 'environment'; its callbacks can be "
                  "given one");
  bool alone = false;
  for (const plumb_intr_param &p : params(row)) {
    if (!p.callback)
      continue;
    std::string which =
        ("callback '" + Twine(p.callback->name) + "' of " + what).str();
    bool takes = hasEnvironment(*p.callback);
    if (p.passing == PLUMB_INTR_PASS_FUNCTION) {
      alone = true;
      if (environments && !takes)
        fault(at, which + " has no environment, but the intrinsic takes one");
      if (!environments && takes)
        fault(at, which + " has an environment, but the intrinsic takes none; "
                          "add `Environment:$env`, use Callback<...>, or `let "
                          "hasEnvironment = 0` in the callback's record");
    } else if (!takes)
      fault(at, which + " has no environment; use Function<...>");
  }
  if (environments && !alone)
    fault(at, what + " takes an environment but no Function<...> that is "
                     "called with it; use Pointer or Slot");
}

void FamilyBuilder::checkResult(Place at, StringRef what,
                                const plumb_intr_row &row) {
  if (hasFreshResult(row) && isErased(row.result))
    fault(at, what + " has freshResult, which is for memory of the arena; an "
                     "object is counted");
  else if (hasFreshResult(row) &&
           (!row.result || row.result->llvm != PLUMB_INTR_LLVM_PTR))
    fault(at, what + " has freshResult but returns no pointer");
  checkValue(at, "the result of " + what, row.result);
  const KindInfo *kind = row.result ? infoOf(*row.result) : nullptr;
  if (kind && !kind->may(AsResult))
    fault(at,
          what + " returns kind '" + kind->name + "', which no intrinsic does");
}

void FamilyBuilder::checkTaken(StringMap<std::pair<Place, const char *>> &taken,
                               Place at, StringRef what, const char *name,
                               const plumb_intr_row &row) {
  auto [it, isNew] = taken.try_emplace(name, std::pair(at, row.name));
  if (!isNew)
    fault(at,
          what + " '" + Twine(name) + "' of intrinsic '" + row.name +
              "' is taken by intrinsic '" + it->second.second + "'",
          it->second.first);
}

void FamilyBuilder::checkRowNames(Place at, const plumb_intr_row &row) {
  StringRef source = row.source_name;
  checkText(at, "intrinsic '" + Twine(row.name) + "'", "summary", row.summary);
  checkQualified(at, "intrinsic", row.name);
  if (!isOf(names(), row.name))
    fault(at, "intrinsic '" + Twine(row.name) + "' is not of family '" +
                  names().name + "'");
  checkName(at, "symbol", row.symbol);
  checkTwice(rowNames, at, "intrinsic", row.name);
  checkTaken(symbols, at, "symbol", row.symbol, row);
  if (!isWordOfC(row.symbol))
    takeCName(at, "intrinsic '" + Twine(row.name) + "'", row.symbol);
  if (isTakenInOperations(row.result_name, /*isResult=*/true))
    fault(at, "result '" + Twine(row.result_name) + "' of intrinsic '" +
                  row.name +
                  "' has the name of something that every operation of MLIR "
                  "has; choose another");
  if (looksReservedInC(plainName(row.name)))
    fault(at, "intrinsic '" + Twine(row.name) +
                  "' has the form of a macro of C, or of a word that its "
                  "compilers keep for themselves; choose another");
  if (plainName(row.name) == "body")
    fault(at, "intrinsic '" + Twine(row.name) +
                  "' has the name of the function in its own class in C++; "
                  "choose another");
  checkTaken(sourceNames, at, "source name", row.source_name, row);
  if (source.empty() || source.find_first_of(" \t\r\n\"") != StringRef::npos)
    fault(at, "source name '" + source + "' of intrinsic '" + row.name +
                  "' is empty or has a space or quote");
}

const plumb_intr_row &FamilyBuilder::addRow(Place at, RowInput input) {
  plumb_intr_row &row = input.row;
  std::string what = std::string("intrinsic '") + row.name + "'";
  checkRowNames(at, row);
  ArrayRef params = addParams(at, what, input.params, /*ofRow=*/true);
  for (const plumb_intr_param &p : params)
    checkPlainName(at, p.name, row.name);
  row.family = &family->descriptor;
  row.params = params.data();
  row.num_params = params.size();
  if (count_if(params, [](const plumb_intr_param &p) {
        return p.passing == PLUMB_INTR_PASS_OPTIONS;
      }) > 1)
    fault(at, what + " takes options twice");
  if (any_of(params, [](const plumb_intr_param &p) {
        return p.callback || kindOf(p.type) == Kind::Function;
      }))
    row.flags |= PLUMB_INTR_ROW_CALLS_BACK;
  const ConventionInfo *convention = findConvention(input.convention);
  if (!convention)
    fault(at, "calling convention '" + input.convention + "' of " + what +
                  " is unknown; it is " + listConventions());
  else if (isVariadic(row) && convention->cc != PLUMB_INTR_CC_C)
    fault(at, what + " is variadic, so its calling convention is c");
  if (convention)
    row.cc = convention->cc;
  checkEnvironments(at, what, row);
  checkResult(at, what, row);
  ArrayRef effects = keep(ArrayRef(input.effects));
  row.effects = effects.data();
  row.num_effects = effects.size();
  addVariables(at, what, row);
  addBounds(at, what, input);
  addAliases(at, input);
  addOperators(at, what, input);
  if (std::string unlike = standardFunctionUnlike(row); !unlike.empty())
    fault(at, "symbol '" + Twine(row.symbol) + "' of " + what +
                  " is a function of the C library, whose type is another (" +
                  unlike + "); choose another symbol");
  row.signature = save(abiSignature(row));
  row.hash = hashSignature(row.signature);
  ownRows.push_back(row);
  return ownRows.back();
}
