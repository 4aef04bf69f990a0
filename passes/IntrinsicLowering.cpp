//===- IntrinsicLowering.cpp ----------------------------------------------===//

#include "passes/IntrinsicLowering.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;
using namespace plumb;

/// "'clock.now' stands outside of a function".
static LogicalResult outside(Operation *op, const char *what) {
  return op->emitError("'")
         << op->getName() << "' stands outside of a function" << what;
}

LogicalResult IntrinsicLowering::checkPlace(Operation *op) {
  Operation *parent = op->getParentOp();
  if (isa<func::FuncOp, LLVM::LLVMFuncOp>(parent))
    return success();
  if (isa<ModuleOp>(parent))
    return outside(op, ", where nothing runs it; put it into a func.func");
  // The initial value of a global, for one, may be a constant.
  if (isa<intr::IntrinsicOpInterface>(op) &&
      !op->getParentOfType<FunctionOpInterface>())
    return outside(op, ": it is called when the program runs, and what is "
                       "around it is not");
  return success();
}

LogicalResult IntrinsicLowering::lower(Operation *op, ValueRange operands,
                                       OpBuilder &builder,
                                       SmallVectorImpl<Value> &results) {
  auto intrinsic = dyn_cast<intr::IntrinsicOpInterface>(op);
  if (!intrinsic && isMemoryOp(op))
    return lowerMemoryOp(op, operands, builder, results);
  if (!intrinsic) {
    FailureOr<Value> result = lowerIntrOp(op, operands, builder);
    if (failed(result))
      return failure();
    results.push_back(result.value());
    return success();
  }
  const plumb_intr_row &row = *intrinsic.getIntrinsic();
  Callee &callee = getCallee(op, row);
  if (!callee.symbol)
    return failure();
  if (!callee.isPlain)
    return lowerCall(op, callee, row, operands, builder, results);
  LLVM::CallOp call = createCall(callee, op->getLoc(), operands, builder);
  results.append(call->result_begin(), call->result_end());
  return success();
}

void IntrinsicLowering::finish() {
  for (Operation *op : replaced)
    op->erase();
  replaced.clear();
}
