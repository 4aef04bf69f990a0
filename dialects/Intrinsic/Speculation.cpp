//===- Speculation.cpp - Which calls may run although nobody asked --------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "plumb/Intrinsic/IntrinsicDialect.h"
#include "plumb/Model/Kinds.h"
#include "plumb/Model/Scheme.h"

using namespace mlir;
using namespace plumb;
using namespace plumb::intr;

/// Arguments of C functions are `noundef`: with poison the call itself has no
/// meaning, where a loop that is not entered had one. Only what is known to
/// make no poison is trusted.
static bool mayBePoison(Value value, unsigned depth = 4) {
  Operation *op = value.getDefiningOp();
  if (!op || isa<arith::ConstantOp, IntrinsicOpInterface>(op) ||
      isa_and_present<IntrDialect>(op->getDialect()) || !isSpeculatable(op))
    return false;
  if (isa<arith::AddIOp, arith::SubIOp, arith::MulIOp>(op)) {
    auto flags = cast<arith::ArithIntegerOverflowFlagsInterface>(op);
    if (flags.hasNoSignedWrap() || flags.hasNoUnsignedWrap())
      return true;
  } else if (!isa<arith::AndIOp, arith::OrIOp, arith::XOrIOp, arith::CmpIOp,
                  arith::SelectOp, arith::ExtSIOp, arith::IndexCastOp>(op)) {
    return true;
  }
  return !depth || llvm::any_of(op->getOperands(), [&](Value operand) {
    return mayBePoison(operand, depth - 1);
  });
}

/// A program may have asked first whether a handle is null. A text that is no C
/// string aborts the call.
static bool mayBeAskedFirst(const plumb_intr_row &row) {
  return llvm::any_of(model::params(row), [](const plumb_intr_param &p) {
    model::Kind kind = model::kindOf(p.type);
    return kind == model::Kind::CString ||
           (kind == model::Kind::Handle &&
            p.type->arg_attrs & PLUMB_INTR_ATTR_NONNULL);
  });
}

Speculation::Speculatability
plumb::intr::detail::getIntrinsicSpeculatability(Operation *op,
                                                 const plumb_intr_row *row) {
  SmallVector<MemoryEffects::EffectInstance> effects;
  getIntrinsicEffects(op, row, effects);
  // Bodies that look at a program's objects call its functions, and may fail.
  return effects.empty() && !mayBeAskedFirst(*row) && !model::hasErased(*row) &&
                 llvm::none_of(op->getOperands(),
                               [](Value v) { return mayBePoison(v); })
             ? Speculation::Speculatable
             : Speculation::NotSpeculatable;
}
