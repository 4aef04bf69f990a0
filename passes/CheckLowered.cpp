//===- CheckLowered.cpp - Nothing of the program is left ------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Index/IR/IndexDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/UB/IR/UBOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "plumb/Passes/Passes.h"

using namespace mlir;

namespace plumb {
#define GEN_PASS_DEF_CHECKLOWERED
#include "plumb/Passes/Passes.h.inc"
} // namespace plumb

/// Other dialects may have a translation of their own (omp, nvvm).
static bool isOurs(Operation *op) {
  return isa_and_present<arith::ArithDialect, cf::ControlFlowDialect,
                         func::FuncDialect, index::IndexDialect,
                         math::MathDialect, memref::MemRefDialect,
                         scf::SCFDialect, ub::UBDialect>(op->getDialect());
}

namespace {
struct CheckLoweredPass : plumb::impl::CheckLoweredBase<CheckLoweredPass> {
  void runOnOperation() override {
    bool failedAny = false;
    getOperation().walk<WalkOrder::PreOrder>([&](Operation *op) {
      if (!isOurs(op))
        return WalkResult::advance();
      op->emitError("'") << op->getName()
                         << "' with these types has no lowering here; see "
                            "docs/dialects.md for what has";
      failedAny = true;
      return WalkResult::skip();
    });
    if (failedAny)
      signalPassFailure();
  }
};
} // namespace
