//===- Recursion.cpp - Functions that call themselves ---------------------===//

#include "frontends/snow/passes/Recursion.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace mlir;

/// Whether a call of the list may run behind `call`.
static bool isFollowed(func::CallOp call, ArrayRef<func::CallOp> calls) {
  for (func::CallOp other : calls)
    if (other->getBlock() == call->getBlock() && call->isBeforeInBlock(other))
      return true;
  llvm::SmallPtrSet<Block *, 8> seen;
  SmallVector<Block *> pending(call->getBlock()->getSuccessors());
  while (!pending.empty()) {
    Block *block = pending.pop_back_val();
    if (!seen.insert(block).second)
      continue;
    if (llvm::any_of(calls, [&](func::CallOp other) {
          return other->getBlock() == block;
        }))
      return true;
    llvm::append_range(pending, block->getSuccessors());
  }
  return false;
}

void snow::passes::keepStackOf(func::FuncOp function) {
  SmallVector<func::CallOp> calls;
  function.walk([&](func::CallOp call) {
    if (call.getCallee() == function.getSymName())
      calls.push_back(call);
  });
  if (calls.empty() || llvm::any_of(calls, [&](func::CallOp call) {
        return isFollowed(call, calls);
      }))
    return;
  Builder builder(function.getContext());
  function->setAttr("passthrough", builder.getArrayAttr(builder.getStrArrayAttr(
                                       {"disable-tail-calls", "true"})));
}
