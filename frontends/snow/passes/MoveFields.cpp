//===- MoveFields.cpp - Fields are moved, memory is used again ------------===//
//
// Behind the insertion of counts, which leaves the fields that an arm of a case
// keeps as reads with a retain each, and then a release of the value.
//
//===----------------------------------------------------------------------===//

#include "frontends/snow/passes/Ownership.h"
#include "frontends/snow/passes/Passes.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace snow;
using namespace snow::dialect;

namespace snow::passes {
#define GEN_PASS_DEF_MOVEFIELDS
#include "frontends/snow/passes/Passes.h.inc"
} // namespace snow::passes

namespace {

/// The retain that keeps the field, right behind it; null for none.
RetainOp retainOf(FieldOp field) {
  auto retain = dyn_cast_or_null<RetainOp>(field->getNextNode());
  return retain && retain.getValue() == field.getResult() ? retain : RetainOp();
}

/// Whether nobody uses the field before `end`, but for its retain.
bool isUnusedBefore(FieldOp field, Operation *end) {
  return llvm::all_of(field->getUsers(), [&](Operation *user) {
    return isa<RetainOp>(user) || user->getBlock() != end->getBlock() ||
           end->isBeforeInBlock(user);
  });
}

/// Of the value that the field is in.
unsigned numFields(FieldOp field, const SymbolTable &symbols) {
  auto type = symbols.lookup<DataTypeOp>(field.getDataType());
  auto parts = cast<ArrayAttr>(type.getConstructors()[field.getTag()]);
  return cast<DenseI32ArrayAttr>(parts[1]).size();
}

/// A place for the memory of a value: constructors of as many fields.
class Reuse {
public:
  explicit Reuse(unsigned size) : size(size) {}
  bool isPossible(Block *block, Block::iterator from) {
    if (findIn(block, from))
      return true;
    return llvm::any_of(block->getSuccessors(), [&](Block *next) {
      return goesOn(block, next) && isPossible(next, next->begin());
    });
  }
  /// Gives the memory to the first on each path, or back where there is none.
  void place(Value memory, Block *block, Block::iterator from) {
    if (ConstructOp op = findIn(block, from)) {
      op.getMemoryMutable().assign(memory);
      return;
    }
    Operation *end = block->getTerminator();
    for (unsigned edge = 0; edge != end->getNumSuccessors(); ++edge) {
      Block *next = end->getSuccessor(edge);
      if (goesOn(block, next) && isPossible(next, next->begin()))
        place(memory, next, next->begin());
      else
        giveBack(memory, end, edge);
    }
  }

private:
  ConstructOp findIn(Block *block, Block::iterator from) const {
    for (Operation &op : llvm::make_range(from, block->end()))
      if (auto construct = dyn_cast<ConstructOp>(op);
          construct && construct.getFields().size() == size &&
          !construct.getMemory())
        return construct;
    return {};
  }
  /// Whether whatever runs `next` comes from here.
  static bool goesOn(Block *block, Block *next) {
    return next->getSinglePredecessor() == block &&
           llvm::count(block->getSuccessors(), next) == 1;
  }
  void giveBack(Value memory, Operation *end, unsigned edge) const {
    Block *next = end->getSuccessor(edge);
    if (isa<FailOp>(next->front())) // The program, or the actor, ends there.
      return;
    OpBuilder builder(end->getContext());
    if (goesOn(end->getBlock(), next)) {
      builder.setInsertionPointToStart(next);
    } else {
      Block *between = builder.createBlock(next);
      auto operands = cast<BranchOpInterface>(end).getSuccessorOperands(edge);
      auto branch = cf::BranchOp::create(builder, end->getLoc(), next,
                                         operands.getForwardedOperands());
      operands.erase(0, operands.size());
      end->setSuccessor(between, edge);
      builder.setInsertionPoint(branch);
    }
    FreeOp::create(builder, end->getLoc(), memory, size);
  }

  unsigned size;
};

/// Makes a snow.take of the release, if the value's fields are known.
void moveFields(ReleaseOp release, const SymbolTable &symbols) {
  Block *block = release->getBlock();
  SmallVector<FieldOp> moved;
  FieldOp known; // Which constructor made it.
  for (Operation *user : release.getValue().getUsers()) {
    auto field = dyn_cast<FieldOp>(user);
    if (!field || field->getBlock() != block ||
        !field->isBeforeInBlock(release))
      continue;
    known = field;
    if (retainOf(field) && isUnusedBefore(field, release))
      moved.push_back(field);
  }
  if (!known)
    return;
  unsigned size = numFields(known, symbols);
  Reuse reuse(size);
  bool isReused = reuse.isPossible(block, std::next(release->getIterator()));
  if (moved.empty() && !isReused)
    return;
  // CSE has left one read of each field.
  llvm::sort(moved,
             [](FieldOp a, FieldOp b) { return a.getIndex() < b.getIndex(); });
  SmallVector<Type> types;
  SmallVector<int32_t> indices;
  for (FieldOp field : moved) {
    types.push_back(field.getType());
    indices.push_back(field.getIndex());
  }
  OpBuilder builder(release);
  auto take = TakeOp::create(builder, release.getLoc(), types,
                             isReused ? release.getValue().getType() : Type(),
                             release.getValue(), known.getDataType(),
                             known.getTag(), indices);
  for (auto [field, result] : llvm::zip(moved, take.getFields())) {
    retainOf(field)->erase();
    field.replaceAllUsesWith(result);
    field->erase();
  }
  release->erase();
  if (isReused)
    reuse.place(take.getMemory(), block, std::next(take->getIterator()));
}

struct MoveFieldsPass : snow::passes::impl::MoveFieldsBase<MoveFieldsPass> {
  void runOnOperation() override {
    SymbolTable symbols(getOperation());
    SmallVector<ReleaseOp> releases;
    getOperation().walk([&](ReleaseOp op) { releases.push_back(op); });
    for (ReleaseOp release : releases)
      moveFields(release, symbols);
  }
};

} // namespace
