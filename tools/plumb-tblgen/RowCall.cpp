//===- RowCall.cpp - A program's call of a row ----------------------------===//

#include "RowCall.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace plumb::tblgen;
using plumb::tblgen::Type;

std::string plumb::tblgen::replaceAll(std::string text, StringRef from,
                                      StringRef to) {
  for (size_t at = 0; (at = text.find(from, at)) != std::string::npos;
       at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

static std::string probe(const Type &type, StringRef name) {
  return replaceAll(replaceAll(type.probe, "$_result", ("%" + name).str()),
                    "$_type", type.mlir);
}

/// Whether the program's function gets the environment, too.
static bool getsEnvironment(const Row &row, const Param &param) {
  return param.passing == Passing::Function && row.hasEnvironment();
}

std::string plumb::tblgen::functionType(const Row &row, const Param &param) {
  const Callback &cb = *param.callback;
  std::string text = "(";
  ListSeparator comma;
  for (const Param &p : cb.params)
    text += StringRef(comma).str() + p.type->mlir;
  if (getsEnvironment(row, param))
    text += StringRef(comma).str() + "!intr.slot";
  return text + ") -> " + (cb.result ? cb.result->mlir : "()");
}

static std::string callbackFunction(const Row &row, const Param &param) {
  const Callback &cb = *param.callback;
  std::string text = "func.func @" + param.name + "(";
  ListSeparator comma;
  for (const Param &p : cb.params)
    text += StringRef(comma).str() + "%" + p.name + ": " + p.type->mlir;
  if (getsEnvironment(row, param))
    text += StringRef(comma).str() + "%env_of_call: !intr.slot";
  text += ")";
  if (!cb.result)
    return text + " {\n  return\n}\n";
  return text + " -> " + cb.result->mlir + " {\n  " +
         probe(*cb.result, "result") +
         "\n  return %result : " + cb.result->mlir + "\n}\n";
}

RowCall::RowCall(const Row &row) {
  std::vector<std::string> value, type, sourceValue, sourceType, attr;
  for (const Param &p : row.params) {
    if (!p.isArgument())
      continue;
    sourceValue.push_back("%" + p.name);
    if (p.callback) {
      sourceType.push_back(functionType(row, p));
      attr.push_back(p.name + " = @" + p.name);
      functions += callbackFunction(row, p);
      definitions += "  %" + p.name + " = func.constant @" + p.name + " : " +
                     functionType(row, p) + "\n";
      continue;
    }
    value.push_back("%" + p.name);
    type.push_back(p.type->mlir);
    sourceType.push_back(p.type->mlir);
    definitions += "  " + probe(*p.type, p.name) + "\n";
  }
  values = join(value, ", ");
  types = join(type, ", ");
  sourceValues = join(sourceValue, ", ");
  sourceTypes = join(sourceType, ", ");
  if (!attr.empty())
    callbackAttrs = " {" + join(attr, ", ") + "}";
  std::vector<const Type *> results = row.results();
  result = "()";
  if (!results.empty()) {
    result =
        join(map_range(results, [](const Type *t) { return t->mlir; }), ", ");
    if (results.size() > 1) {
      result = "(" + result + ")";
      count = ":" + std::to_string(results.size());
    }
    assign = "%r" + count + " = ";
  }
}
