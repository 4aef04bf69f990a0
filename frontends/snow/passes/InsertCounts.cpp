//===- InsertCounts.cpp - Counting of references --------------------------===//
//
// Liveness of roots (Ownership.h) over the blocks, then each block backward: an
// operation behind which a value is dead takes its reference or is followed by
// a release. Where control forks, what one side does not need is released on
// its edge.
//
//===----------------------------------------------------------------------===//

#include "frontends/snow/passes/Ownership.h"
#include "frontends/snow/passes/Passes.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace snow;
using namespace snow::dialect;

namespace snow::passes {
#define GEN_PASS_DEF_INSERTCOUNTS
#include "frontends/snow/passes/Passes.h.inc"
} // namespace snow::passes

using namespace snow::passes;

namespace {

using Set = llvm::SmallSetVector<Value, 8>;

class Counts {
public:
  explicit Counts(func::FuncOp function)
      : function(function), builder(function.getContext()) {}

  void run() {
    for (Block &block : function.getBody())
      for (Operation &op : llvm::make_early_inc_range(block))
        retainBorrowed(&op);
    findLive();
    // New blocks hold nothing but what is counted on their edges.
    SmallVector<Block *> blocks;
    for (Block &block : function.getBody())
      blocks.push_back(&block);
    for (Block *block : blocks)
      rewrite(block);
  }

private:
  /// A field or choice that is kept becomes a reference of its own.
  void retainBorrowed(Operation *op) {
    if (!givesBorrowed(op) || !isCounted(op->getResult(0).getType()) ||
        rootOf(op->getResult(0)) != op->getResult(0))
      return;
    builder.setInsertionPointAfter(op);
    kept.insert(RetainOp::create(builder, op->getLoc(), op->getResult(0)));
  }

  void findLive();
  void rewrite(Block *block);
  void rewriteEnd(Operation *end, Set &live);
  void rewriteEdge(Operation *end, unsigned edge, const Set &live);
  void rewriteOp(Operation *op, Set &live);
  void retain(Value value, unsigned times, Location loc) {
    while (times--)
      RetainOp::create(builder, loc, value);
  }

  func::FuncOp function;
  OpBuilder builder;
  llvm::SmallPtrSet<Operation *, 8> kept; ///< retains of retainBorrowed
  llvm::DenseMap<Block *, Set> liveIn;
};

/// How often an edge passes each value.
llvm::SmallMapVector<Value, unsigned, 4> passedOn(Operation *end,
                                                  unsigned edge) {
  llvm::SmallMapVector<Value, unsigned, 4> passed;
  if (auto branch = dyn_cast<BranchOpInterface>(end))
    for (Value value : branch.getSuccessorOperands(edge).getForwardedOperands())
      if (Value root = rootOf(value))
        ++passed[root];
  return passed;
}

} // namespace

void Counts::findLive() {
  llvm::DenseMap<Block *, Set> used, defined;
  for (Block &block : function.getBody()) {
    Set &uses = used[&block], &defs = defined[&block];
    for (BlockArgument argument : block.getArguments())
      defs.insert(argument);
    for (Operation &op : block) {
      if (!kept.contains(&op))
        for (Value operand : op.getOperands())
          if (Value root = rootOf(operand); root && !defs.contains(root))
            uses.insert(root);
      for (Value result : op.getResults())
        defs.insert(result);
    }
    liveIn[&block] = uses;
  }
  for (bool changed = true; std::exchange(changed, false);)
    for (Block &block : llvm::reverse(function.getBody())) {
      Set &live = liveIn[&block];
      for (Block *successor : block.getSuccessors())
        for (Value value : liveIn[successor])
          if (!defined[&block].contains(value))
            changed |= live.insert(value);
    }
}

void Counts::rewrite(Block *block) {
  Set live;
  Operation *end = block->getTerminator();
  rewriteEnd(end, live);
  SmallVector<Operation *> ops;
  for (Operation &op : block->without_terminator())
    if (!kept.contains(&op) && !isa<RetainOp, ReleaseOp>(op))
      ops.push_back(&op);
  for (Operation *op : llvm::reverse(ops))
    rewriteOp(op, live);
  builder.setInsertionPointToStart(block);
  for (BlockArgument argument : block->getArguments())
    if (isCounted(argument.getType()) && !live.contains(argument))
      ReleaseOp::create(builder, end->getLoc(), argument);
}

void Counts::rewriteEnd(Operation *end, Set &live) {
  unsigned edges = end->getNumSuccessors();
  for (unsigned edge = 0; edge != edges; ++edge) {
    for (Value value : liveIn[end->getSuccessor(edge)])
      live.insert(value);
    for (auto &[value, times] : passedOn(end, edge))
      live.insert(value);
  }
  if (edges > 1) {
    for (unsigned edge = 0; edge != edges; ++edge)
      rewriteEdge(end, edge, live);
    return;
  }
  builder.setInsertionPoint(end);
  if (edges == 1) {
    const Set &after = liveIn[end->getSuccessor(0)];
    for (auto &[value, times] : passedOn(end, 0))
      retain(value, times - 1 + after.contains(value), end->getLoc());
    return;
  }
  if (isa<FailOp>(end))
    return;
  rewriteOp(end, live);
}

void Counts::rewriteEdge(Operation *end, unsigned edge, const Set &live) {
  Block *to = end->getSuccessor(edge);
  if (isa<FailOp>(to->front())) // The program, or the actor, ends there.
    return;
  const Set &after = liveIn[to];
  auto passed = passedOn(end, edge);
  SmallVector<Value> released, retained;
  for (Value value : live) {
    unsigned needed = passed.lookup(value) + after.contains(value);
    if (!needed)
      released.push_back(value);
    else
      retained.append(needed - 1, value);
  }
  if (released.empty() && retained.empty())
    return;
  if (retained.empty() && to->getSinglePredecessor() &&
      llvm::count(end->getSuccessors(), to) == 1) {
    builder.setInsertionPointToStart(to);
  } else {
    Block *between = builder.createBlock(to);
    auto operands = cast<BranchOpInterface>(end).getSuccessorOperands(edge);
    auto branch = cf::BranchOp::create(builder, end->getLoc(), to,
                                       operands.getForwardedOperands());
    operands.erase(0, operands.size());
    end->setSuccessor(between, edge);
    builder.setInsertionPoint(branch);
  }
  for (Value value : retained)
    RetainOp::create(builder, end->getLoc(), value);
  for (Value value : released)
    ReleaseOp::create(builder, end->getLoc(), value);
}

void Counts::rewriteOp(Operation *op, Set &live) {
  // Behind the operation, and the retain of its own result.
  Operation *last = op;
  if (Operation *next = op->getNextNode(); next && kept.contains(next))
    last = next;
  if (op->getNumRegions() || last->hasTrait<OpTrait::IsTerminator>())
    last = nullptr;
  auto releaseAfter = [&](Value value) {
    builder.setInsertionPointAfter(last);
    ReleaseOp::create(builder, op->getLoc(), value);
  };
  for (Value result : op->getResults())
    if (rootOf(result) == result && !live.remove(result))
      releaseAfter(result);

  struct Uses {
    unsigned consumed = 0;
    bool borrowed = false;
  };
  llvm::SmallMapVector<Value, Uses, 4> uses;
  for (OpOperand &operand : op->getOpOperands())
    if (Value root = rootOf(operand.get())) {
      if (operand.get() == root && consumes(operand))
        ++uses[root].consumed;
      else
        uses[root].borrowed = true;
    }
  for (auto &[value, use] : uses) {
    bool isLive = live.contains(value);
    bool isReleased = !isLive && (use.borrowed || !use.consumed);
    unsigned needed = use.consumed + (isLive || isReleased);
    if (needed > 1) {
      builder.setInsertionPoint(op);
      retain(value, needed - 1, op->getLoc());
    }
    if (isReleased)
      releaseAfter(value);
    live.insert(value);
  }
}

namespace {
struct InsertCountsPass
    : snow::passes::impl::InsertCountsBase<InsertCountsPass> {
  void runOnOperation() override {
    if (!getOperation().isExternal())
      Counts(getOperation()).run();
  }
};
} // namespace
