//===- Signature.cpp ------------------------------------------------------===//

#include "model/Signature.h"
#include "plumb/Model/Scheme.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"

using namespace llvm;
using namespace plumb::model;

static std::string describeCases(const plumb_intr_enum &e) {
  std::string text = std::string(" ") + e.name + "{";
  ListSeparator comma(",");
  for (const plumb_intr_case &c : cases(e))
    text += StringRef(comma).str() + c.name + "=" + std::to_string(c.value);
  return text + "}";
}

static std::string describe(const plumb_intr_type *type, bool isResult,
                            ArrayRef<const char *> variables = {});

static std::string describeFields(const plumb_intr_struct &s) {
  std::string text = std::string(" ") + s.name + "{";
  ListSeparator comma(",");
  for (const plumb_intr_field &f : fields(s)) {
    text += StringRef(comma).str() + f.name + ":" + describe(f.type, false);
    if (f.is_array)
      text += "[" + std::to_string(f.count) + "]";
    if (f.bits)
      text += ":" + std::to_string(f.bits) + "+" + std::to_string(f.first_bit);
    text += "@" + std::to_string(f.offset);
  }
  return text + "}" + std::to_string(s.size) + "/" + std::to_string(s.align) +
         (s.is_union ? " union" : "");
}

/// "List<#0>": variables by their position, since their names are nobody's.
static std::string describeErased(const plumb_intr_type &type,
                                  ArrayRef<const char *> variables) {
  if (kindOf(type) == Kind::Variable)
    return "#" + std::to_string(find(variables, StringRef(type.name)) -
                                variables.begin());
  if (!isErased(&type))
    return type.kind;
  std::string text = kindOf(type) == Kind::Function ? "fun" : type.name;
  if (!type.num_arguments)
    return text;
  text += "<";
  ListSeparator comma(",");
  for (const plumb_intr_type *argument : arguments(type))
    text += StringRef(comma).str() + describeErased(*argument, variables);
  return text + ">";
}

/// "i32(int32 noundef signext)".
static std::string describe(const plumb_intr_type *type, bool isResult,
                            ArrayRef<const char *> variables) {
  if (!type)
    return "void";
  std::string text;
  text.reserve(64);
  text += spell(type->llvm);
  text += '(';
  text += type->kind;
  if (kindOf(type) == Kind::Handle ||
      (kindOf(type) == Kind::Pointer &&
       infoOf(Kind::Pointer)->mlir != type->mlir))
    text += std::string(" ") + type->mlir;
  if (isErased(type))
    text += " " + describeErased(*type, variables);
  if (type->release)
    text += std::string(" freed by ") + type->release;
  if (type->enumeration)
    text += describeCases(*type->enumeration);
  if (type->structure)
    text += describeFields(*type->structure);
  uint32_t attrs = isResult ? type->result_attrs : type->arg_attrs;
  for (const AttributeInfo &info : allAttributes())
    if (attrs & info.bit) {
      text += ' ';
      text += info.name;
    }
  return text + ")";
}

static std::string describe(const plumb_intr_callback &callback) {
  std::string text = describe(callback.result, true) + "(";
  ListSeparator comma;
  for (uint32_t i = 0; i <= callback.num_params; ++i) {
    if (i == callback.environment)
      text += StringRef(comma).str() + "ptr(environment)";
    if (i < callback.num_params)
      text += StringRef(comma).str() + describe(callback.params[i].type, false);
  }
  return text + ")";
}

static std::string describe(const plumb_intr_param &p,
                            ArrayRef<const char *> variables) {
  const PassingInfo &passing = infoOf(p.passing);
  if (p.type)
    return passing.inSignature.str() + (p.is_consumed ? "consumed " : "") +
           describe(p.type, false, variables);
  std::string text = std::string("ptr(callback") +
                     (p.is_optional ? "? " : " ") + (p.is_kept ? "kept " : "") +
                     describe(*p.callback) + ")";
  if (passing.parts.size() > 1)
    text += ", ptr(environment)";
  return text;
}

std::string plumb::model::abiSignature(const plumb_intr_row &row) {
  ArrayRef names = variables(row);
  std::string text = spell(row.cc).str() + " " +
                     describe(row.result, true, names) + " " + row.symbol + "(";
  ListSeparator comma;
  for (const plumb_intr_param &p : params(row))
    text += StringRef(comma).str() + describe(p, names);
  for (size_t i = 0; i != names.size(); ++i)
    text += StringRef(comma).str() + "i32(kind #" + std::to_string(i) + ")";
  if (isVariadic(row))
    text += StringRef(comma).str() + "...";
  return text + ")" + (hasFreshResult(row) ? " noalias" : "");
}

uint64_t plumb::model::hashSignature(StringRef signature) {
  return xxh3_64bits(signature);
}
