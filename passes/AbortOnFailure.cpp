//===- AbortOnFailure.cpp - Asserts and divisions that abort --------------===//
//
// Runs on control flow graphs, behind scf-to-cf: a check splits its block, and
// what fails goes to a cold block of its own at the end of the function.
//
//===----------------------------------------------------------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Index/IR/IndexOps.h"
#include "mlir/Dialect/UB/IR/UBOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "plumb/Intrinsic/AbortOp.h"
#include "plumb/Passes/Passes.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"

using namespace mlir;

namespace plumb {
#define GEN_PASS_DEF_ABORTONFAILURE
#include "plumb/Passes/Passes.h.inc"
} // namespace plumb

using namespace plumb;

/// " at room.mlir:12:5", without the folder, or nothing.
static std::string positionOf(Location loc) {
  auto file = loc->findInstanceOf<FileLineColLoc>();
  if (!file)
    return "";
  return (" at " + llvm::sys::path::filename(file.getFilename()) + ":" +
          Twine(file.getLine()) + ":" + Twine(file.getColumn()))
      .str();
}

static bool isSignedDivision(Operation *op) {
  return isa<arith::DivSIOp, arith::RemSIOp, arith::CeilDivSIOp,
             arith::FloorDivSIOp, index::DivSOp, index::RemSOp,
             index::CeilDivSOp, index::FloorDivSOp>(op);
}

/// Vectors have no single place to branch from.
static bool isDivision(Operation *op) {
  bool isAny = isSignedDivision(op) ||
               isa<arith::DivUIOp, arith::RemUIOp, arith::CeilDivUIOp,
                   index::DivUOp, index::RemUOp, index::CeilDivUOp>(op);
  return isAny && op->getResult(0).getType().isIntOrIndex();
}

namespace {
/// Splits the block before an operation, check by check: what passes goes on
/// in the block that has the operation.
class Checks {
public:
  explicit Checks(Operation *op)
      : op(op), builder(op), position(positionOf(op->getLoc())) {}

  void division();
  void assertion(cf::AssertOp assertion);

private:
  static constexpr int32_t unlikely = 1, likely = 2000;

  Location loc() { return op->getLoc(); }
  Value constant(const llvm::APInt &value);
  Value equal(Value value, const llvm::APInt &number);
  /// A block that aborts; the builder stays where it is.
  Block *abortBlock(const std::string &why);
  Block *split() {
    Block *before = op->getBlock(), *after = before->splitBlock(op);
    builder.setInsertionPointToEnd(before);
    return after;
  }
  void failIf(Value condition, const std::string &why);

  Operation *op;
  OpBuilder builder;
  std::string position;
};
} // namespace

Value Checks::constant(const llvm::APInt &value) {
  Type type = op->getResult(0).getType();
  return arith::ConstantOp::create(builder, loc(),
                                   builder.getIntegerAttr(type, value));
}

Value Checks::equal(Value value, const llvm::APInt &number) {
  return arith::CmpIOp::create(builder, loc(), arith::CmpIPredicate::eq, value,
                               constant(number));
}

Block *Checks::abortBlock(const std::string &why) {
  OpBuilder::InsertionGuard guard(builder);
  Region *region = op->getParentRegion();
  Block *block = builder.createBlock(region, region->end());
  // A message of the program's may be any bytes; a text may not.
  Value text = intr::ConstantOp::create(
      builder, loc(), intr::StrType::get(builder.getContext()),
      builder.getStringAttr(llvm::json::fixUTF8(why + position)));
  intr::AbortOp::create(builder, loc(), text);
  ub::UnreachableOp::create(builder, loc());
  return block;
}

void Checks::failIf(Value condition, const std::string &why) {
  Block *after = split();
  cf::CondBranchOp::create(builder, loc(), condition, abortBlock(why),
                           ValueRange(), after, ValueRange(),
                           ArrayRef<int32_t>{unlikely, likely});
  builder.setInsertionPoint(op);
}

void Checks::assertion(cf::AssertOp assertion) {
  Block *after = split();
  cf::CondBranchOp::create(
      builder, loc(), assertion.getArg(), after, ValueRange(),
      abortBlock("assertion failed: " + assertion.getMsg().str()), ValueRange(),
      ArrayRef<int32_t>{likely, unlikely});
  assertion.erase();
}

void Checks::division() {
  static constexpr const char *byZero = "division by zero";
  static constexpr const char *overflow = "overflow in a division";
  Value dividend = op->getOperand(0), divisor = op->getOperand(1);
  Type type = divisor.getType();
  unsigned width = type.isIndex() ? IndexType::kInternalStorageBitWidth
                                  : type.getIntOrFloatBitWidth();
  auto zero = llvm::APInt::getZero(width),
       min = llvm::APInt::getSignedMinValue(width);

  llvm::APInt known;
  bool isKnown = matchPattern(divisor, m_ConstantInt(&known));
  bool mayBeZero = !isKnown || known.isZero();
  bool mayOverflow = isSignedDivision(op) && (!isKnown || known.isAllOnes());
  llvm::APInt knownDividend;
  if (mayOverflow && matchPattern(dividend, m_ConstantInt(&knownDividend)))
    mayOverflow = knownDividend == min;

  if (!mayOverflow || isKnown) {
    if (mayBeZero)
      failIf(equal(divisor, zero), byZero);
    if (mayOverflow)
      failIf(equal(dividend, min), overflow);
    return;
  }
  // One branch for both: 0 and -1 are the divisors that are less than 2 when 1
  // is added.
  Value next = arith::AddIOp::create(builder, loc(), divisor,
                                     constant(llvm::APInt(width, 1)));
  Value isRare =
      arith::CmpIOp::create(builder, loc(), arith::CmpIPredicate::ule, next,
                            constant(llvm::APInt(width, 1)));
  Block *before = op->getBlock(), *after = before->splitBlock(op);
  Region *region = op->getParentRegion();
  Block *rare = builder.createBlock(region, region->end());
  Block *minusOne = builder.createBlock(region, region->end());
  builder.setInsertionPointToEnd(before);
  cf::CondBranchOp::create(builder, loc(), isRare, rare, ValueRange(), after,
                           ValueRange(), ArrayRef<int32_t>{unlikely, likely});
  builder.setInsertionPointToEnd(rare);
  Value isZero = equal(divisor, zero);
  cf::CondBranchOp::create(builder, loc(), isZero, abortBlock(byZero),
                           ValueRange(), minusOne, ValueRange(),
                           ArrayRef<int32_t>{unlikely, likely});
  builder.setInsertionPointToEnd(minusOne);
  Value isMin = equal(dividend, min);
  cf::CondBranchOp::create(builder, loc(), isMin, abortBlock(overflow),
                           ValueRange(), after, ValueRange(),
                           ArrayRef<int32_t>{unlikely, likely});
}

namespace {
struct AbortOnFailurePass
    : plumb::impl::AbortOnFailureBase<AbortOnFailurePass> {
  using AbortOnFailureBase::AbortOnFailureBase;

  void getDependentDialects(DialectRegistry &registry) const override {
    registry.insert<arith::ArithDialect, cf::ControlFlowDialect,
                    intr::IntrDialect, ub::UBDialect>();
  }

  void runOnOperation() override {
    llvm::SmallVector<Operation *> found;
    getOperation().walk([&](Operation *op) {
      // Other regions may have to keep their one block.
      if (!isa_and_present<FunctionOpInterface>(op->getParentOp()))
        return;
      if ((divisions && isDivision(op)) || (asserts && isa<cf::AssertOp>(op)))
        found.push_back(op);
    });
    for (Operation *op : found) {
      Checks checks(op);
      if (auto assertion = dyn_cast<cf::AssertOp>(op))
        checks.assertion(assertion);
      else
        checks.division();
    }
  }
};
} // namespace
