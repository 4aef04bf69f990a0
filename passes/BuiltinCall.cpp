//===- BuiltinCall.cpp ----------------------------------------------------===//

#include "passes/BuiltinCall.h"
#include "mlir/IR/Builders.h"
#include "plumb/Model/Kinds.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace plumb;

BuiltinCall::BuiltinCall(func::CallOp call, const plumb_intr_row &row)
    : call(call), row(row) {
  for (const plumb_intr_param &p : ArrayRef(row.params, row.num_params))
    if (intr::isArgument(p))
      params.push_back(&p);
}

/// "(time: i64, on_alarm?: (i64) -> (), ...)" with callbacks; optional ones end
/// in ?.
static std::string describe(ArrayRef<const plumb_intr_param *> params,
                            const plumb_intr_row &row) {
  std::string text = "(";
  llvm::ListSeparator comma;
  for (const plumb_intr_param *p : params)
    text += StringRef(comma).str() + p->name + (p->is_optional ? "?: " : ": ") +
            (p->callback ? intr::describeType(row, *p)
                         : std::string(p->type->mlir));
  if (intr::isVariadic(row))
    text += StringRef(comma).str() + "...";
  return text + ")";
}

SmallVector<Operation *> BuiltinCall::functionValues() {
  SmallVector<Operation *> values;
  for (auto [param, value] : llvm::zip(params, call.getOperands()))
    if (param->callback)
      if (auto constant = value.getDefiningOp<func::ConstantOp>())
        values.push_back(constant);
  return values;
}

//===----------------------------------------------------------------------===//
// Checks
//===----------------------------------------------------------------------===//

LogicalResult BuiltinCall::checkCount() {
  size_t required = params.size();
  // The tail of a variadic call follows all parameters.
  while (required && params[required - 1]->is_optional &&
         !intr::isVariadic(row))
    --required;
  size_t actual = call.getNumOperands();
  if (actual >= required && (actual <= params.size() || intr::isVariadic(row)))
    return success();
  InFlightDiagnostic diag = call.emitError("'");
  diag << row.source_name << "' takes ";
  if (intr::isVariadic(row))
    diag << "at least ";
  diag << required;
  if (required != params.size())
    diag << " to " << params.size();
  diag << " argument" << (params.size() == 1 ? " " : "s ")
       << describe(params, row) << ", but the call passes " << actual;
  return diag;
}

LogicalResult BuiltinCall::checkArgument(const plumb_intr_param &param,
                                         Value value,
                                         SymbolTableCollection &symbols) {
  if (param.type) {
    if (value.getType() == intr::getType(call.getContext(), *param.type))
      return success();
    InFlightDiagnostic diag = call.emitError("argument '");
    diag << param.name << "' of '" << row.source_name << "' has type '"
         << param.type->mlir << "', but the call passes " << value.getType();
    if (model::kindOf(param.type) == model::Kind::Handle)
      diag << "; a handle comes only from the runtime";
    if (model::kindOf(param.type) == model::Kind::Slot ||
        model::kindOf(param.type) == model::Kind::Environment)
      diag << "; intr.pack makes a slot of it";
    return diag;
  }
  auto constant = value.getDefiningOp<func::ConstantOp>();
  if (!constant)
    return call.emitError("argument '")
           << param.name << "' of '" << row.source_name
           << "' is a callback with type '" << intr::describeType(row, param)
           << "'; pass a function by its name (func.constant)";
  return intr::verifyCallback(call, row, param, constant.getValueAttr(),
                              symbols);
}

LogicalResult BuiltinCall::checkTail(Value value) {
  if (intr::isVariadicOperandType(value.getType()))
    return success();
  return call.emitError("'")
         << row.source_name << "' takes " << describe(params, row)
         << ", but the call passes " << value.getType()
         << " for `...`; integers of at most 64 bits, f32, f64, handles, "
            "pointers and slots may go there";
}

LogicalResult BuiltinCall::checkResults() {
  SmallVector<Type> expected;
  for (const plumb_intr_type *type : intr::resultTypes(row))
    expected.push_back(intr::getType(call.getContext(), *type));
  if (call.getResultTypes() == TypeRange(expected))
    return success();
  InFlightDiagnostic diag = call.emitError("'");
  diag << row.source_name << "' returns ";
  auto list = [&](TypeRange types) {
    if (types.empty())
      diag << "nothing";
    else
      diag << types;
  };
  list(expected);
  diag << ", but the call expects ";
  list(call.getResultTypes());
  if (llvm::any_of(expected, llvm::IsaPred<intr::StatusType>))
    diag << "; intr.ok tells whether a status is a success, intr.code gives "
            "its number";
  if (llvm::any_of(expected, llvm::IsaPred<intr::CountType>))
    diag << "; intr.value gives the number of a count";
  return diag;
}

LogicalResult BuiltinCall::check(SymbolTableCollection &symbols) {
  bool failedAny = failed(checkCount());
  if (!failedAny)
    for (auto [index, value] : llvm::enumerate(call.getOperands()))
      failedAny |= failed(index < params.size()
                              ? checkArgument(*params[index], value, symbols)
                              : checkTail(value));
  failedAny |= failed(checkResults());
  failedAny |= failed(intr::verifyOptions(call, row));
  return failure(failedAny);
}

//===----------------------------------------------------------------------===//
// The operation
//===----------------------------------------------------------------------===//

void BuiltinCall::replace() {
  OpBuilder builder(call);
  auto name = RegisteredOperationName::lookup(row.name, call.getContext());
  OperationState state(call.getLoc(), name ? StringRef(row.name)
                                           : intr::CallOp::getOperationName());
  if (!name)
    state.addAttribute("callee", builder.getStringAttr(row.name));
  state.addTypes(call.getResultTypes());
  for (auto [index, value] : llvm::enumerate(call.getOperands())) {
    const plumb_intr_param *param =
        index < params.size() ? params[index] : nullptr;
    if (param && param->callback)
      state.addAttribute(
          param->name, value.getDefiningOp<func::ConstantOp>().getValueAttr());
    else
      state.addOperands(value);
  }
  for (const plumb_intr_param &p : ArrayRef(row.params, row.num_params))
    if (p.passing == PLUMB_INTR_PASS_OPTIONS)
      if (Attribute options = call->getAttr(p.name))
        state.addAttribute(p.name, options);
  call.replaceAllUsesWith(builder.create(state));
  call.erase();
}
