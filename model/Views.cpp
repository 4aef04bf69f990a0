//===- Views.cpp ----------------------------------------------------------===//

#include "plumb/Model/Views.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace plumb::model;

SmallVector<const plumb_intr_type *, 2>
plumb::model::resultTypes(const plumb_intr_row &row) {
  SmallVector<const plumb_intr_type *, 2> types;
  if (row.result)
    types.push_back(row.result);
  for (const plumb_intr_param &p : params(row))
    if (isLeftBehind(p))
      types.push_back(p.type);
  return types;
}

const plumb_intr_param *plumb::model::environmentOf(const plumb_intr_row &row) {
  for (const plumb_intr_param &p : params(row))
    if (kindOf(p.type) == Kind::Environment)
      return &p;
  return nullptr;
}

bool plumb::model::getsEnvironment(const plumb_intr_row &row,
                                   const plumb_intr_param &param) {
  return param.passing == PLUMB_INTR_PASS_FUNCTION && environmentOf(row);
}

bool plumb::model::comesBack(const plumb_intr_row &row) {
  return none_of(effects(row), [](const plumb_intr_effect &effect) {
    return effect.writes && effect.resource == controlResource;
  });
}

bool plumb::model::mayFail(const plumb_intr_row &row) {
  return any_of(effects(row), [](const plumb_intr_effect &effect) {
    return effect.writes && effect.resource == failureResource;
  });
}

std::string plumb::model::spellValue(const plumb_intr_constant &constant) {
  std::string text;
  raw_string_ostream os(text);
  Kind kind = kindOf(constant.type);
  if (constant.text) {
    os << '"';
    printEscapedString(constant.text, os);
    os << '"';
  } else if (kind == Kind::Float32 || kind == Kind::Float64) {
    os << format("%.17g", constant.number);
  } else if (const KindInfo *info = infoOf(kind);
             info && info->may(IsUnsigned)) {
    os << uint64_t(constant.integer);
  } else {
    os << constant.integer;
  }
  return text;
}

std::string plumb::model::declare(const plumb_intr_type &type, StringRef name) {
  StringRef c = type.c;
  return (c + (c.ends_with("*") ? "" : " ") + name).str();
}

std::string plumb::model::describeType(const plumb_intr_callback &callback,
                                       bool withEnvironment) {
  std::string text = "(";
  ListSeparator comma;
  for (const plumb_intr_param &p : params(callback))
    text += StringRef(comma).str() + p.type->mlir;
  if (withEnvironment)
    text += StringRef(comma).str() + infoOf(Kind::Environment)->mlir.str();
  return text + ") -> " + (callback.result ? callback.result->mlir : "()");
}

std::string plumb::model::describeType(const plumb_intr_row &row,
                                       const plumb_intr_param &param) {
  return describeType(*param.callback, getsEnvironment(row, param));
}
