//===- AbiValues.cpp ------------------------------------------------------===//
//
// Coercions go through memory, as in clang: LLVM's SROA makes shifts of them,
// or nothing at all.
//
//===----------------------------------------------------------------------===//

#include "passes/AbiValues.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;
using namespace plumb;

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

/// Loops that iterate where they stand, on one stack. Others may become tasks.
static bool isSequentialLoop(Operation *op) {
  return isa<scf::ForOp, memref::AllocaScopeOp>(op) ||
         op->getName().getStringRef() == "affine.for";
}

/// The innermost region around the operation with a stack of its own.
static Region &getAllocationScope(Operation *op) {
  Region *region = op->getParentRegion();
  for (;; region = region->getParentRegion()) {
    Operation *parent = region->getParentOp();
    if (isa<FunctionOpInterface>(parent) || !region->getParentRegion() ||
        parent->hasTrait<OpTrait::IsIsolatedFromAbove>() ||
        (parent->hasTrait<OpTrait::AutomaticAllocationScope>() &&
         !isSequentialLoop(parent)))
      return *region;
  }
}

Temporaries::Temporaries(OpBuilder &builder, Operation *call)
    : builder(builder), loc(call->getLoc()), scope(getAllocationScope(call)),
      isLoop(isa<LoopLikeOpInterface>(scope.getParentOp())) {}

Value Temporaries::create(Type type, unsigned align) {
  MLIRContext *context = builder.getContext();
  if (isLoop && !before)
    before = LLVM::StackSaveOp::create(builder, loc,
                                       LLVM::LLVMPointerType::get(context));
  Value memory;
  {
    OpBuilder::InsertionGuard guard(builder);
    if (!isLoop)
      builder.setInsertionPointToStart(&scope.front());
    Value one =
        LLVM::ConstantOp::create(builder, loc, builder.getI32IntegerAttr(1));
    memory = LLVM::AllocaOp::create(
        builder, loc, LLVM::LLVMPointerType::get(context), type, one, align);
  }
  LLVM::LifetimeStartOp::create(builder, loc, memory);
  live.push_back(memory);
  return memory;
}

void Temporaries::end() {
  for (Value memory : live)
    LLVM::LifetimeEndOp::create(builder, loc, memory);
  live.clear();
  if (before)
    LLVM::StackRestoreOp::create(builder, loc, before);
}

/// For a struct and for the registers that carry it, which may be larger.
static Value createForCoercion(Temporaries &temporaries, MLIRContext *context,
                               const plumb_intr_struct &structure) {
  unsigned size = (structure.size + 7) / 8 * 8;
  Type byte = IntegerType::get(context, 8);
  return temporaries.create(LLVM::LLVMArrayType::get(byte, size), 8);
}

/// `address` plus 8 for the second part.
static Value partAddress(OpBuilder &builder, Location loc, Value address,
                         unsigned index) {
  if (!index)
    return address;
  return LLVM::GEPOp::create(
      builder, loc, address.getType(), builder.getI8Type(), address,
      ArrayRef<LLVM::GEPArg>{8}, LLVM::GEPNoWrapFlags::inbounds);
}

//===----------------------------------------------------------------------===//
// Structs by value
//===----------------------------------------------------------------------===//

void plumb::passStruct(OpBuilder &builder, Location loc,
                       const AbiPassing &passing,
                       const plumb_intr_struct &structure, Value value,
                       Temporaries &temporaries,
                       SmallVectorImpl<Value> &arguments) {
  if (passing.kind == AbiPassing::Direct)
    return arguments.push_back(value);
  MLIRContext *context = builder.getContext();
  if (passing.kind != AbiPassing::Coerced) {
    unsigned align = passing.kind == AbiPassing::ByVal
                         ? std::max<unsigned>(structure.align, 8)
                         : structure.align;
    Value address = temporaries.create(getLLVMType(context, structure), align);
    LLVM::StoreOp::create(builder, loc, value, address, structure.align);
    return arguments.push_back(address);
  }
  Value address = createForCoercion(temporaries, context, structure);
  LLVM::StoreOp::create(builder, loc, value, address, 8);
  for (auto [index, part] : llvm::enumerate(passing.parts))
    arguments.push_back(LLVM::LoadOp::create(
        builder, loc, part, partAddress(builder, loc, address, index), 8));
}

Value plumb::readResult(OpBuilder &builder, Location loc,
                        const AbiPassing &passing,
                        const plumb_intr_struct &structure, Value returned,
                        Temporaries &temporaries) {
  if (passing.kind == AbiPassing::Direct)
    return returned;
  MLIRContext *context = builder.getContext();
  Type type = getLLVMType(context, structure);
  if (passing.kind == AbiPassing::Memory)
    return LLVM::LoadOp::create(builder, loc, type, returned, structure.align);
  // Two parts are one struct that has them where they are in memory.
  Value address = createForCoercion(temporaries, context, structure);
  LLVM::StoreOp::create(builder, loc, returned, address, 8);
  return LLVM::LoadOp::create(builder, loc, type, address, 8);
}
