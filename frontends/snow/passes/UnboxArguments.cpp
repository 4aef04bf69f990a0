//===- UnboxArguments.cpp - Fields from block to block --------------------===//

#include "frontends/snow/passes/Passes.h"
#include "mlir/IR/Builders.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "plumb/Intrinsic/IntrinsicDialect.h"
#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace snow::dialect;

namespace snow::passes {
#define GEN_PASS_DEF_UNBOXARGUMENTS
#include "frontends/snow/passes/Passes.h.inc"
} // namespace snow::passes

namespace {

/// How the edges into a block pass an argument of it.
struct Incoming {
  BranchOpInterface branch;
  unsigned edge;
  Value value;
};

class Unboxing {
public:
  Unboxing(func::FuncOp function, const SymbolTable &symbols)
      : function(function), symbols(symbols) {}

  void run() {
    for (Block &block : llvm::drop_begin(function.getBody()))
      for (BlockArgument argument : block.getArguments())
        if (ConstructOp made = findMaker(argument))
          makers[argument] = made;
    // An argument that goes to one that stays whole is needed whole.
    for (bool changed = true; std::exchange(changed, false);)
      for (auto &[argument, made] : llvm::make_early_inc_range(makers))
        if (made && !isOnlyRead(argument)) {
          made = nullptr;
          changed = true;
        }
    for (auto &[argument, made] : makers)
      if (made)
        addFields(cast<BlockArgument>(argument), made);
    for (auto &[argument, made] : makers)
      if (made)
        passFields(cast<BlockArgument>(argument));
    for (auto &[argument, made] : llvm::reverse(makers))
      if (made)
        remove(cast<BlockArgument>(argument));
  }

private:
  static SmallVector<Incoming> incomingOf(BlockArgument argument) {
    SmallVector<Incoming> all;
    Block *block = argument.getOwner();
    for (auto it = block->pred_begin(); it != block->pred_end(); ++it) {
      auto branch = cast<BranchOpInterface>((*it)->getTerminator());
      unsigned edge = it.getSuccessorIndex();
      all.push_back({branch, edge,
                     branch.getSuccessorOperands(edge)
                         .getForwardedOperands()[argument.getArgNumber()]});
    }
    return all;
  }
  /// A predecessor's construction of it, of a type of one constructor.
  ConstructOp findMaker(BlockArgument argument) {
    if (!isa<plumb::intr::ObjectType>(argument.getType()))
      return {};
    for (Incoming incoming : incomingOf(argument))
      if (auto made = incoming.value.getDefiningOp<ConstructOp>()) {
        auto type = symbols.lookup<DataTypeOp>(made.getDataType());
        return type.getConstructors().size() == 1 && !made.getFields().empty()
                   ? made
                   : ConstructOp();
      }
    return {};
  }
  bool isOnlyRead(Value argument) {
    return llvm::all_of(argument.getUses(), [&](OpOperand &use) {
      if (isa<FieldOp>(use.getOwner()))
        return true;
      auto branch = dyn_cast<BranchOpInterface>(use.getOwner());
      if (!branch)
        return false;
      auto passed = branch.getSuccessorBlockArgument(use.getOperandNumber());
      return passed && makers.lookup(*passed);
    });
  }
  void addFields(BlockArgument argument, ConstructOp made) {
    for (Value field : made.getFields())
      fields[argument].push_back(
          argument.getOwner()->addArgument(field.getType(), argument.getLoc()));
  }
  void passFields(BlockArgument argument) {
    for (Incoming incoming : incomingOf(argument)) {
      SuccessorOperands operands =
          incoming.branch.getSuccessorOperands(incoming.edge);
      operands.append(fieldsOf(argument, incoming));
    }
  }
  SmallVector<Value> fieldsOf(BlockArgument argument, Incoming incoming) {
    if (auto known = fields.find(incoming.value); known != fields.end())
      return known->second;
    if (auto made = incoming.value.getDefiningOp<ConstructOp>())
      return SmallVector<Value>(made.getFields());
    OpBuilder builder(incoming.branch);
    SmallVector<Value> read;
    for (auto [index, field] : llvm::enumerate(fields[argument]))
      read.push_back(FieldOp::create(
          builder, incoming.branch.getLoc(), field.getType(), incoming.value,
          makers[argument].getDataType(), 0u, unsigned(index)));
    return read;
  }
  void remove(BlockArgument argument) {
    for (Operation *user : llvm::make_early_inc_range(argument.getUsers()))
      if (auto field = dyn_cast<FieldOp>(user)) {
        field.replaceAllUsesWith(fields[argument][field.getIndex()]);
        field.erase();
      }
    for (Incoming incoming : incomingOf(argument))
      incoming.branch.getSuccessorOperands(incoming.edge)
          .erase(argument.getArgNumber());
    argument.getOwner()->eraseArgument(argument.getArgNumber());
  }

  func::FuncOp function;
  const SymbolTable &symbols;
  llvm::MapVector<Value, ConstructOp> makers;
  llvm::DenseMap<Value, SmallVector<Value>> fields;
};

struct UnboxArgumentsPass
    : snow::passes::impl::UnboxArgumentsBase<UnboxArgumentsPass> {
  void runOnOperation() override {
    SymbolTable symbols(getOperation());
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (!function.isExternal())
        Unboxing(function, symbols).run();
  }
};

} // namespace
