//===- CallBuilder.cpp - One call of an intrinsic -------------------------===//

#include "plumb/Intrinsic/CallBuilder.h"
#include "dialects/Intrinsic/VerifyOptions.h"
#include "plumb/Intrinsic/IntrinsicDialect.h"
#include "plumb/Model/Kinds.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace plumb::intr;

CallBuilder::CallBuilder(MLIRContext *context, const plumb_intr_row &row)
    : context(context), row(row), given(row) {
  for (const plumb_intr_param &p : ArrayRef(row.params, row.num_params))
    if (isArgument(p))
      params.push_back(&p);
}

void CallBuilder::addArgument(const CallArgument &argument) {
  arguments.push_back(argument);
}

void CallBuilder::setVariable(unsigned variable, Type type) {
  given.set(variable, type);
}

void CallBuilder::setResultType(unsigned index, Type type) {
  results.push_back({index, type});
}

void CallBuilder::addOptions(const plumb_intr_param &param,
                             const CallArgument &argument) {
  options.push_back({&param, argument});
}

//===----------------------------------------------------------------------===//
// Checks
//===----------------------------------------------------------------------===//

/// "(time: i64, on_alarm?: (i64) -> (), ...)" with callbacks; optional ones end
/// in ?.
static std::string describe(ArrayRef<const plumb_intr_param *> params,
                            const plumb_intr_row &row) {
  std::string text = "(";
  llvm::ListSeparator comma;
  for (const plumb_intr_param *p : params)
    text += StringRef(comma).str() + p->name + (p->is_optional ? "?: " : ": ") +
            (p->callback ? describeType(row, *p) : std::string(p->type->mlir));
  if (isVariadic(row))
    text += StringRef(comma).str() + "...";
  return text + ")";
}

LogicalResult CallBuilder::checkCount(ErrorMaker emitError) const {
  size_t required = params.size();
  // The tail of a variadic call follows all parameters.
  while (required && params[required - 1]->is_optional && !isVariadic(row))
    --required;
  size_t actual = arguments.size();
  if (actual >= required && (actual <= params.size() || isVariadic(row)))
    return success();
  InFlightDiagnostic diag = emitError();
  diag << "'" << row.source_name << "' takes ";
  if (isVariadic(row))
    diag << "at least ";
  diag << required;
  if (required != params.size())
    diag << " to " << params.size();
  diag << " argument" << (params.size() == 1 ? " " : "s ")
       << describe(params, row) << ", but the call passes " << actual;
  return diag;
}

LogicalResult CallBuilder::checkValue(ErrorMaker emitError,
                                      const plumb_intr_param &param,
                                      const CallArgument &argument,
                                      TypeBindings &bindings) const {
  auto begin = [&] {
    return emitError() << "argument '" << param.name << "' of '"
                       << row.source_name << "' ";
  };
  if (argument.function || argument.options || !argument.value)
    return begin() << "is a value, but "
                   << (argument.function  ? "a function is passed"
                       : argument.options ? "options are passed"
                                          : "nothing is passed");
  Type actual = argument.value.getType();
  std::string wrong;
  if (bindings.unify(*param.type, actual,
                     Twine("argument '") + param.name + "'", wrong))
    return success();
  if (!wrong.empty())
    return emitError() << wrong;
  InFlightDiagnostic diag = begin();
  diag << "has type '" << param.type->mlir << "', but the call passes "
       << actual;
  plumb::model::Kind kind = plumb::model::kindOf(param.type);
  if (kind == plumb::model::Kind::Handle)
    diag << "; a handle comes only from the runtime";
  if (kind == plumb::model::Kind::Slot ||
      kind == plumb::model::Kind::Environment)
    diag << "; intr.pack makes a slot of it";
  return diag;
}

LogicalResult
CallBuilder::checkCallback(ErrorMaker emitError, const plumb_intr_param &param,
                           const CallArgument &argument,
                           CallbackVerifier verifyCallback) const {
  if (argument.environment &&
      failed(checkEnvironment(emitError, param, argument)))
    return failure();
  if (argument.function)
    return verifyCallback ? verifyCallback(param, argument) : success();
  if (param.is_optional && !argument.value && !argument.options)
    return success();
  return emitError() << "argument '" << param.name << "' of '"
                     << row.source_name << "' is a callback with type '"
                     << describeType(row, param)
                     << "'; pass a function by its name";
}

LogicalResult
CallBuilder::checkEnvironment(ErrorMaker emitError,
                              const plumb_intr_param &param,
                              const CallArgument &argument) const {
  auto begin = [&] {
    return emitError() << "argument '" << param.name << "' of '"
                       << row.source_name << "' ";
  };
  if (std::string why = whyNoEnvironment(row, param); !why.empty())
    return begin() << "has no environment of its own; " << why;
  if (!argument.function)
    return begin() << "has an environment, but no function that takes it";
  Type type = argument.environment.getType();
  if (!isa<SlotType>(type))
    return begin() << "has an environment of type " << type
                   << "; it is an !intr.slot, and intr.pack makes one";
  return success();
}

LogicalResult CallBuilder::checkOptions(ErrorMaker emitError,
                                        const plumb_intr_param &param,
                                        const CallArgument &argument) const {
  if (argument.function || argument.value)
    return emitError() << "argument '" << param.name << "' of '"
                       << row.source_name << "' is options, but a "
                       << (argument.function ? "function" : "value")
                       << " is passed";
  if (!argument.options)
    return success();
  return verifyOptionValues(row, row.source_name, param, argument.options,
                            emitError);
}

LogicalResult CallBuilder::checkTail(ErrorMaker emitError,
                                     const CallArgument &argument) const {
  Type type = argument.value ? argument.value.getType() : Type();
  if (type && isVariadicOperandType(type))
    return success();
  InFlightDiagnostic diag = emitError();
  diag << "'" << row.source_name << "' takes " << describe(params, row)
       << ", but the call passes ";
  if (type)
    diag << type;
  else
    diag << "no value";
  return diag << " for `...`; integers of at most 64 bits, f32, f64, handles, "
                 "pointers, slots and texts may go there";
}

LogicalResult CallBuilder::checkResults(ErrorMaker emitError,
                                        TypeBindings &bindings) const {
  auto types = plumb::intr::resultTypes(row);
  for (auto [index, type] : results) {
    std::string wrong;
    if (index >= types.size() ||
        bindings.unify(*types[index], type, "the result", wrong))
      continue;
    if (!wrong.empty())
      return emitError() << wrong;
    return emitError() << "'" << row.source_name << "' returns '"
                       << types[index]->mlir << "', but the call expects "
                       << type;
  }
  for (auto [index, name] :
       llvm::enumerate(ArrayRef(row.variables, row.num_variables)))
    if (!bindings.lookup(index))
      return emitError() << "nothing tells what type variable '" << name
                         << "' of '" << row.source_name
                         << "' stands for: no argument is of it, and the "
                            "type of the result is not given";
  return success();
}

LogicalResult CallBuilder::check(ErrorMaker emitError,
                                 CallbackVerifier verifyCallback) const {
  bool failedAny = failed(checkCount(emitError));
  TypeBindings bindings = given;
  auto checkOne = [&](size_t index, const CallArgument &argument) {
    if (index >= params.size())
      return checkTail(emitError, argument);
    const plumb_intr_param &param = *params[index];
    return param.callback
               ? checkCallback(emitError, param, argument, verifyCallback)
               : checkValue(emitError, param, argument, bindings);
  };
  if (!failedAny)
    for (auto [index, argument] : llvm::enumerate(arguments))
      failedAny |= failed(checkOne(index, argument));
  // What arguments should have told is an error already.
  if (!failedAny)
    failedAny = failed(checkResults(emitError, bindings));
  for (auto &[param, argument] : options)
    failedAny |= failed(checkOptions(emitError, *param, argument));
  return failure(failedAny);
}

//===----------------------------------------------------------------------===//
// The operation
//===----------------------------------------------------------------------===//

TypeBindings CallBuilder::bind() const {
  TypeBindings bindings = given;
  std::string wrong; // of what `check` tells
  if (row.num_variables) {
    for (auto [param, argument] : llvm::zip(params, arguments))
      if (param->type && argument.value)
        bindings.unify(*param->type, argument.value.getType(), "", wrong);
    auto types = plumb::intr::resultTypes(row);
    for (auto [index, type] : results)
      if (index < types.size())
        bindings.unify(*types[index], type, "", wrong);
  }
  return bindings;
}

SmallVector<Type> CallBuilder::resultTypes() const {
  TypeBindings bindings = bind();
  SmallVector<Type> types;
  for (const plumb_intr_type *type : plumb::intr::resultTypes(row))
    types.push_back(bindings.substitute(context, *type));
  return types;
}

Operation *CallBuilder::create(OpBuilder &builder, Location loc) const {
  SmallVector<Attribute> environments;
  SmallVector<Value> environmentValues;
  for (auto [param, argument] : llvm::zip(params, arguments))
    if (argument.environment) {
      environments.push_back(builder.getStringAttr(param->name));
      environmentValues.push_back(argument.environment);
    }
  auto name = RegisteredOperationName::lookup(row.name, context);
  if (name && !environments.empty() && !takesEnvironments(*name))
    name.reset();
  OperationState state(loc,
                       name ? StringRef(row.name) : CallOp::getOperationName());
  if (!name)
    state.addAttribute("callee", builder.getStringAttr(row.name));
  state.addTypes(resultTypes());
  for (const CallArgument &argument : arguments)
    if (argument.value && !argument.function)
      state.addOperands(argument.value);
  for (auto [param, argument] : llvm::zip(params, arguments))
    if (param->callback && argument.function)
      state.addAttribute(param->name, argument.function);
  for (auto &[param, argument] : options)
    if (argument.options)
      state.addAttribute(param->name, argument.options);
  if (!environments.empty()) {
    state.addOperands(environmentValues);
    state.addAttribute(environmentNames, builder.getArrayAttr(environments));
  }
  return builder.create(state);
}
