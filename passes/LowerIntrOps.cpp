//===- LowerIntrOps.cpp - Operations of the intr dialect ------------------===//

#include "passes/AbiValues.h"
#include "passes/ErasedValues.h"
#include "passes/IntrinsicLowering.h"
#include "plumb/Model/Layout.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace plumb;

/// A value as it is in memory: a bool is a byte.
static Value toMemory(OpBuilder &builder, Location loc, Value value) {
  return value.getType().isInteger(1)
             ? LLVM::ZExtOp::create(builder, loc, builder.getI8Type(), value)
             : value;
}

static unsigned alignOf(const plumb_intr_field &field) {
  return model::alignOf(*field.type);
}

/// `address` plus bytes.
static Value move(OpBuilder &builder, Location loc, Value address,
                  uint64_t bytes) {
  if (!bytes)
    return address;
  return LLVM::GEPOp::create(
      builder, loc, address.getType(), builder.getI8Type(), address,
      ArrayRef<LLVM::GEPArg>{int32_t(bytes)}, LLVM::GEPNoWrapFlags::inbounds);
}

/// Through memory, since LLVM has no unions.
static Value makeUnion(intr::MakeOp op, const plumb_intr_struct &structure,
                       ValueRange operands, OpBuilder &builder) {
  Location loc = op.getLoc();
  Type type = getLLVMType(builder.getContext(), structure);
  Temporaries temporaries(builder, op);
  Value address = temporaries.create(type, structure.align);
  LLVM::StoreOp::create(builder, loc, LLVM::ZeroOp::create(builder, loc, type),
                        address, structure.align);
  std::string why;
  auto place = model::findField(structure, *op.getMember(), why);
  unsigned size = model::sizeOf(*place->field->type);
  for (auto [i, operand] : llvm::enumerate(operands))
    LLVM::StoreOp::create(builder, loc, toMemory(builder, loc, operand),
                          move(builder, loc, address, i * size),
                          alignOf(*place->field));
  Value made =
      LLVM::LoadOp::create(builder, loc, type, address, structure.align);
  temporaries.end();
  return made;
}

static FailureOr<Value> makeStruct(intr::MakeOp op, ValueRange operands,
                                   OpBuilder &builder) {
  const plumb_intr_struct *structure =
      intr::getRegistry(op.getContext()).lookupStruct(op.getName());
  if (!structure)
    return op.emitError("no loaded family has a struct '")
           << op.getName() << "'";
  if (structure->is_union)
    return makeUnion(op, *structure, operands, builder);
  LLVM::LLVMStructType type = getLLVMType(builder.getContext(), *structure);
  Value value = LLVM::PoisonOp::create(builder, op.getLoc(), type);
  auto insert = [&](ArrayRef<int64_t> at) {
    value = LLVM::InsertValueOp::create(
        builder, op.getLoc(), value,
        toMemory(builder, op.getLoc(), operands.front()), at);
    operands = operands.drop_front();
  };
  for (auto [index, field] : llvm::enumerate(model::fields(*structure)))
    if (!field.is_array)
      insert(int64_t(index));
    else
      for (int64_t i = 0; i < field.count; ++i)
        insert({int64_t(index), i});
  return value;
}

static FailureOr<Value> readField(intr::FieldOp op, Value value,
                                  OpBuilder &builder) {
  Location loc = op.getLoc();
  const plumb_intr_struct *structure = getStruct(value.getType());
  if (!structure)
    return op.emitError("the program has an LLVM struct type of its own with "
                        "the name of the struct's; rename it");
  std::string why;
  auto place = model::findField(*structure, op.getField(), why);
  if (!place || place->isWholeArray)
    return op.emitError(why);
  const plumb_intr_type &type = *place->field->type;
  Value result;
  if (place->isInUnion) {
    Type inMemory = type.llvm == PLUMB_INTR_LLVM_I1
                        ? builder.getI8Type()
                        : getLLVMType(builder.getContext(), &type);
    Temporaries temporaries(builder, op);
    Value address = temporaries.create(value.getType(), structure->align);
    LLVM::StoreOp::create(builder, loc, value, address, structure->align);
    result = LLVM::LoadOp::create(builder, loc, inMemory,
                                  move(builder, loc, address, place->offset),
                                  alignOf(*place->field));
    temporaries.end();
  } else {
    result = LLVM::ExtractValueOp::create(builder, loc, value, place->indices);
  }
  if (type.llvm == PLUMB_INTR_LLVM_I1)
    result = LLVM::TruncOp::create(builder, loc, builder.getI1Type(), result);
  return result;
}

/// Zero in all bytes that a constant does not have.
static FailureOr<Value> lowerNamed(intr::NamedOp op, TextConstants &texts,
                                   OpBuilder &builder) {
  Location loc = op.getLoc();
  const plumb_intr_constant *constant =
      intr::getRegistry(op.getContext()).lookupConstant(op.getName());
  if (!constant)
    return op.emitError("no loaded family has a constant '")
           << op.getName() << "'";
  if (constant->text)
    return texts.get(builder.getStringAttr(constant->text), loc, builder);
  Type type = getLLVMType(builder.getContext(), constant->type);
  if (isa<LLVM::LLVMPointerType>(type)) {
    if (!constant->integer)
      return LLVM::ZeroOp::create(builder, loc, type).getResult();
    Value bits = LLVM::ConstantOp::create(
        builder, loc, builder.getI64IntegerAttr(constant->integer));
    return LLVM::IntToPtrOp::create(builder, loc, type, bits).getResult();
  }
  Attribute value =
      isa<FloatType>(type)
          ? Attribute(builder.getFloatAttr(type, constant->number))
          : Attribute(builder.getIntegerAttr(
                type, APInt(type.getIntOrFloatBitWidth(), constant->integer,
                            /*isSigned=*/true, /*implicitTrunc=*/true)));
  return LLVM::ConstantOp::create(builder, loc, cast<TypedAttr>(value))
      .getResult();
}

FailureOr<Value> IntrinsicLowering::lowerIntrOp(Operation *op,
                                                ValueRange operands,
                                                OpBuilder &builder) {
  using Result = FailureOr<Value>;
  Location loc = op->getLoc();
  Type pointer = LLVM::LLVMPointerType::get(builder.getContext());
  return TypeSwitch<Operation *, Result>(op)
      .Case([&](intr::ConstantOp constant) -> Result {
        return texts.get(constant.getValueAttr(), loc, builder);
      })
      .Case([&](intr::EmbedOp embed) { return texts.embed(embed, builder); })
      .Case([&](intr::NullOp null) -> Result {
        if (isa<intr::StrType>(null.getType()))
          return texts.null(loc, builder);
        return LLVM::ZeroOp::create(builder, loc, pointer).getResult();
      })
      .Case([&](intr::IsNullOp) -> Result {
        Value null = LLVM::ZeroOp::create(builder, loc, pointer);
        return LLVM::ICmpOp::create(builder, loc, LLVM::ICmpPredicate::eq,
                                    operands[0], null)
            .getResult();
      })
      .Case([&](intr::IsNullTextOp) -> Result {
        return LLVM::ICmpOp::create(builder, loc, LLVM::ICmpPredicate::eq,
                                    operands[0], texts.null(loc, builder))
            .getResult();
      })
      .Case([&](intr::CastOp) -> Result { return operands[0]; })
      .Case([&](intr::DataOp) -> Result {
        return LLVM::GEPOp::create(builder, loc, pointer, builder.getI8Type(),
                                   operands[0], ArrayRef<LLVM::GEPArg>{8},
                                   LLVM::GEPNoWrapFlags::inbounds)
            .getResult();
      })
      .Case([&](intr::LengthOp) -> Result {
        return LLVM::LoadOp::create(builder, loc, builder.getI64Type(),
                                    operands[0], 8)
            .getResult();
      })
      .Case([&](intr::ZeroOp zero) -> Result {
        IntrinsicTypes types(builder.getContext());
        return LLVM::ZeroOp::create(builder, loc, types.convert(zero.getType()))
            .getResult();
      })
      .Case([&](intr::PackOp) -> Result {
        return packSlot(builder, loc, operands[0]);
      })
      .Case([&](intr::UnpackOp unpackOp) -> Result {
        return unpackSlot(builder, loc, operands[0], unpackOp.getType());
      })
      .Case([&](intr::MakeOp make) {
        return makeStruct(make, operands, builder);
      })
      .Case([&](intr::FieldOp field) {
        return readField(field, operands[0], builder);
      })
      .Case([&](intr::EnumOp e) -> Result {
        return LLVM::ConstantOp::create(
                   builder, loc,
                   builder.getIntegerAttr(e.getType(), e.getNumber()))
            .getResult();
      })
      .Case([&](intr::NamedOp named) {
        return lowerNamed(named, texts, builder);
      })
      .Case([&](intr::FunctionOp function) -> Result {
        const plumb_intr_callback *callback =
            intr::getRegistry(op->getContext())
                .lookupCallback(function.getCallback());
        LLVM::LLVMFuncOp thunk =
            getThunk(op, *callback, function.getFunctionAttr(),
                     model::hasEnvironment(*callback));
        if (!thunk)
          return failure();
        return LLVM::AddressOfOp::create(builder, loc, thunk).getResult();
      })
      .Case([&](intr::OkOp) -> Result {
        Value zero = LLVM::ConstantOp::create(builder, loc,
                                              builder.getI64IntegerAttr(0));
        return LLVM::ICmpOp::create(builder, loc, LLVM::ICmpPredicate::eq,
                                    operands[0], zero)
            .getResult();
      })
      .Case([&](intr::BindOp bind) -> Result {
        if (bind.use_empty())
          return LLVM::ZeroOp::create(builder, loc, pointer).getResult();
        return bind.emitError(
            "a function with an environment can only be passed to an "
            "intrinsic, by a func.call of its source name that "
            "resolve-builtins has replaced");
      })
      .Case<intr::CodeOp, intr::ValueOp>(
          [&](auto) -> Result { return operands[0]; })
      .Default([](Operation *other) -> Result {
        return other->emitError("the intr dialect has no lowering for this "
                                "operation");
      });
}
