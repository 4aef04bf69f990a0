//===- MayFail.cpp - Which functions may fail -----------------------------===//

#include "frontends/snow/passes/MayFail.h"
#include "frontends/snow/dialect/SnowDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "plumb/Intrinsic/IntrinsicDialect.h"
#include "llvm/ADT/SmallVector.h"

using namespace mlir;
using namespace snow;

/// It says so, or calls back what may.
static bool mayFail(const plumb_intr_row &row) {
  for (const plumb_intr_effect &effect :
       llvm::ArrayRef(row.effects, row.num_effects))
    if (StringRef(effect.resource) == "intr.failure")
      return true;
  return llvm::any_of(llvm::ArrayRef(row.params, row.num_params),
                      [](const plumb_intr_param &param) {
                        return param.callback ||
                               (param.type &&
                                StringRef(param.type->kind) == "function");
                      });
}

bool passes::mayFailOutside(Operation *op) {
  if (isa<dialect::CallClosureOp>(op))
    return true;
  auto call = dyn_cast<LLVM::CallOp>(op);
  if (!call)
    return false;
  std::optional<StringRef> callee = call.getCallee();
  const plumb_intr_row *row =
      callee ? plumb::intr::getRegistry(op->getContext()).lookupSymbol(*callee)
             : nullptr;
  return !row || mayFail(*row);
}

llvm::DenseSet<Operation *> passes::findMayFail(ModuleOp module) {
  llvm::DenseSet<Operation *> failing;
  llvm::DenseMap<Operation *, SmallVector<Operation *>> callers;
  SmallVector<Operation *> pending;
  SymbolTable symbols(module);
  auto add = [&](Operation *function) {
    if (failing.insert(function).second)
      pending.push_back(function);
  };
  for (auto function : module.getOps<func::FuncOp>())
    function.walk([&](Operation *op) {
      if (auto call = dyn_cast<func::CallOp>(op))
        callers[symbols.lookup(call.getCallee())].push_back(function);
      else if (isa<dialect::FailOp>(op) || mayFailOutside(op))
        add(function);
    });
  while (!pending.empty())
    for (Operation *caller : callers.lookup(pending.pop_back_val()))
      add(caller);
  return failing;
}
