//===- Views.h - Reading a descriptor in C++ --------------------*- C++ -*-===//
//
// The arrays of a descriptor as ranges, and what follows from its rows. What is
// returned lives as long as the descriptor. Depends on LLVM's support library
// only.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_MODEL_VIEWS_H
#define PLUMB_MODEL_VIEWS_H

#include "plumb/Model/Names.h"
#include "llvm/ADT/SmallVector.h"

namespace plumb::model {

inline llvm::ArrayRef<plumb_intr_row> rows(const plumb_intr_family &family) {
  return {family.rows, family.num_rows};
}
inline llvm::ArrayRef<const plumb_intr_callback *>
callbacks(const plumb_intr_family &family) {
  return {family.callbacks, family.num_callbacks};
}
inline llvm::ArrayRef<const plumb_intr_type *>
types(const plumb_intr_family &family) {
  return {family.types, family.num_types};
}
inline llvm::ArrayRef<const plumb_intr_enum *>
enums(const plumb_intr_family &family) {
  return {family.enums, family.num_enums};
}
inline llvm::ArrayRef<const plumb_intr_struct *>
structs(const plumb_intr_family &family) {
  return {family.structs, family.num_structs};
}
inline llvm::ArrayRef<plumb_intr_status>
statuses(const plumb_intr_family &family) {
  return {family.statuses, family.num_statuses};
}
inline llvm::ArrayRef<plumb_intr_option>
options(const plumb_intr_family &family) {
  return {family.options, family.num_options};
}
inline llvm::ArrayRef<plumb_intr_constant>
constants(const plumb_intr_family &family) {
  return {family.constants, family.num_constants};
}
inline llvm::ArrayRef<plumb_intr_param> params(const plumb_intr_row &row) {
  return {row.params, row.num_params};
}
inline llvm::ArrayRef<plumb_intr_param>
params(const plumb_intr_callback &callback) {
  return {callback.params, callback.num_params};
}
inline llvm::ArrayRef<plumb_intr_effect> effects(const plumb_intr_row &row) {
  return {row.effects, row.num_effects};
}
inline llvm::ArrayRef<plumb_intr_case> cases(const plumb_intr_enum &e) {
  return {e.cases, e.num_cases};
}
inline llvm::ArrayRef<plumb_intr_field> fields(const plumb_intr_struct &s) {
  return {s.fields, s.num_fields};
}
inline llvm::ArrayRef<const char *> choices(const plumb_intr_option &option) {
  return {option.choices, option.num_choices};
}
inline llvm::ArrayRef<const plumb_intr_type *>
arguments(const plumb_intr_type &type) {
  return {type.arguments, type.num_arguments};
}
inline llvm::ArrayRef<const char *> variables(const plumb_intr_row &row) {
  return {row.variables, row.num_variables};
}
inline llvm::ArrayRef<plumb_intr_bound> bounds(const plumb_intr_row &row) {
  return {row.bounds, row.num_bounds};
}
inline llvm::ArrayRef<const char *> aliases(const plumb_intr_row &row) {
  return {row.aliases, row.num_aliases};
}
inline llvm::ArrayRef<const char *> operators(const plumb_intr_row &row) {
  return {row.operators, row.num_operators};
}

/// "set" of "clock.set".
inline llvm::StringRef plainName(llvm::StringRef name) {
  return name.split('.').second;
}
/// Whether "clock.day" is of family "clock".
inline bool isOf(const plumb_intr_family &family, llvm::StringRef name) {
  return name.split('.').first == family.name;
}

/// Whether a program passes the parameter as an argument of a call by its
/// source name: a value or a function.
inline bool isArgument(const plumb_intr_param &param) {
  return infoOf(param.passing).isArgument;
}
/// Whether the parameter is an operand of the operation: a value, and not one
/// that the function leaves behind.
inline bool isOperand(const plumb_intr_param &param) {
  return param.type && isArgument(param);
}
/// Whether what the function leaves in the parameter is one more result of the
/// operation.
inline bool isLeftBehind(const plumb_intr_param &param) {
  return infoOf(param.passing).isResult;
}
inline bool isVariadic(const plumb_intr_row &row) {
  return row.flags & PLUMB_INTR_ROW_VARIADIC;
}
inline bool takesCallback(const plumb_intr_row &row) {
  return row.flags & PLUMB_INTR_ROW_CALLS_BACK;
}
inline bool hasFreshResult(const plumb_intr_row &row) {
  return row.flags & PLUMB_INTR_ROW_FRESH_RESULT;
}
inline bool blocks(const plumb_intr_row &row) {
  return row.flags & PLUMB_INTR_ROW_BLOCKS;
}
inline bool hasEnvironment(const plumb_intr_callback &callback) {
  return callback.environment != PLUMB_INTR_NO_ENVIRONMENT;
}

/// The types of the operation's results: what the function returns, then what
/// it leaves in OUT parameters.
llvm::SmallVector<const plumb_intr_type *, 2>
resultTypes(const plumb_intr_row &row);

/// The row's parameter of kind `environment`, or null.
const plumb_intr_param *environmentOf(const plumb_intr_row &row);
/// Whether the program's function for this callback of the row takes the
/// environment, as one more, last parameter of type !intr.slot.
bool getsEnvironment(const plumb_intr_row &row, const plumb_intr_param &param);

/// A call that writes this resource does not come back.
inline constexpr llvm::StringLiteral controlResource = "intr.control";
bool comesBack(const plumb_intr_row &row);
/// A call that writes this resource may end the program or its actor.
inline constexpr llvm::StringLiteral failureResource = "intr.failure";
bool mayFail(const plumb_intr_row &row);

/// "-4095", "0.5", "\"5.4\"": the value for people.
std::string spellValue(const plumb_intr_constant &constant);

/// The type followed by a name in C: "const plumb_str *room".
std::string declare(const plumb_intr_type &type, llvm::StringRef name);

/// "(!clock.zone, !intr.slot) -> i1": the type of the program's function.
std::string describeType(const plumb_intr_row &row,
                         const plumb_intr_param &callback);
/// The same without the environment that a row may give.
std::string describeType(const plumb_intr_callback &callback,
                         bool withEnvironment = false);

} // namespace plumb::model

#endif // PLUMB_MODEL_VIEWS_H
