//===- LowerMemory.cpp - Fields and elements in memory --------------------===//

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "passes/IntrinsicLowering.h"
#include "plumb/Model/Layout.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace plumb;

bool IntrinsicLowering::isMemoryOp(Operation *op) const {
  return isa<intr::AllocateOp, intr::DeallocateOp, intr::AddressOp,
             intr::LoadOp, intr::StoreOp>(op);
}

FlatSymbolRefAttr
IntrinsicLowering::getLibraryFunction(Operation *user, StringRef name,
                                      LLVM::LLVMFunctionType type) {
  Operation *existing = lookup(name);
  if (!existing) {
    OpBuilder builder = OpBuilder::atBlockBegin(module.getBody());
    auto made = LLVM::LLVMFuncOp::create(builder, module.getLoc(), name, type);
    made.setSymVisibility("private");
    symbols.insert(made);
    return FlatSymbolRefAttr::get(made);
  }
  auto function = dyn_cast<LLVM::LLVMFuncOp>(existing);
  if (function && function.getFunctionType() == type)
    return FlatSymbolRefAttr::get(function);
  InFlightDiagnostic diag = user->emitError("'")
                            << user->getName() << "' calls C's '" << name
                            << "', and this module has something else of that "
                               "name, or with another type than "
                            << type << "; rename it";
  diag.attachNote(existing->getLoc()) << "it is here";
  return {};
}

namespace {
/// Emits the accesses of one operation.
class Access {
public:
  Access(OpBuilder &builder, Location loc, intr::MemoryPlace place,
         Value pointer, Value index)
      : builder(builder), loc(loc), place(place),
        address(move(pointer, index)) {}

  Value getAddress() const { return address; }

  /// `type` in LLVM's types; a bool is a byte in memory.
  Value load(Type type, unsigned align) {
    if (isBits())
      return loadBits(type);
    bool isBool = type.isInteger(1);
    Value value = LLVM::LoadOp::create(
        builder, loc, isBool ? builder.getI8Type() : type, address, align);
    return isBool ? LLVM::TruncOp::create(builder, loc, type, value) : value;
  }

  void store(Value value, unsigned align) {
    if (isBits())
      return storeBits(value);
    if (value.getType().isInteger(1))
      value = LLVM::ZExtOp::create(builder, loc, builder.getI8Type(), value);
    LLVM::StoreOp::create(builder, loc, value, address, align);
  }

private:
  bool isBits() const { return place.field && place.field->bits; }
  unsigned unitBytes() const {
    return model::sizeInMemory(place.field->type->llvm);
  }
  Type unit() const { return builder.getIntegerType(8 * unitBytes()); }

  Value move(Value pointer, Value index) {
    Type byte = builder.getI8Type();
    auto step = [&](Value from, LLVM::GEPArg by) {
      return LLVM::GEPOp::create(builder, loc, from.getType(), byte, from,
                                 ArrayRef<LLVM::GEPArg>{by})
          .getResult();
    };
    if (index) {
      if (place.stride != 1)
        index = LLVM::MulOp::create(
            builder, loc, index,
            LLVM::ConstantOp::create(builder, loc,
                                     builder.getI64IntegerAttr(place.stride)));
      pointer = step(pointer, index);
    }
    return place.offset ? step(pointer, int32_t(place.offset)) : pointer;
  }

  Value number(const APInt &value) {
    return LLVM::ConstantOp::create(builder, loc,
                                    builder.getIntegerAttr(unit(), value));
  }

  /// Extended by the sign that the record's type has.
  Value loadBits(Type type) {
    unsigned width = 8 * unitBytes();
    Value all =
        LLVM::LoadOp::create(builder, loc, unit(), address, unitBytes());
    unsigned above = width - place.field->first_bit - place.field->bits;
    all = LLVM::ShlOp::create(builder, loc, all, number(APInt(width, above)));
    Value by = number(APInt(width, width - place.field->bits));
    bool isSigned =
        place.field->type->arg_attrs & PLUMB_INTR_ATTR_SIGNEXT || isSigned64();
    all = isSigned ? LLVM::AShrOp::create(builder, loc, all, by).getResult()
                   : LLVM::LShrOp::create(builder, loc, all, by).getResult();
    return type == all.getType()
               ? all
               : LLVM::TruncOp::create(builder, loc, type, all).getResult();
  }

  /// 64 bits need no extension, so no attribute says it.
  bool isSigned64() const {
    const plumb_intr_type *type = place.field->type;
    if (type->enumeration)
      type = type->enumeration->type;
    return model::kindOf(type) == model::Kind::Int64;
  }

  void storeBits(Value value) {
    unsigned width = 8 * unitBytes();
    APInt mask = APInt::getBitsSet(width, place.field->first_bit,
                                   place.field->first_bit + place.field->bits);
    if (value.getType() != unit())
      value = LLVM::ZExtOp::create(builder, loc, unit(), value);
    value = LLVM::ShlOp::create(builder, loc, value,
                                number(APInt(width, place.field->first_bit)));
    value = LLVM::AndOp::create(builder, loc, value, number(mask));
    Value others =
        LLVM::LoadOp::create(builder, loc, unit(), address, unitBytes());
    others = LLVM::AndOp::create(builder, loc, others, number(~mask));
    value = LLVM::OrOp::create(builder, loc, others, value);
    LLVM::StoreOp::create(builder, loc, value, address, unitBytes());
  }

  OpBuilder &builder;
  Location loc;
  intr::MemoryPlace place;
  Value address;
};
} // namespace

/// The type in LLVM; operands may have theirs already.
static Type inLLVM(Type type) {
  MLIRContext *context = type.getContext();
  if (auto structure = dyn_cast<intr::StructType>(type))
    return getLLVMType(
        context, *intr::getRegistry(context).lookupStruct(structure.getName()));
  if (isa<intr::SlotType>(type))
    return IntegerType::get(context, 64);
  if (type.isIntOrFloat() || isa<LLVM::LLVMStructType>(type))
    return type;
  return LLVM::LLVMPointerType::get(context);
}

/// Bytes of a value of a type in LLVM, and what C aligns it to.
static std::pair<unsigned, unsigned> layoutOf(Type type) {
  if (const plumb_intr_struct *structure = getStruct(type))
    return {structure->size, structure->align};
  unsigned bytes =
      type.isIntOrFloat() ? std::max(1u, type.getIntOrFloatBitWidth() / 8) : 8;
  return {bytes, bytes};
}

/// `type` is that of the value, in LLVM; null for bytes.
template <typename OpT> static intr::MemoryPlace placeOf(OpT op, Type type) {
  std::string why;
  auto place = intr::findPlace(op.getContext(), op.getStructure().value_or(""),
                               op.getPath().value_or(""), Type(), why);
  if (!place) // the verifier has seen it
    return {};
  if (!op.getStructure() && type)
    place->stride = layoutOf(type).first;
  return *place;
}

LogicalResult IntrinsicLowering::lowerMemoryOp(Operation *op,
                                               ValueRange operands,
                                               OpBuilder &builder,
                                               Values &results) {
  Location loc = op->getLoc();
  MLIRContext *context = builder.getContext();
  Type pointer = LLVM::LLVMPointerType::get(context),
       size = builder.getI64Type();
  auto indexAt = [&](unsigned at) {
    return at < operands.size() ? operands[at] : Value();
  };
  return TypeSwitch<Operation *, LogicalResult>(op)
      .Case([&](intr::AllocateOp allocate) -> LogicalResult {
        const plumb_intr_struct *s =
            intr::getRegistry(context).lookupStruct(allocate.getStructure());
        FlatSymbolRefAttr calloc = getLibraryFunction(
            op, "calloc", LLVM::LLVMFunctionType::get(pointer, {size, size}));
        if (!calloc)
          return failure();
        auto constant = [&](uint64_t value) -> Value {
          return LLVM::ConstantOp::create(builder, loc,
                                          builder.getI64IntegerAttr(value));
        };
        Value count = operands.empty() ? constant(1) : operands.front();
        results.push_back(
            LLVM::CallOp::create(builder, loc, TypeRange(pointer), calloc,
                                 ValueRange{count, constant(s->size)})
                .getResult());
        return success();
      })
      .Case([&](intr::DeallocateOp) -> LogicalResult {
        FlatSymbolRefAttr free = getLibraryFunction(
            op, "free",
            LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(context),
                                        {pointer}));
        if (!free)
          return failure();
        LLVM::CallOp::create(builder, loc, TypeRange(), free, operands);
        return success();
      })
      .Case([&](intr::AddressOp address) -> LogicalResult {
        Access access(builder, loc, placeOf(address, Type()), operands[0],
                      indexAt(1));
        results.push_back(access.getAddress());
        return success();
      })
      .Case([&](intr::LoadOp load) -> LogicalResult {
        Type type = inLLVM(load.getType());
        Access access(builder, loc, placeOf(load, type), operands[0],
                      indexAt(1));
        results.push_back(access.load(type, layoutOf(type).second));
        return success();
      })
      .Case([&](intr::StoreOp store) -> LogicalResult {
        Type type = operands[0].getType();
        Access access(builder, loc, placeOf(store, type), operands[1],
                      indexAt(2));
        access.store(operands[0], layoutOf(type).second);
        return success();
      })
      .Default([](Operation *) { return failure(); });
}
