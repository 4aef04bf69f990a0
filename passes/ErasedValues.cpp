//===- ErasedValues.cpp - Values of type variables in C -------------------===//

#include "passes/ErasedValues.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "plumb/Intrinsic/IntrinsicDialect.h"
#include "plumb/Intrinsic/TypeBindings.h"
#include "plumb/Model/Scheme.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace plumb;

//===----------------------------------------------------------------------===//
// Slots
//===----------------------------------------------------------------------===//

Value plumb::packSlot(OpBuilder &builder, Location loc, Value value) {
  Type slot = builder.getI64Type();
  if (isa<LLVM::LLVMPointerType>(value.getType()))
    return LLVM::PtrToIntOp::create(builder, loc, slot, value);
  unsigned width = value.getType().getIntOrFloatBitWidth();
  bool isFloat = isa<FloatType>(value.getType());
  if (isFloat)
    value = LLVM::BitcastOp::create(builder, loc, builder.getIntegerType(width),
                                    value);
  if (width == 64)
    return value;
  if (isFloat || width == 1)
    return LLVM::ZExtOp::create(builder, loc, slot, value);
  return LLVM::SExtOp::create(builder, loc, slot, value);
}

Value plumb::unpackSlot(OpBuilder &builder, Location loc, Value slot,
                        Type type) {
  if (isa<intr::UnitType>(type))
    return slot;
  if (!type.isIntOrFloat())
    return LLVM::IntToPtrOp::create(
        builder, loc, LLVM::LLVMPointerType::get(builder.getContext()), slot);
  unsigned width = type.getIntOrFloatBitWidth();
  if (width < 64)
    slot = LLVM::TruncOp::create(builder, loc, builder.getIntegerType(width),
                                 slot);
  return isa<FloatType>(type)
             ? Value(LLVM::BitcastOp::create(builder, loc, type, slot))
             : slot;
}

//===----------------------------------------------------------------------===//
// Kinds
//===----------------------------------------------------------------------===//

static model::ValueKind kindOf(Type type) {
  if (type.isInteger(64))
    return model::ValueKind::Int;
  if (type.isInteger(1))
    return model::ValueKind::Bool;
  if (type.isF64())
    return model::ValueKind::Float;
  return isa<intr::UnitType>(type) ? model::ValueKind::Unit
                                   : model::ValueKind::Object;
}

static SmallVector<int32_t> kindsByTypes(Operation *call,
                                         const plumb_intr_row &row) {
  intr::TypeBindings bindings(row);
  std::string wrong; // the verifier has seen the call
  OperandRange operands = call->getOperands();
  unsigned index = 0;
  for (const plumb_intr_param &p : ArrayRef(row.params, row.num_params))
    if (intr::isOperand(p))
      bindings.unify(*p.type, operands[index++].getType(), "", wrong);
  for (auto [type, result] :
       llvm::zip(intr::resultTypes(row), call->getResultTypes()))
    bindings.unify(*type, result, "", wrong);
  SmallVector<int32_t> kinds;
  for (unsigned i = 0; i != row.num_variables; ++i)
    kinds.push_back(int32_t(kindOf(bindings.lookup(i))));
  return kinds;
}

static constexpr llvm::StringLiteral kindsAttr = "intr.value_kinds";

static constexpr llvm::StringLiteral textsAttr = "plumb.variadic_texts";

static SmallVector<int32_t> textsByTypes(Operation *call,
                                         const plumb_intr_row &row) {
  SmallVector<int32_t> texts;
  for (unsigned i = intr::numOperands(row); i < call->getNumOperands(); ++i)
    if (isa<intr::StrType>(call->getOperand(i).getType()))
      texts.push_back(i);
  return texts;
}

SmallVector<int32_t> plumb::getVariadicTexts(Operation *call,
                                             const plumb_intr_row &row) {
  if (auto noted = call->getAttrOfType<DenseI32ArrayAttr>(textsAttr))
    return SmallVector<int32_t>(noted.asArrayRef());
  return textsByTypes(call, row);
}

void plumb::noteValueKinds(Operation *root) {
  auto isGeneric = [](const plumb_intr_row &row) {
    return row.num_variables || model::isVariadic(row);
  };
  auto families = intr::getRegistry(root->getContext()).families();
  if (llvm::none_of(families, [&](const plumb_intr_family *family) {
        return llvm::any_of(model::rows(*family), isGeneric);
      }))
    return;
  root->walk([&](intr::IntrinsicOpInterface call) {
    const plumb_intr_row *row = call.getIntrinsic();
    if (row && model::isVariadic(*row)) {
      SmallVector<int32_t> texts = textsByTypes(call, *row);
      if (!texts.empty())
        call->setAttr(textsAttr,
                      DenseI32ArrayAttr::get(call.getContext(), texts));
    }
    if (row && row->num_variables)
      call->setAttr(
          kindsAttr,
          DenseI32ArrayAttr::get(call.getContext(), kindsByTypes(call, *row)));
  });
}

SmallVector<int32_t> plumb::getValueKinds(Operation *call,
                                          const plumb_intr_row &row) {
  if (auto noted = call->getAttrOfType<DenseI32ArrayAttr>(kindsAttr))
    return SmallVector<int32_t>(noted.asArrayRef());
  return kindsByTypes(call, row);
}
