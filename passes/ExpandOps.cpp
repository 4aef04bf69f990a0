//===- ExpandOps.cpp - What upstream's conversions to LLVM leave ----------===//
//
// Upstream lowers these in passes of their own, which cost time for programs
// without them. One look at the module says which are needed.
//
//===----------------------------------------------------------------------===//

#include "mlir/Conversion/AffineToStandard/AffineToStandard.h"
#include "mlir/Conversion/MathToFuncs/MathToFuncs.h"
#include "mlir/Conversion/MathToLLVM/MathToLLVM.h"
#include "mlir/Conversion/MathToLibm/MathToLibm.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/MemRef/Transforms/Passes.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Pass/PassManager.h"
#include "plumb/Passes/Passes.h"

using namespace mlir;

namespace plumb {
#define GEN_PASS_DEF_EXPANDOPS
#include "plumb/Passes/Passes.h.inc"
} // namespace plumb

/// Element by element; upstream calls a function that only its own tools have.
static void expandCopy(memref::CopyOp copy) {
  OpBuilder builder(copy);
  Location loc = copy.getLoc();
  auto type = cast<MemRefType>(copy.getSource().getType());
  SmallVector<Value> indices;
  auto constant = [&](int64_t value) -> Value {
    return arith::ConstantIndexOp::create(builder, loc, value);
  };
  for (int64_t i = 0; i < type.getRank(); ++i) {
    Value size = memref::DimOp::create(builder, loc, copy.getSource(), i);
    auto loop =
        scf::ForOp::create(builder, loc, constant(0), size, constant(1));
    indices.push_back(loop.getInductionVar());
    builder.setInsertionPointToStart(loop.getBody());
  }
  Value element =
      memref::LoadOp::create(builder, loc, copy.getSource(), indices);
  memref::StoreOp::create(builder, loc, element, copy.getTarget(), indices);
  copy.erase();
}

static bool isStrided(memref::CopyOp copy) {
  return llvm::any_of(copy->getOperandTypes(),
                      [](Type type) {
                        auto memref = dyn_cast<MemRefType>(type);
                        return memref && !memref.getLayout().isIdentity();
                      }) &&
         llvm::all_of(copy->getOperandTypes(), llvm::IsaPred<MemRefType>);
}

/// Upstream's has the bounds the wrong way round.
static void expandClamp(math::ClampFOp clamp) {
  OpBuilder builder(clamp);
  Value value = arith::MaximumFOp::create(builder, clamp.getLoc(),
                                          clamp.getValue(), clamp.getMin());
  clamp.replaceAllUsesWith(
      arith::MinimumFOp::create(builder, clamp.getLoc(), value, clamp.getMax())
          .getResult());
  clamp.erase();
}

/// Infinite: as large as infinity. Normal: from the smallest normal number on,
/// and less than infinity.
static void expandFloatTest(Operation *op, bool isInfinite) {
  OpBuilder builder(op);
  Location loc = op->getLoc();
  Type type = op->getOperand(0).getType();
  auto &semantics =
      cast<FloatType>(getElementTypeOrSelf(type)).getFloatSemantics();
  auto constant = [&](const llvm::APFloat &value) -> Value {
    TypedAttr attr = FloatAttr::get(getElementTypeOrSelf(type), value);
    if (auto shaped = dyn_cast<ShapedType>(type))
      attr = SplatElementsAttr::get(shaped, Attribute(attr));
    return arith::ConstantOp::create(builder, loc, attr);
  };
  auto compare = [&](arith::CmpFPredicate how, Value a, Value b) -> Value {
    return arith::CmpFOp::create(builder, loc, how, a, b);
  };
  Value size = math::AbsFOp::create(builder, loc, op->getOperand(0));
  Value infinity = constant(llvm::APFloat::getInf(semantics)), result;
  if (isInfinite) {
    result = compare(arith::CmpFPredicate::OEQ, size, infinity);
  } else {
    Value smallest = constant(llvm::APFloat::getSmallestNormalized(semantics));
    result = arith::AndIOp::create(
        builder, loc, compare(arith::CmpFPredicate::OGE, size, smallest),
        compare(arith::CmpFPredicate::OLT, size, infinity));
  }
  op->getResult(0).replaceAllUsesWith(result);
  op->erase();
}

namespace {
struct ExpandOpsPass : plumb::impl::ExpandOpsBase<ExpandOpsPass> {
  void getDependentDialects(DialectRegistry &registry) const override {
    registry
        .insert<affine::AffineDialect, arith::ArithDialect, func::FuncDialect,
                LLVM::LLVMDialect, math::MathDialect, memref::MemRefDialect,
                scf::SCFDialect, vector::VectorDialect>();
  }

  void runOnOperation() override {
    bool hasViews = false, hasRealloc = false, hasPower = false,
         needsLibm = false;
    SmallVector<Operation *> own;
    getOperation().walk([&](Operation *op) {
      Dialect *dialect = op->getDialect();
      if (isa_and_present<memref::MemRefDialect>(dialect)) {
        hasViews |= isa<memref::SubViewOp, memref::ExpandShapeOp,
                        memref::CollapseShapeOp>(op);
        hasRealloc |= isa<memref::ReallocOp>(op);
        auto copy = dyn_cast<memref::CopyOp>(op);
        if (copy && isStrided(copy))
          own.push_back(op);
      } else if (isa_and_present<math::MathDialect>(dialect)) {
        hasPower |= isa<math::IPowIOp>(op);
        needsLibm |= isa<math::AcoshOp, math::AsinhOp, math::AtanhOp,
                         math::CbrtOp, math::ErfOp, math::ErfcOp>(op);
        if (isa<math::ClampFOp, math::IsInfOp, math::IsNormalOp>(op))
          own.push_back(op);
      }
    });
    for (Operation *op : own)
      if (auto copy = dyn_cast<memref::CopyOp>(op))
        expandCopy(copy);
      else if (auto clamp = dyn_cast<math::ClampFOp>(op))
        expandClamp(clamp);
      else
        expandFloatTest(op, isa<math::IsInfOp>(op));

    OpPassManager pm(ModuleOp::getOperationName());
    if (hasRealloc)
      pm.addPass(memref::createExpandReallocPass());
    if (hasViews) {
      pm.addPass(memref::createExpandStridedMetadataPass());
      pm.addPass(createLowerAffinePass());
    }
    if (hasPower)
      pm.addPass(createConvertMathToFuncs());
    if (needsLibm) {
      // What LLVM has itself is its own to make.
      pm.addPass(createConvertMathToLLVMPass());
      pm.addPass(createConvertMathToLibmPass());
    }
    if (pm.size() && failed(runPipeline(pm, getOperation())))
      signalPassFailure();
  }
};
} // namespace
