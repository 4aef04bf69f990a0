//===- LowerCall.cpp - The call of one intrinsic --------------------------===//

#include "passes/AbiValues.h"
#include "passes/ErasedValues.h"
#include "passes/IntrinsicLowering.h"

using namespace mlir;
using namespace plumb;

LLVM::CallOp IntrinsicLowering::createCall(Callee &callee, Location loc,
                                           ValueRange arguments,
                                           OpBuilder &builder) {
  // The properties count the arguments, which are not always as many when the
  // callee is variadic.
  LLVM::LLVMFunctionType type = callee.prototype.type;
  if (callee.hasProperties && !type.isVarArg())
    return cast<LLVM::CallOp>(builder.insert(Operation::create(
        loc, callName,
        isa<LLVM::LLVMVoidType>(type.getReturnType()) ? TypeRange()
                                                      : type.getReturnTypes(),
        arguments, DictionaryAttr::get(builder.getContext()),
        &callee.properties,
        /*successors=*/{}, /*numRegions=*/0)));
  auto call =
      LLVM::CallOp::create(builder, loc, type, callee.symbol, arguments);
  const Prototype &prototype = callee.prototype;
  call.setCConv(prototype.cconv);
  bool inMemory = prototype.hasStructReturn() ||
                  llvm::any_of(prototype.params, [](const AbiPassing &p) {
                    return p.kind == AbiPassing::ByVal || p.stackAlign;
                  });
  // LLVM looks extensions up in the declaration; how memory is passed must
  // stand at the call, too.
  if (inMemory) {
    SmallVector<Attribute> attrs(prototype.argAttrs.begin(),
                                 prototype.argAttrs.end());
    attrs.resize(arguments.size(), builder.getDictionaryAttr({}));
    call.setArgAttrsAttr(builder.getArrayAttr(attrs));
  }
  callee.properties = call.getProperties();
  callee.hasProperties = true;
  return call;
}

//===----------------------------------------------------------------------===//
// Arguments
//===----------------------------------------------------------------------===//

/// The data pointer and the length of text or bytes.
static void passSpan(OpBuilder &builder, Location loc, Value text,
                     SmallVectorImpl<Value> &arguments) {
  arguments.push_back(LLVM::GEPOp::create(
      builder, loc, LLVM::LLVMPointerType::get(builder.getContext()),
      builder.getI8Type(), text, ArrayRef<LLVM::GEPArg>{8},
      LLVM::GEPNoWrapFlags::inbounds));
  arguments.push_back(
      LLVM::LoadOp::create(builder, loc, builder.getI64Type(), text, 8));
}

/// C's default argument promotions. MLIR's integers have no sign: `i1` is a
/// bool, the others are extended as signed.
static FailureOr<Value> promote(Operation *op, OpBuilder &builder,
                                Value value) {
  Location loc = op->getLoc();
  Type type = value.getType();
  if (type.isInteger(1))
    return Value(
        LLVM::ZExtOp::create(builder, loc, builder.getI32Type(), value));
  if (type.isInteger(8) || type.isInteger(16))
    return Value(
        LLVM::SExtOp::create(builder, loc, builder.getI32Type(), value));
  if (type.isF32())
    return Value(
        LLVM::FPExtOp::create(builder, loc, builder.getF64Type(), value));
  if (type.isInteger(32) || type.isInteger(64) || type.isF64() ||
      isa<LLVM::LLVMPointerType>(type))
    return value;
  return op->emitError("a value of type ")
         << type
         << " cannot go to C's `...`; pass an integer of at most 64 bits, f32, "
            "f64, a handle or a pointer";
}

LogicalResult IntrinsicLowering::passCallback(
    Operation *op, const plumb_intr_row &row, const plumb_intr_param &param,
    ValueRange operands, OpBuilder &builder, Values &arguments) {
  Location loc = op->getLoc();
  Type pointer = LLVM::LLVMPointerType::get(builder.getContext());
  auto symbol = op->getAttrOfType<FlatSymbolRefAttr>(param.name);
  std::optional<unsigned> environment = intr::environmentOperand(op, param);
  LLVM::LLVMFuncOp thunk;
  if (symbol) {
    thunk = getThunk(op, *param.callback, symbol,
                     environment || intr::getsEnvironment(row, param));
    if (!thunk)
      return failure();
  }
  arguments.push_back(
      thunk ? LLVM::AddressOfOp::create(builder, loc, thunk).getResult()
            : LLVM::ZeroOp::create(builder, loc, pointer).getResult());
  if (param.passing == PLUMB_INTR_PASS_CALLBACK)
    arguments.push_back(
        environment ? LLVM::IntToPtrOp::create(builder, loc, pointer,
                                               operands[*environment])
                          .getResult()
                    : LLVM::ZeroOp::create(builder, loc, pointer).getResult());
  return success();
}

/// The name, `=`, the value and a zero byte of each option that is given.
static StringAttr encodeOptions(Operation *op, const plumb_intr_param &param) {
  std::string text;
  if (auto options = op->getAttrOfType<DictionaryAttr>(param.name))
    for (NamedAttribute option : options) {
      text += option.getName().str() + "=";
      if (auto number = dyn_cast<IntegerAttr>(option.getValue()))
        text += std::to_string(number.getValue().getSExtValue());
      else
        text += cast<StringAttr>(option.getValue()).getValue();
      text += '\0';
    }
  return StringAttr::get(op->getContext(), text);
}

//===----------------------------------------------------------------------===//
// The call
//===----------------------------------------------------------------------===//

namespace {
/// What an OUT parameter left behind is read after the call.
struct OutSlot {
  Value address;
  Type type; ///< in memory
  const plumb_intr_type *record;
};
} // namespace

static unsigned alignOf(const plumb_intr_type &type) {
  return type.structure ? type.structure->align : 8;
}

LogicalResult IntrinsicLowering::lowerCall(Operation *op, Callee &callee,
                                           const plumb_intr_row &row,
                                           ValueRange allOperands,
                                           OpBuilder &builder,
                                           Values &results) {
  ValueRange operands = allOperands.drop_back(intr::numEnvironments(op, row));
  Location loc = op->getLoc();
  MLIRContext *context = builder.getContext();
  const Prototype &prototype = callee.prototype;
  Temporaries temporaries(builder, op);
  SmallVector<Value, 8> arguments;
  SmallVector<OutSlot, 4> outs;

  Value structReturn;
  if (prototype.hasStructReturn()) {
    structReturn = temporaries.create(getLLVMType(context, row.result),
                                      alignOf(*row.result));
    arguments.push_back(structReturn);
  }
  auto takeOperand = [&] {
    Value operand = operands.front();
    operands = operands.drop_front();
    return operand;
  };
  unsigned position = 0; // in C
  for (const plumb_intr_param &p : ArrayRef(row.params, row.num_params)) {
    switch (p.passing) {
    case PLUMB_INTR_PASS_DIRECT:
      if (p.type->structure)
        passStruct(builder, loc, prototype.params[position], *p.type->structure,
                   takeOperand(), temporaries, arguments);
      else if (isEnvironment(*p.type))
        arguments.push_back(LLVM::IntToPtrOp::create(
            builder, loc, LLVM::LLVMPointerType::get(context), takeOperand()));
      else if (model::kindOf(p.type) == model::Kind::Variable)
        arguments.push_back(packSlot(builder, loc, takeOperand()));
      else if (isCString(p.type)) {
        FailureOr<Value> string = toCString(op, row, p, takeOperand(), builder);
        if (failed(string))
          return failure();
        arguments.push_back(string.value());
      } else
        arguments.push_back(takeOperand());
      break;
    case PLUMB_INTR_PASS_SPAN:
      passSpan(builder, loc, takeOperand(), arguments);
      ++position;
      break;
    case PLUMB_INTR_PASS_POINTER: {
      Value copy =
          temporaries.create(getLLVMType(context, p.type), alignOf(*p.type));
      LLVM::StoreOp::create(builder, loc, takeOperand(), copy,
                            alignOf(*p.type));
      arguments.push_back(copy);
      break;
    }
    case PLUMB_INTR_PASS_OUT:
    case PLUMB_INTR_PASS_INOUT: {
      Type type = p.type->llvm == PLUMB_INTR_LLVM_I1 // a byte in memory
                      ? builder.getI8Type()
                      : getLLVMType(context, p.type);
      Value out = temporaries.create(type, alignOf(*p.type));
      FailureOr<Value> before =
          p.passing == PLUMB_INTR_PASS_OUT
              ? Value(LLVM::ZeroOp::create(builder, loc, type))
              : takeOperand();
      if (p.passing == PLUMB_INTR_PASS_INOUT && isCString(p.type))
        before = toCString(op, row, p, before.value(), builder);
      if (failed(before))
        return failure();
      if (before->getType() != type) // a byte in memory
        before =
            Value(LLVM::ZExtOp::create(builder, loc, type, before.value()));
      LLVM::StoreOp::create(builder, loc, before.value(), out,
                            alignOf(*p.type));
      outs.push_back({out, type, p.type});
      arguments.push_back(out);
      break;
    }
    case PLUMB_INTR_PASS_CALLBACK:
    case PLUMB_INTR_PASS_FUNCTION:
      if (failed(passCallback(op, row, p, allOperands, builder, arguments)))
        return failure();
      position += p.passing == PLUMB_INTR_PASS_CALLBACK;
      break;
    case PLUMB_INTR_PASS_OPTIONS:
      arguments.push_back(texts.get(encodeOptions(op, p), loc, builder));
      break;
    }
    ++position;
  }
  if (row.num_variables)
    for (int32_t kind : getValueKinds(op, row))
      arguments.push_back(LLVM::ConstantOp::create(
          builder, loc, builder.getI32IntegerAttr(kind)));
  SmallVector<int32_t> texts;
  if (!operands.empty())
    texts = getVariadicTexts(op, row);
  unsigned first =
      allOperands.size() - intr::numEnvironments(op, row) - operands.size();
  for (auto [i, value] : llvm::enumerate(operands)) { // C's `...`
    unsigned index = first + i;
    FailureOr<Value> promoted =
        llvm::is_contained(texts, int32_t(index))
            ? toCString(op, row, "argument " + Twine(index + 1),
                        /*isNonNull=*/false, value, builder)
            : promote(op, builder, value);
    if (failed(promoted))
      return failure();
    arguments.push_back(promoted.value());
  }

  LLVM::CallOp call = createCall(callee, loc, arguments, builder);
  if (row.result && row.result->structure)
    results.push_back(readResult(
        builder, loc, prototype.result, *row.result->structure,
        structReturn ? structReturn : call.getResult(), temporaries));
  else if (model::kindOf(row.result) == model::Kind::Variable)
    results.push_back(
        unpackSlot(builder, loc, call.getResult(), op->getResult(0).getType()));
  else if (isCString(row.result)) {
    FailureOr<Value> text =
        fromCString(op, loc, *row.result, call.getResult(), builder);
    if (failed(text))
      return failure();
    results.push_back(text.value());
  } else
    results.append(call->result_begin(), call->result_end());
  for (const OutSlot &out : outs) {
    Value value = LLVM::LoadOp::create(builder, loc, out.type, out.address,
                                       alignOf(*out.record));
    if (out.record->llvm == PLUMB_INTR_LLVM_I1)
      value = LLVM::TruncOp::create(builder, loc, builder.getI1Type(), value);
    FailureOr<Value> text = value;
    if (isCString(out.record))
      text = fromCString(op, loc, *out.record, value, builder);
    if (failed(text))
      return failure();
    results.push_back(text.value());
  }
  temporaries.end();
  return success();
}
