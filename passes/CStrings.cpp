//===- CStrings.cpp - Texts as C strings, and back ------------------------===//

#include "passes/IntrinsicLowering.h"
#include "plumb/Intrinsic/AbortOp.h"

using namespace mlir;
using namespace plumb;

bool plumb::isCString(const plumb_intr_type *type) {
  return model::kindOf(type) == model::Kind::CString;
}

/// `pointer == value ? ifEqual : otherwise`.
static Value choose(OpBuilder &builder, Location loc, Value pointer,
                    Value value, Value ifEqual, Value otherwise) {
  Value isEqual = LLVM::ICmpOp::create(builder, loc, LLVM::ICmpPredicate::eq,
                                       pointer, value);
  return LLVM::SelectOp::create(builder, loc, isEqual, ifEqual, otherwise);
}

/// Calls a row of the core family.
template <typename Op>
FailureOr<Value> IntrinsicLowering::callCore(Operation *user, Location loc,
                                             ValueRange arguments,
                                             OpBuilder &builder) {
  Callee &callee = getCallee(
      user,
      *intr::getRegistry(user->getContext()).lookup(Op::getOperationName()));
  if (!callee.symbol)
    return failure();
  return createCall(callee, loc, arguments, builder).getResult();
}

FailureOr<Value> IntrinsicLowering::toCString(Operation *op,
                                              const plumb_intr_row &row,
                                              const Twine &which,
                                              bool isNonNull, Value text,
                                              OpBuilder &builder) {
  Location loc = op->getLoc();
  if (Value constant = texts.getCString(text, loc, builder))
    return constant;
  Value use =
      texts.get(builder.getStringAttr(which + " of '" + row.source_name + "'"),
                loc, builder);
  FailureOr<Value> copy =
      callCore<intr::CopyCStringOp>(op, loc, {text, use}, builder);
  if (failed(copy) || isNonNull)
    return copy;
  Value null = LLVM::ZeroOp::create(builder, loc, text.getType());
  return choose(builder, loc, text, texts.null(loc, builder), null,
                copy.value());
}

/// The function that frees what a runtime hands out.
FailureOr<FlatSymbolRefAttr> IntrinsicLowering::getRelease(Operation *user,
                                                           StringRef symbol) {
  MLIRContext *context = module.getContext();
  auto type = LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(context),
                                          LLVM::LLVMPointerType::get(context));
  if (const plumb_intr_row *row =
          intr::getRegistry(context).lookupSymbol(symbol)) {
    Callee &callee = getCallee(user, *row);
    if (!callee.symbol)
      return failure();
    if (callee.prototype.type == type)
      return callee.symbol;
    return user->emitError("'")
           << symbol << "' is to free a C string, as void(void *), but record '"
           << row->name << "' says that it is " << callee.prototype.type;
  }
  if (Operation *existing = lookup(symbol)) {
    auto function = dyn_cast<LLVM::LLVMFuncOp>(existing);
    if (function && function.getFunctionType() == type)
      return FlatSymbolRefAttr::get(function);
    return user->emitError("'")
           << symbol << "' is to free a C string, as void(void *), but this "
           << "module declares it with another type";
  }
  OpBuilder start = OpBuilder::atBlockBegin(module.getBody());
  auto function =
      LLVM::LLVMFuncOp::create(start, module.getLoc(), symbol, type);
  function.setSymVisibility("private");
  symbols.insert(function);
  return FlatSymbolRefAttr::get(function);
}

FailureOr<Value> IntrinsicLowering::fromCString(Operation *user, Location loc,
                                                const plumb_intr_type &type,
                                                Value pointer,
                                                OpBuilder &builder) {
  FailureOr<Value> text = failure();
  if (type.release) {
    FailureOr<FlatSymbolRefAttr> release = getRelease(user, type.release);
    if (failed(release))
      return failure();
    Value free = LLVM::AddressOfOp::create(builder, loc, pointer.getType(),
                                           release.value());
    text = callCore<intr::TakeCTextOp>(user, loc, {pointer, free}, builder);
  } else {
    text = callCore<intr::CopyCTextOp>(user, loc, pointer, builder);
  }
  if (failed(text))
    return failure();
  Value null = LLVM::ZeroOp::create(builder, loc, pointer.getType());
  return choose(builder, loc, pointer, null, texts.null(loc, builder),
                text.value());
}
