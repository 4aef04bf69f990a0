//===- InlineValues.cpp - Short functions on structs ----------------------===//

#include "frontends/snow/passes/Passes.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "plumb/Intrinsic/IntrinsicDialect.h"
#include "llvm/ADT/DenseSet.h"

using namespace mlir;

namespace snow::passes {
#define GEN_PASS_DEF_INLINEVALUES
#include "frontends/snow/passes/Passes.h.inc"
} // namespace snow::passes

/// In operations; of a struct of ten fields all are read and written.
static constexpr size_t maxLength = 80;
/// Functions within functions.
static constexpr unsigned maxRounds = 4;

static bool isObject(Type type) { return isa<plumb::intr::ObjectType>(type); }

/// No call of the program's own, so that none is missing on the call stack of
/// an error.
static bool isInlined(func::FuncOp function) {
  if (function.isExternal() || !function.getBody().hasOneBlock() ||
      function.front().getOperations().size() > maxLength)
    return false;
  if (llvm::none_of(function.getArgumentTypes(), isObject) &&
      llvm::none_of(function.getResultTypes(), isObject))
    return false;
  return llvm::all_of(function.front().without_terminator(), [](Operation &op) {
    return !op.getNumRegions() && isMemoryEffectFree(&op);
  });
}

static void inlineCall(func::CallOp call, func::FuncOp callee) {
  IRMapping map;
  map.map(callee.getArguments(), call.getOperands());
  OpBuilder builder(call);
  for (Operation &op : callee.front().without_terminator())
    builder.clone(op, map)->setLoc(call.getLoc());
  auto end = cast<func::ReturnOp>(callee.front().getTerminator());
  for (auto [result, value] : llvm::zip(call.getResults(), end.getOperands()))
    result.replaceAllUsesWith(map.lookupOrDefault(value));
  call.erase();
}

namespace {
struct InlineValuesPass
    : snow::passes::impl::InlineValuesBase<InlineValuesPass> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    SymbolTable symbols(module);
    for (unsigned round = 0; round != maxRounds; ++round) {
      llvm::DenseSet<Operation *> inlined;
      for (auto function : module.getOps<func::FuncOp>())
        if (isInlined(function))
          inlined.insert(function);
      SmallVector<func::CallOp> calls;
      module.walk([&](func::CallOp call) {
        if (inlined.contains(symbols.lookup(call.getCallee())))
          calls.push_back(call);
      });
      if (calls.empty())
        return;
      for (func::CallOp call : calls)
        inlineCall(call, symbols.lookup<func::FuncOp>(call.getCallee()));
    }
  }
};
} // namespace
