//===- BuiltinCall.cpp ----------------------------------------------------===//

#include "passes/BuiltinCall.h"
#include "dialects/Intrinsic/VerifyOptions.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace plumb;

BuiltinCall::BuiltinCall(func::CallOp call, const plumb_intr_row &row)
    : call(call), row(row), builder(call.getContext(), row) {
  for (Value value : call.getOperands()) {
    intr::CallArgument argument = {value, {}, {}};
    if (auto constant = value.getDefiningOp<func::ConstantOp>())
      argument.function = constant.getValueAttr();
    if (auto bound = value.getDefiningOp<intr::BindOp>()) {
      argument.function = bound.getFunctionAttr();
      argument.environment = bound.getEnvironment();
    }
    builder.addArgument(argument);
  }
  for (const plumb_intr_param &p : ArrayRef(row.params, row.num_params))
    if (p.passing == PLUMB_INTR_PASS_OPTIONS)
      builder.addOptions(p, {{}, {}, call->getAttr(p.name)});
  if (!row.num_variables)
    return;
  for (auto [index, type] : llvm::enumerate(call.getResultTypes()))
    builder.setResultType(index, type);
}

SmallVector<Operation *> BuiltinCall::functionValues() {
  SmallVector<Operation *> values;
  SmallVector<const plumb_intr_param *> params;
  for (const plumb_intr_param &p : ArrayRef(row.params, row.num_params))
    if (intr::isArgument(p))
      params.push_back(&p);
  for (auto [param, value] : llvm::zip(params, call.getOperands()))
    if (param->callback)
      if (Operation *op = value.getDefiningOp();
          isa_and_nonnull<func::ConstantOp, intr::BindOp>(op))
        values.push_back(op);
  return values;
}

LogicalResult BuiltinCall::checkResults() {
  SmallVector<Type> expected = builder.resultTypes();
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

/// Under these names the operation would find what the call never meant.
LogicalResult BuiltinCall::checkAttributes() {
  bool failedAny = false;
  for (const plumb_intr_param &p : ArrayRef(row.params, row.num_params))
    if (p.callback && call->hasAttr(p.name)) {
      failedAny = true;
      call.emitError("attribute '")
          << p.name << "' of a call of '" << row.source_name
          << "' has the name of a callback, which is passed as an argument: "
             "give the attribute another name, such as 'my."
          << p.name << "'";
    }
  return failure(failedAny);
}

LogicalResult BuiltinCall::check(SymbolTableCollection &symbols) {
  bool failedAny = failed(builder.check(
      [&] { return call.emitError(); },
      [&](const plumb_intr_param &param, const intr::CallArgument &argument) {
        return intr::verifyCallback(call, row, param, argument.function,
                                    symbols, bool(argument.environment));
      }));
  // Of a generic one the arguments say what the results are, if they are right.
  if (!failedAny || !row.num_variables)
    failedAny |= failed(checkResults());
  failedAny |= failed(checkAttributes());
  failedAny |= failed(intr::verifyOptionNames(call, row));
  return failure(failedAny);
}

void BuiltinCall::replace() {
  OpBuilder at(call);
  Operation *op = builder.create(at, call.getLoc());
  for (NamedAttribute attr : call->getAttrs())
    if (attr.getName() != call.getCalleeAttrName() &&
        !op->hasAttr(attr.getName()))
      op->setDiscardableAttr(attr.getName(), attr.getValue());
  call.replaceAllUsesWith(op);
  call.erase();
}
