//===- IntrinsicLowering.cpp ----------------------------------------------===//

#include "passes/IntrinsicLowering.h"

using namespace mlir;
using namespace plumb;

LogicalResult IntrinsicLowering::lower(Operation *op, ValueRange operands,
                                       OpBuilder &builder,
                                       SmallVectorImpl<Value> &results) {
  auto intrinsic = dyn_cast<intr::IntrinsicOpInterface>(op);
  if (!intrinsic) {
    FailureOr<Value> result = lowerIntrOp(op, operands, builder);
    if (failed(result))
      return failure();
    results.push_back(result.value());
    return success();
  }
  const plumb_intr_row &row = *intrinsic.getIntrinsic();
  Callee &callee = getCallee(op, row);
  if (!callee.function)
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
