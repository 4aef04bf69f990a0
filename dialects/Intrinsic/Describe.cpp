//===- Describe.cpp - Rows in words ---------------------------------------===//

#include "plumb/Intrinsic/Registry.h"
#include "plumb/Model/Views.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace plumb::intr;

static ArrayRef<plumb_intr_param> params(const plumb_intr_row &row) {
  return ArrayRef(row.params, row.num_params);
}

unsigned plumb::intr::numOperands(const plumb_intr_row &row) {
  return count_if(params(row), isOperand);
}

static bool hasPointer(const plumb_intr_type *type) {
  if (!type)
    return false;
  if (const plumb_intr_struct *s = type->structure)
    return llvm::any_of(
        ArrayRef(s->fields, s->num_fields),
        [](const plumb_intr_field &f) { return hasPointer(f.type); });
  return plumb::model::kindOf(type) == plumb::model::Kind::Pointer;
}

/// The runtime's own memory, which is read to copy it.
static bool isForeignText(const plumb_intr_type *type) {
  return plumb::model::kindOf(type) == plumb::model::Kind::CString;
}

bool plumb::intr::hasPointer(const plumb_intr_row &row) {
  return ::hasPointer(row.result) || isForeignText(row.result) ||
         llvm::any_of(params(row), [](const plumb_intr_param &p) {
           if (!p.callback)
             return ::hasPointer(p.type) ||
                    (plumb::model::isLeftBehind(p) && isForeignText(p.type));
           const plumb_intr_callback &cb = *p.callback;
           return ::hasPointer(cb.result) ||
                  llvm::any_of(ArrayRef(cb.params, cb.num_params),
                               [](const plumb_intr_param &param) {
                                 return ::hasPointer(param.type) ||
                                        isForeignText(param.type);
                               });
         });
}

std::string plumb::intr::describeOperands(const plumb_intr_row &row) {
  std::string text = "(";
  ListSeparator comma;
  for (const plumb_intr_param &p : params(row))
    if (isOperand(p))
      text += StringRef(comma).str() + p.name + ": " + p.type->mlir;
  if (isVariadic(row))
    text += StringRef(comma).str() + "...";
  return text + ")";
}

std::string plumb::intr::describeResults(const plumb_intr_row &row) {
  auto types = resultTypes(row);
  if (types.size() == 1)
    return types.front()->mlir;
  return "(" +
         join(map_range(types, [](auto *type) { return type->mlir; }), ", ") +
         ")";
}

std::string plumb::intr::describeSignature(const plumb_intr_row &row) {
  std::string text = std::string(row.name) + "(";
  ListSeparator comma;
  for (const plumb_intr_param &p : params(row)) {
    if (p.passing == PLUMB_INTR_PASS_OUT)
      continue;
    text += StringRef(comma).str() + p.name + (p.is_optional ? "?: " : ": ");
    if (p.passing == PLUMB_INTR_PASS_OPTIONS)
      text += "{...}";
    else
      text += p.callback ? describeType(row, p) : std::string(p.type->mlir);
  }
  if (isVariadic(row))
    text += StringRef(comma).str() + "...";
  text += ")";
  return resultTypes(row).empty() ? text : text + " -> " + describeResults(row);
}

std::string plumb::intr::describeCases(const plumb_intr_enum &enumeration) {
  return join(
      map_range(ArrayRef(enumeration.cases, enumeration.num_cases),
                [](const plumb_intr_case &c) { return std::string(c.name); }),
      ", ");
}
