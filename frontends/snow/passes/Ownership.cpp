//===- Ownership.cpp - Who counts what ------------------------------------===//

#include "frontends/snow/passes/Ownership.h"
#include "frontends/snow/dialect/SnowDialect.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "plumb/Intrinsic/IntrinsicDialect.h"

using namespace mlir;
using namespace snow;
using namespace snow::dialect;

bool passes::isCounted(Type type) {
  return isa<plumb::intr::ObjectType, plumb::intr::FnType>(type);
}

/// The record's parameter of an operand of an intrinsic; null when there is
/// none.
static const plumb_intr_param *paramOf(Operation *op, unsigned operand) {
  auto intrinsic = dyn_cast<plumb::intr::IntrinsicOpInterface>(op);
  const plumb_intr_row *row = intrinsic ? intrinsic.getIntrinsic() : nullptr;
  if (!row)
    return nullptr;
  for (const plumb_intr_param &param : ArrayRef(row->params, row->num_params))
    if (plumb::intr::isOperand(param) && operand-- == 0)
      return &param;
  return nullptr;
}

bool passes::consumes(OpOperand &operand) {
  Operation *op = operand.getOwner();
  if (isa<func::CallOp, func::ReturnOp, ConstructOp, ClosureOp,
          BranchOpInterface>(op))
    return true;
  if (isa<CallClosureOp>(op))
    return operand.getOperandNumber() != 0;
  const plumb_intr_param *param = paramOf(op, operand.getOperandNumber());
  return param && param->is_consumed;
}

bool passes::givesBorrowed(Operation *op) {
  return isa<FieldOp, arith::SelectOp>(op);
}

bool passes::isConsumed(Value value) {
  return llvm::any_of(value.getUses(), consumes);
}

static bool isImmortal(Operation *op) {
  if (auto construct = dyn_cast<ConstructOp>(op))
    return construct.getFields().empty();
  if (auto closure = dyn_cast<ClosureOp>(op))
    return closure.getCaptures().empty();
  return isa<StringOp, UndefOp>(op);
}

Value passes::rootOf(Value value) {
  while (Operation *op = value.getDefiningOp()) {
    if (isImmortal(op))
      return {};
    bool isPart =
        isa<TextOp>(op) ||
        (isa<FieldOp>(op) && isCounted(value.getType()) && !isConsumed(value));
    if (!isPart)
      break;
    value = op->getOperand(0);
  }
  return isCounted(value.getType()) ? value : Value();
}
