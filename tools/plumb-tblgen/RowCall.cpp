//===- RowCall.cpp - A program's call of a row ----------------------------===//

#include "RowCall.h"
#include "Probes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace plumb::model;
using namespace plumb::tblgen;

std::string plumb::tblgen::replaceAll(std::string text, StringRef from,
                                      StringRef to) {
  for (size_t at = 0; (at = text.find(from, at)) != std::string::npos;
       at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

static std::string callbackFunction(const plumb_intr_row &row,
                                    const plumb_intr_param &param) {
  const plumb_intr_callback &cb = *param.callback;
  std::string text = std::string("func.func @") + param.name + "(";
  ListSeparator comma;
  for (const plumb_intr_param &p : params(cb))
    text += StringRef(comma).str() + "%" + p.name + ": " + p.type->mlir;
  if (getsEnvironment(row, param))
    text += StringRef(comma).str() + "%env_of_call: !intr.slot";
  text += ")";
  if (!cb.result)
    return text + " {\n  return\n}\n";
  return text + " -> " + cb.result->mlir + " {\n  " +
         *Probes(*row.family).make(*cb.result, "result") +
         "\n  return %result : " + cb.result->mlir + "\n}\n";
}

RowCall::RowCall(const plumb_intr_row &row) {
  std::vector<std::string> value, type, sourceValue, sourceType, attr;
  Probes probes(*row.family);
  for (const plumb_intr_param &p : params(row)) {
    if (!isArgument(p))
      continue;
    std::string name = std::string("%") + p.name;
    sourceValue.push_back(name);
    if (p.callback) {
      sourceType.push_back(describeType(row, p));
      attr.push_back(p.name + std::string(" = @") + p.name);
      functions += callbackFunction(row, p);
      definitions += "  " + name + " = func.constant @" + p.name + " : " +
                     describeType(row, p) + "\n";
      continue;
    }
    value.push_back(name);
    type.push_back(concreteMlir(*p.type));
    sourceType.push_back(type.back());
    if (auto lines = probes.make(*p.type, p.name)) {
      definitions += "  " + *lines + "\n";
      continue;
    }
    parameters += (parameters.empty() ? "" : ", ") + name + ": " + type.back();
  }
  functions += probes.functions();
  values = join(value, ", ");
  types = join(type, ", ");
  sourceValues = join(sourceValue, ", ");
  sourceTypes = join(sourceType, ", ");
  if (!attr.empty())
    callbackAttrs = " {" + join(attr, ", ") + "}";
  auto results = resultTypes(row);
  result = "()";
  if (!results.empty()) {
    result = join(
        map_range(results,
                  [](const plumb_intr_type *t) { return concreteMlir(*t); }),
        ", ");
    if (results.size() > 1) {
      result = "(" + result + ")";
      count = ":" + std::to_string(results.size());
    }
    assign = "%r" + count + " = ";
  }
}
