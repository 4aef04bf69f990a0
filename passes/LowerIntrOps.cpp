//===- LowerIntrOps.cpp - Operations of the intr dialect ------------------===//

#include "passes/ErasedValues.h"
#include "passes/IntrinsicLowering.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace plumb;

static FailureOr<Value> makeStruct(intr::MakeOp op, ValueRange operands,
                                   OpBuilder &builder) {
  const plumb_intr_struct *structure =
      intr::getRegistry(op.getContext()).lookupStruct(op.getName());
  if (!structure)
    return op.emitError("no loaded family has a struct '")
           << op.getName() << "'";
  LLVM::LLVMStructType type = getLLVMType(builder.getContext(), *structure);
  Value value = LLVM::PoisonOp::create(builder, op.getLoc(), type);
  for (auto [index, operand] : llvm::enumerate(operands)) {
    Type field = type.getBody()[index];
    if (operand.getType().isInteger(1)) // a byte in memory
      operand = LLVM::ZExtOp::create(builder, op.getLoc(), field, operand);
    value = LLVM::InsertValueOp::create(builder, op.getLoc(), value, operand,
                                        ArrayRef<int64_t>(index));
  }
  return value;
}

static FailureOr<Value> readField(intr::FieldOp op, Value value,
                                  OpBuilder &builder) {
  const plumb_intr_struct *structure = getStruct(value.getType());
  if (!structure)
    return op.emitError("the program has an LLVM struct type of its own with "
                        "the name of the struct's; rename it");
  for (auto [index, field] :
       llvm::enumerate(ArrayRef(structure->fields, structure->num_fields))) {
    if (op.getField() != field.name)
      continue;
    Value result = LLVM::ExtractValueOp::create(builder, op.getLoc(), value,
                                                ArrayRef<int64_t>(index));
    if (field.type->llvm == PLUMB_INTR_LLVM_I1)
      result = LLVM::TruncOp::create(builder, op.getLoc(), builder.getI1Type(),
                                     result);
    return result;
  }
  return op.emitError("struct '")
         << structure->name << "' has no field '" << op.getField() << "'";
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
