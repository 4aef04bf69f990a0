//===- Scheme.cpp ---------------------------------------------------------===//

#include "plumb/Model/Scheme.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace plumb::model;

bool plumb::model::isErased(const plumb_intr_type *type) {
  Kind kind = kindOf(type);
  return kind == Kind::Object || kind == Kind::Function ||
         kind == Kind::Variable;
}

bool plumb::model::hasErased(const plumb_intr_row &row) {
  return isErased(row.result) ||
         any_of(params(row),
                [](const plumb_intr_param &p) { return isErased(p.type); });
}

void plumb::model::eachVariable(
    const plumb_intr_type *type,
    function_ref<void(const plumb_intr_type &)> tell) {
  if (!type)
    return;
  if (kindOf(type) == Kind::Variable)
    tell(*type);
  for (const plumb_intr_type *argument : arguments(*type))
    eachVariable(argument, tell);
}

std::vector<StringRef> plumb::model::variablesOf(const plumb_intr_type *type) {
  std::vector<StringRef> names;
  eachVariable(type, [&](const plumb_intr_type &variable) {
    if (!is_contained(names, StringRef(variable.name)))
      names.push_back(variable.name);
  });
  return names;
}

std::string plumb::model::kindParameter(StringRef variable) {
  return (variable + "_kind").str();
}

static std::string listOf(ArrayRef<const plumb_intr_type *> types) {
  return join(
      map_range(types,
                [](const plumb_intr_type *type) { return schemeOf(*type); }),
      ", ");
}

/// "Clock.Zone" of "!clock.zone".
static std::string handleName(StringRef mlir) {
  mlir.consume_front("!");
  auto [family, name] = mlir.split('.');
  auto capital = [](StringRef word) {
    return word.take_front().upper() + word.drop_front().str();
  };
  return capital(family) + "." + capital(name);
}

std::string plumb::model::schemeOf(const plumb_intr_type &type) {
  ArrayRef<const plumb_intr_type *> args = arguments(type);
  switch (kindOf(type)) {
  case Kind::Object: {
    std::string list = listOf(args);
    if (type.name == tupleName)
      return "(" + list + ")";
    return list.empty() ? std::string(type.name)
                        : std::string(type.name) + "<" + list + ">";
  }
  case Kind::Function:
    return "Fun(" + listOf(args.drop_back()) + ") -> " +
           (args.empty() ? "()" : schemeOf(*args.back()));
  case Kind::Variable:
    return type.name;
  case Kind::Unit:
    return "()";
  case Kind::Text:
    return "String";
  case Kind::Bytes:
    return "Bytes";
  case Kind::Bool:
    return "Bool";
  case Kind::Int64:
    return "Int";
  case Kind::Float64:
    return "Float";
  case Kind::Status:
    return "Status";
  case Kind::Count:
    return "Count";
  case Kind::Handle:
    return handleName(type.mlir);
  default:
    // What is wrong may have the kind and not what belongs to it.
    return type.enumeration ? type.enumeration->name
           : type.structure ? type.structure->name
                            : type.mlir;
  }
}

std::string plumb::model::schemeOf(const plumb_intr_row &row) {
  std::vector<std::string> args, results;
  for (const plumb_intr_param &p : params(row))
    if (isArgument(p))
      args.push_back(p.callback ? describeType(row, p) : schemeOf(*p.type));
  for (const plumb_intr_type *type : resultTypes(row))
    results.push_back(schemeOf(*type));
  std::string text = "(" + join(args, ", ") + ") -> ";
  text +=
      results.size() == 1 ? results.front() : "(" + join(results, ", ") + ")";
  ListSeparator comma;
  for (const plumb_intr_bound &bound : bounds(row)) {
    StringRef separator = comma;
    text += (separator.empty() ? " where " : separator.str()) +
            row.variables[bound.variable] + ": " + bound.name;
  }
  return text;
}
