//===- BuildGenerics.cpp - Objects, closures, type variables --------------===//

#include "model/Builder.h"
#include "plumb/Model/Scheme.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace llvm;
using namespace plumb::model;

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

/// "List" or "Main.Point".
static bool isObjectName(StringRef name) {
  return !name.empty() && all_of(llvm::split(name, '.'), isIdentifier);
}

/// What is wrong with name and arguments; "" for nothing.
std::string FamilyBuilder::checkErased(const TypeInput &input,
                                       const KindInfo &kind) {
  bool isObject = kind.kind == Kind::Object,
       isVariable = kind.kind == Kind::Variable,
       isFunction = kind.kind == Kind::Function;
  if (!isObject && !isVariable && !input.name.empty())
    return ("is of kind '" + input.kind + "', which has no name, but is '" +
            input.name + "'")
        .str();
  if (!isObject && !isFunction && !input.arguments.empty())
    return ("is of kind '" + input.kind + "', which has no type arguments")
        .str();
  if (isVariable && !isIdentifier(input.name))
    return ("has the name '" + input.name +
            "', which is no identifier: letters, digits and _, not starting "
            "with a digit")
        .str();
  if (isObject && !isObjectName(input.name))
    return ("has the name '" + input.name +
            "', which is not one such as List or Main.Point")
        .str();
  if (isFunction && input.arguments.empty())
    return "is a function without a result; the result of one that returns "
           "nothing is Unit";
  for (const plumb_intr_type *argument : input.arguments) {
    const KindInfo *of = argument ? infoOf(*argument) : nullptr;
    if (of && !of->may(AsTypeArgument))
      return ("has type argument '" + Twine(argument->mlir) + "' of kind '" +
              of->name +
              "'; type arguments are Int, Float, Bool, Unit, objects, "
              "functions and type variables")
          .str();
  }
  return "";
}

/// One name is one type, with as many arguments and one C type everywhere.
void FamilyBuilder::checkObject(Place at, const TypeInput &input) {
  size_t arity = input.arguments.size();
  auto [it, isNew] = objects.try_emplace(
      input.name, ObjectUse{at, arity, input.c.str(), false});
  if (isNew)
    return;
  ObjectUse &other = it->second;
  // In an order of their own: records and JSON have types in different ones.
  if (other.arity != arity && input.name != tupleName)
    fault(at,
          "object '" + input.name + "' has " +
              Twine(std::min(arity, other.arity)) +
              " type arguments in one "
              "record and " +
              Twine(std::max(arity, other.arity)) + " in another",
          other.at);
  if (other.c != input.c && !other.isTold) {
    other.isTold = true;
    fault(at,
          "object '" + input.name + "' is both '" +
              std::min(StringRef(other.c), input.c) + "' and '" +
              std::max(StringRef(other.c), input.c) + "' in C",
          other.at);
  }
}

//===----------------------------------------------------------------------===//
// Variables of a row
//===----------------------------------------------------------------------===//

void FamilyBuilder::addVariables(Place at, StringRef what,
                                 plumb_intr_row &row) {
  std::vector<const char *> names;
  auto add = [&](const plumb_intr_type *type) {
    for (StringRef name : variablesOf(type))
      if (!is_contained(names, name))
        names.push_back(save(name));
  };
  for (const plumb_intr_param &p : params(row))
    if (p.passing != PLUMB_INTR_PASS_OUT)
      add(p.type);
  size_t fromParams = names.size();
  for (const plumb_intr_type *type : resultTypes(row))
    add(type);
  ArrayRef kept = keep(ArrayRef(names));
  row.variables = kept.data();
  row.num_variables = kept.size();
  // An empty list is one of all types; a value is of one.
  if (kindOf(row.result) == Kind::Variable && comesBack(row) &&
      find(names, StringRef(row.result->name)) - names.begin() >=
          ptrdiff_t(fromParams))
    fault(at, what + " returns a value of type '" + row.result->name +
                  "', which is in no parameter: nothing tells what it makes; "
                  "return an object of it, or give it a parameter");
  if (kept.size() && isVariadic(row))
    fault(at, what + " has type variables and is variadic; it is one of both");
}

void FamilyBuilder::addBounds(Place at, StringRef what, RowInput &input) {
  std::vector<plumb_intr_bound> made;
  for (const BoundInput &bound : input.bounds) {
    ArrayRef names = variables(input.row);
    size_t index = find(names, bound.variable) - names.begin();
    if (index == names.size()) {
      fault(at, what + " has a bound '" + bound.name + "' of type variable '" +
                    bound.variable +
                    "', which is in no parameter and not in the result");
      // So that the bound is kept, wrong as it is.
      SmallVector<const char *> more(names);
      more.push_back(save(bound.variable));
      ArrayRef kept = keep(ArrayRef(more));
      input.row.variables = kept.data();
      input.row.num_variables = kept.size();
    }
    if (!isObjectName(bound.name))
      fault(at, "bound '" + Twine(bound.name) + "' of " + what +
                    " is not a name such as Eq");
    plumb_intr_bound one = {uint32_t(index), bound.name};
    if (any_of(made, [&](const plumb_intr_bound &other) {
          return other.variable == one.variable &&
                 StringRef(other.name) == one.name;
        }))
      fault(at, "bound '" + Twine(bound.name) + "' of type variable '" +
                    bound.variable + "' of " + what + " is there twice");
    made.push_back(one);
  }
  ArrayRef kept = keep(ArrayRef(made));
  input.row.bounds = kept.data();
  input.row.num_bounds = kept.size();
}

//===----------------------------------------------------------------------===//
// Aliases and operators
//===----------------------------------------------------------------------===//

static bool isWord(StringRef text) {
  return !text.empty() && text.find_first_of(" \t\r\n") == StringRef::npos;
}

void FamilyBuilder::addAliases(Place at, RowInput &input) {
  plumb_intr_row &row = input.row;
  for (const char *alias : input.aliases) {
    checkTaken(sourceNames, at, "alias", alias, row);
    if (!isWord(alias) || StringRef(alias).contains('"'))
      fault(at, "alias '" + Twine(alias) + "' of intrinsic '" + row.name +
                    "' is empty or has a space or quote");
  }
  ArrayRef kept = keep(ArrayRef(input.aliases));
  row.aliases = kept.data();
  row.num_aliases = kept.size();
}

void FamilyBuilder::addOperators(Place at, StringRef what, RowInput &input) {
  StringSet<> seen;
  for (const char *word : input.operators) {
    if (!isWord(word))
      fault(at, "operator '" + Twine(word) + "' of " + what +
                    " is empty or has a space");
    if (!seen.insert(word).second)
      fault(at,
            "operator '" + Twine(word) + "' of " + what + " is there twice");
  }
  ArrayRef kept = keep(ArrayRef(input.operators));
  input.row.operators = kept.data();
  input.row.num_operators = kept.size();
}
