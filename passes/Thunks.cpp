//===- Thunks.cpp - What a runtime calls back -----------------------------===//

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "passes/IntrinsicLowering.h"

using namespace mlir;
using namespace plumb;

LogicalResult IntrinsicLowering::fillThunk(Operation *user,
                                           LLVM::LLVMFuncOp thunk,
                                           FlatSymbolRefAttr function,
                                           const plumb_intr_callback &callback,
                                           bool withEnvironment,
                                           bool callInLLVM) {
  OpBuilder builder(thunk.getContext());
  Location loc = thunk.getLoc();
  Block *entry = thunk.addEntryBlock(builder);
  builder.setInsertionPointToStart(entry);
  // Scalars are passed as they are; the environment may be anywhere.
  SmallVector<Value> arguments(entry->getArguments());
  if (callback.environment != PLUMB_INTR_NO_ENVIRONMENT) {
    Value environment = arguments[callback.environment];
    arguments.erase(arguments.begin() + callback.environment);
    if (withEnvironment)
      arguments.push_back(LLVM::PtrToIntOp::create(
          builder, loc, builder.getI64Type(), environment));
  }
  for (auto [param, argument] : llvm::zip(model::params(callback), arguments)) {
    if (!isCString(param.type))
      continue;
    FailureOr<Value> text =
        fromCString(user, loc, *param.type, argument, builder);
    if (failed(text))
      return failure();
    argument = text.value();
  }
  SmallVector<Type> types;
  if (callback.result)
    types.push_back(getLLVMType(thunk.getContext(), callback.result));
  Operation *call =
      callInLLVM
          ? LLVM::CallOp::create(builder, loc, types, function, arguments)
                .getOperation()
          : func::CallOp::create(builder, loc, function, types, arguments)
                .getOperation();
  LLVM::ReturnOp::create(builder, loc, call->getResults());
  return success();
}

/// A private function with the C signature that calls the program's: the
/// program's own function has neither the environment where C has it nor
/// extension attributes, and may be called by the program too.
LLVM::LLVMFuncOp
IntrinsicLowering::getThunk(Operation *user,
                            const plumb_intr_callback &callback,
                            FlatSymbolRefAttr symbol, bool withEnvironment) {
  LLVM::LLVMFuncOp &thunk = thunks[{{&callback, withEnvironment}, symbol}];
  if (thunk)
    return thunk;
  llvm::Expected<Prototype> prototype =
      target.classify(module.getContext(), getSignature(callback));
  if (!prototype) {
    user->emitError("callback '")
        << callback.name << "' cannot be made for this target: "
        << llvm::toString(prototype.takeError());
    return thunk;
  }
  // For people: the table makes another one of it where it is taken.
  std::string name = (Twine(callback.c_name) +
                      (withEnvironment ? ".env." : ".") + symbol.getValue())
                         .str();
  auto builder = OpBuilder::atBlockEnd(module.getBody());
  Operation *function = mayAdopt ? symbols.lookup(symbol.getAttr()) : nullptr;
  if (function)
    builder.setInsertionPointAfter(function);
  // A debugger goes through it: it is not in the program's source.
  auto loc = UnknownLoc::get(module.getContext());
  thunk = LLVM::LLVMFuncOp::create(
      builder, loc, name, prototype->type, LLVM::Linkage::Internal,
      /*dsoLocal=*/true, prototype->cconv,
      /*comdat=*/{}, /*attrs=*/{}, prototype->argAttrs);
  thunk.setSymVisibility("private");
  thunk.setNoUnwind(true);
  if (prototype->resultAttrs)
    thunk.setResAttrsAttr(builder.getArrayAttr({prototype->resultAttrs}));
  symbols.insert(thunk);
  // A dialect conversion would not see a new func.call, and turns the function
  // itself into an llvm.func.
  LLVM::LLVMFuncOp made = thunk; // more thunks may be made meanwhile
  if (failed(fillThunk(user, made, symbol, callback, withEnvironment,
                       !function || isa<LLVM::LLVMFuncOp>(function))))
    return {};
  return made;
}
