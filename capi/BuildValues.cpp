//===- BuildValues.cpp - Constants and arithmetic -------------------------===//

#include "Impl.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace plumb::capi;

static std::string textOf(Type type) {
  std::string text;
  llvm::raw_string_ostream(text) << type;
  return text;
}

static bool isInteger(Type type) {
  return type.isSignlessInteger() && type.getIntOrFloatBitWidth() <= 64;
}
static bool isFloat(Type type) { return type.isF32() || type.isF64(); }

PlumbStatus plumbBuildInt(PlumbModule *module, PlumbType type, int64_t number,
                          PlumbValue *value) {
  clear(value);
  if (!module || !module->canBuild(__func__))
    return PLUMB_STATUS_MISUSE;
  Type found = module->state->lookup(type);
  if (!found || !isInteger(found))
    return module->misuse(__func__, "the type must be i1 to i64");
  unsigned width = found.getIntOrFloatBitWidth();
  if (!llvm::isIntN(width, number) && !llvm::isUIntN(width, number))
    return module->fail(PLUMB_STATUS_PROGRAM,
                        llvm::Twine(number) + " does not fit " + textOf(found));
  APInt bits(64, number, /*isSigned=*/true);
  return module->give(arith::ConstantOp::create(module->builder, module->loc,
                                                module->builder.getIntegerAttr(
                                                    found, bits.trunc(width))),
                      value);
}

PlumbStatus plumbBuildBool(PlumbModule *module, int truth, PlumbValue *value) {
  clear(value);
  if (!module || !module->canBuild(__func__))
    return PLUMB_STATUS_MISUSE;
  return module->give(
      arith::ConstantOp::create(module->builder, module->loc,
                                module->builder.getBoolAttr(truth)),
      value);
}

PlumbStatus plumbBuildFloat(PlumbModule *module, PlumbType type, double number,
                            PlumbValue *value) {
  clear(value);
  if (!module || !module->canBuild(__func__))
    return PLUMB_STATUS_MISUSE;
  Type found = module->state->lookup(type);
  if (!found || !isFloat(found))
    return module->misuse(__func__, "the type must be f32 or f64");
  return module->give(
      arith::ConstantOp::create(module->builder, module->loc,
                                module->builder.getFloatAttr(found, number)),
      value);
}

static PlumbStatus buildConstant(PlumbModule *module, const char *caller,
                                 const void *data, size_t length, Type type,
                                 PlumbValue *value) {
  if (!data && length)
    return module->misuse(caller, "data must not be null");
  StringRef bytes(static_cast<const char *>(data), length);
  Operation *made = plumb::intr::ConstantOp::create(
      module->builder, module->loc, type, module->builder.getStringAttr(bytes));
  // The operation's verifier says where text is not UTF-8.
  return module->giveAll(caller, made, value, value ? 1 : 0);
}

PlumbStatus plumbBuildText(PlumbModule *module, const char *data, size_t length,
                           PlumbValue *value) {
  clear(value);
  if (!module || !module->canBuild(__func__))
    return PLUMB_STATUS_MISUSE;
  return buildConstant(module, __func__, data, length,
                       plumb::intr::StrType::get(&module->state->mlir), value);
}

PlumbStatus plumbBuildBytes(PlumbModule *module, const void *data,
                            size_t length, PlumbValue *value) {
  clear(value);
  if (!module || !module->canBuild(__func__))
    return PLUMB_STATUS_MISUSE;
  return buildConstant(module, __func__, data, length,
                       plumb::intr::BytesType::get(&module->state->mlir),
                       value);
}

static bool isNullable(Type type) {
  return plumb::intr::isHandleType(type) ||
         isa<plumb::intr::PointerType, plumb::intr::StrType>(type);
}

PlumbStatus plumbBuildNull(PlumbModule *module, PlumbType type,
                           PlumbValue *value) {
  clear(value);
  if (!module || !module->canBuild(__func__))
    return PLUMB_STATUS_MISUSE;
  Type found = module->state->lookup(type);
  if (!found || !isNullable(found))
    return module->misuse(__func__,
                          "the type must be a handle, !intr.ptr or !intr.str");
  return module->give(
      plumb::intr::NullOp::create(module->builder, module->loc, found), value);
}

PlumbStatus plumbBuildEnum(PlumbModule *module,
                           const plumb_intr_enum *enumeration,
                           const char *cases, PlumbValue *value) {
  clear(value);
  if (!module || !module->canBuild(__func__))
    return PLUMB_STATUS_MISUSE;
  if (!enumeration || !cases)
    return module->misuse(__func__, "enumeration and cases must not be null");
  Operation *made = plumb::intr::EnumOp::create(
      module->builder, module->loc,
      plumb::intr::getType(&module->state->mlir, *enumeration->type),
      enumeration->name, cases);
  return module->giveAll(__func__, made, value, value ? 1 : 0);
}

/// Two values of one type.
static PlumbStatus usePair(PlumbModule *module, const char *caller,
                           PlumbValue left, PlumbValue right, Value &first,
                           Value &second) {
  first = module->use(caller, left);
  second = first ? module->use(caller, right) : Value();
  if (!second)
    return PLUMB_STATUS_MISUSE;
  if (first.getType() == second.getType())
    return PLUMB_STATUS_OK;
  return module->fail(
      PLUMB_STATUS_PROGRAM,
      "the operands have different types: " + textOf(first.getType()) +
          " and " + textOf(second.getType()));
}

template <typename IntOp, typename FloatOp = void>
static Operation *make(PlumbModule *module, Value left, Value right) {
  if constexpr (!std::is_void_v<FloatOp>)
    if (isFloat(left.getType()))
      return FloatOp::create(module->builder, module->loc, left, right);
  if (isInteger(left.getType()))
    return IntOp::create(module->builder, module->loc, left, right);
  return nullptr;
}

static Operation *makeArithmetic(PlumbModule *module, PlumbArithmetic operation,
                                 Value left, Value right) {
  switch (operation) {
  case PLUMB_ADD:
    return make<arith::AddIOp, arith::AddFOp>(module, left, right);
  case PLUMB_SUB:
    return make<arith::SubIOp, arith::SubFOp>(module, left, right);
  case PLUMB_MUL:
    return make<arith::MulIOp, arith::MulFOp>(module, left, right);
  case PLUMB_DIV:
    return make<arith::DivSIOp, arith::DivFOp>(module, left, right);
  case PLUMB_REM:
    return make<arith::RemSIOp, arith::RemFOp>(module, left, right);
  case PLUMB_DIV_UNSIGNED:
    return make<arith::DivUIOp>(module, left, right);
  case PLUMB_REM_UNSIGNED:
    return make<arith::RemUIOp>(module, left, right);
  case PLUMB_AND:
    return make<arith::AndIOp>(module, left, right);
  case PLUMB_OR:
    return make<arith::OrIOp>(module, left, right);
  case PLUMB_XOR:
    return make<arith::XOrIOp>(module, left, right);
  case PLUMB_SHIFT_LEFT:
    return make<arith::ShLIOp>(module, left, right);
  case PLUMB_SHIFT_RIGHT:
    return make<arith::ShRSIOp>(module, left, right);
  case PLUMB_SHIFT_RIGHT_UNSIGNED:
    return make<arith::ShRUIOp>(module, left, right);
  }
  return nullptr;
}

PlumbStatus plumbBuildArithmetic(PlumbModule *module, PlumbArithmetic operation,
                                 PlumbValue left, PlumbValue right,
                                 PlumbValue *value) {
  clear(value);
  if (!module || !module->canBuild(__func__))
    return PLUMB_STATUS_MISUSE;
  Value first, second;
  if (numberOf(operation) > PLUMB_SHIFT_RIGHT_UNSIGNED)
    return module->misuse(__func__, "there is no such operation");
  PlumbStatus status = usePair(module, __func__, left, right, first, second);
  if (status != PLUMB_STATUS_OK)
    return status;
  if (Operation *made = makeArithmetic(module, operation, first, second))
    return module->give(made, value);
  return module->fail(PLUMB_STATUS_PROGRAM,
                      "this operation does not calculate with " +
                          textOf(first.getType()));
}

PlumbStatus plumbBuildCompare(PlumbModule *module, PlumbComparison comparison,
                              PlumbValue left, PlumbValue right,
                              PlumbValue *value) {
  clear(value);
  if (!module || !module->canBuild(__func__))
    return PLUMB_STATUS_MISUSE;
  using I = arith::CmpIPredicate;
  using F = arith::CmpFPredicate;
  static const std::pair<I, F> predicates[] = {
      {I::eq, F::OEQ},  {I::ne, F::UNE},  {I::slt, F::OLT},
      {I::sle, F::OLE}, {I::sgt, F::OGT}, {I::sge, F::OGE}};
  if (numberOf(comparison) >= std::size(predicates))
    return module->misuse(__func__, "there is no such comparison");
  auto [ofIntegers, ofFloats] = predicates[comparison];
  Value first, second;
  PlumbStatus status = usePair(module, __func__, left, right, first, second);
  if (status != PLUMB_STATUS_OK)
    return status;
  if (isInteger(first.getType()))
    return module->give(arith::CmpIOp::create(module->builder, module->loc,
                                              ofIntegers, first, second),
                        value);
  if (isFloat(first.getType()))
    return module->give(arith::CmpFOp::create(module->builder, module->loc,
                                              ofFloats, first, second),
                        value);
  return module->fail(PLUMB_STATUS_PROGRAM, "values of type " +
                                                textOf(first.getType()) +
                                                " cannot be compared");
}

PlumbStatus plumbBuildSelect(PlumbModule *module, PlumbValue condition,
                             PlumbValue yes, PlumbValue no, PlumbValue *value) {
  clear(value);
  if (!module || !module->canBuild(__func__))
    return PLUMB_STATUS_MISUSE;
  Value test = module->use(__func__, condition), first, second;
  if (!test)
    return PLUMB_STATUS_MISUSE;
  PlumbStatus status = usePair(module, __func__, yes, no, first, second);
  if (status != PLUMB_STATUS_OK)
    return status;
  if (!test.getType().isInteger(1))
    return module->fail(PLUMB_STATUS_PROGRAM,
                        "a condition is an i1, not " + textOf(test.getType()));
  return module->give(arith::SelectOp::create(module->builder, module->loc,
                                              test, first, second),
                      value);
}

static Operation *makeConversion(PlumbModule *module, Value from, Type type) {
  OpBuilder &builder = module->builder;
  Location loc = module->loc;
  Type old = from.getType();
  if (isInteger(old) && isInteger(type)) {
    if (type.getIntOrFloatBitWidth() < old.getIntOrFloatBitWidth())
      return arith::TruncIOp::create(builder, loc, type, from);
    if (old.isInteger(1))
      return arith::ExtUIOp::create(builder, loc, type, from);
    return arith::ExtSIOp::create(builder, loc, type, from);
  }
  if (isInteger(old) && isFloat(type)) {
    if (old.isInteger(1))
      return arith::UIToFPOp::create(builder, loc, type, from);
    return arith::SIToFPOp::create(builder, loc, type, from);
  }
  if (isFloat(old) && isInteger(type))
    return arith::FPToSIOp::create(builder, loc, type, from);
  if (isFloat(old) && type.isF32())
    return arith::TruncFOp::create(builder, loc, type, from);
  if (isFloat(old) && type.isF64())
    return arith::ExtFOp::create(builder, loc, type, from);
  if (isa<plumb::intr::StatusType>(old) && type.isInteger(64))
    return plumb::intr::CodeOp::create(builder, loc, type, from);
  if (isa<plumb::intr::StatusType>(old) && type.isInteger(1))
    return plumb::intr::OkOp::create(builder, loc, type, from);
  if (isa<plumb::intr::CountType>(old) && type.isInteger(64))
    return plumb::intr::ValueOp::create(builder, loc, type, from);
  if (isNullable(old) && type.isInteger(1)) {
    Value null = plumb::intr::IsNullOp::create(builder, loc, type, from);
    Value yes =
        arith::ConstantOp::create(builder, loc, builder.getBoolAttr(true));
    return arith::XOrIOp::create(builder, loc, null, yes);
  }
  return nullptr;
}

PlumbStatus plumbBuildConvert(PlumbModule *module, PlumbValue from,
                              PlumbType type, PlumbValue *value) {
  clear(value);
  if (!module || !module->canBuild(__func__))
    return PLUMB_STATUS_MISUSE;
  Value found = module->use(__func__, from);
  Type wanted = module->state->lookup(type);
  if (!found)
    return PLUMB_STATUS_MISUSE;
  if (!wanted)
    return module->misuse(__func__, "the type is not one of this context");
  if (found.getType() == wanted) {
    if (value)
      *value = from;
    return PLUMB_STATUS_OK;
  }
  if (Operation *made = makeConversion(module, found, wanted))
    return module->give(made, value);
  return module->fail(PLUMB_STATUS_PROGRAM, textOf(found.getType()) +
                                                " does not convert to " +
                                                textOf(wanted));
}
