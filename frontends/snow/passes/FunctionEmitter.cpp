//===- FunctionEmitter.cpp - One function to LLVM's dialect ---------------===//

#include "frontends/snow/passes/FunctionEmitter.h"
#include "frontends/snow/passes/MayFail.h"
#include "mlir/IR/Matchers.h"
#include "plumb/object.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace snow;
using namespace snow::dialect;
using namespace snow::passes;

StringRef Program::typeSymbol(FlatSymbolRefAttr symbol) {
  DataTypeOp op = dataType(symbol);
  std::string &known = types[op];
  if (!known.empty())
    return known;
  NamedAttrList hooks;
  for (StringRef name : {"equal", "compare", "less", "hash", "text", "inspect"})
    if (auto target = op->getAttrOfType<FlatSymbolRefAttr>(name)) {
      func::FuncOp function = lookup(target);
      StringRef slot = name == "less" ? StringRef("compare") : name;
      if (!hooks.get(slot))
        hooks.set(slot, StringAttr::get(
                            op.getContext(),
                            emitter.hook(name, function, mayFail(function))));
    }
  return known = emitter.type(op, hooks.getDictionary(op.getContext()));
}

static ArrayRef<int32_t> kindsOf(DataTypeOp type, unsigned tag) {
  auto parts = cast<ArrayAttr>(type.getConstructors()[tag]);
  return cast<DenseI32ArrayAttr>(parts[1]).asArrayRef();
}

void FunctionEmitter::run() {
  if (function.isExternal())
    return;
  SmallVector<Operation *> ops;
  function.walk([&](Operation *op) { ops.push_back(op); });
  for (Operation *op : ops)
    lower(op);
  if (hasEntered)
    for (Block &block : function.getBody())
      if (auto end = dyn_cast<func::ReturnOp>(block.getTerminator()))
        leave(end);
}

void FunctionEmitter::lower(Operation *op) {
  b.setInsertionPoint(op);
  if (auto call = dyn_cast<func::CallOp>(op))
    return lowerCall(call);
  if (isa<LLVM::CallOp>(op)) {
    if (mayFailOutside(op))
      enterRuntime(op->getLoc());
    return;
  }
  if (!isa_and_present<SnowDialect>(op->getDialect()))
    return;
  if (auto failing = dyn_cast<FailOp>(op))
    return fail(failing);
  if (auto taking = dyn_cast<TakeOp>(op))
    return take(taking);
  if (auto freeing = dyn_cast<FreeOp>(op))
    return freeMemory(freeing);
  Value value = replacement(op);
  if (value)
    op->getResult(0).replaceAllUsesWith(value);
  op->erase();
}

void FunctionEmitter::lowerCall(func::CallOp op) {
  func::FuncOp callee = program.lookup(op.getCalleeAttr());
  if (!callee || !program.mayFail(callee))
    return;
  noteLine(op.getLoc());
  SmallVector<Value> operands(op.getOperands());
  operands.push_back(frame());
  op->setOperands(operands);
}

Value FunctionEmitter::replacement(Operation *op) {
  Location loc = op->getLoc();
  return llvm::TypeSwitch<Operation *, Value>(op)
      .Case([&](UnitOp) { return e.constant(b, loc, e.i64, 0); })
      .Case([&](UndefOp undef) {
        return LLVM::UndefOp::create(b, loc, undef.getType());
      })
      .Case([&](StringOp string) {
        return e.addressOf(b, loc,
                           e.string(string.getValue(), string.getAtom()));
      })
      .Case([&](TextOp text) {
        return e.at(b, loc, text.getString(), textOffset);
      })
      .Case([&](CopyTextOp copy) {
        return e.callRuntime(b, loc, SNOW_RUNTIME(plumb_copy_text),
                             {copy.getText()});
      })
      .Case([&](ConstructOp made) { return construct(made); })
      .Case([&](TagOp tag) {
        return e.load(b, loc, e.i32, tag.getValue(), tagOffset);
      })
      .Case([&](FieldOp field) {
        Value slot = e.load(b, loc, e.i64, field.getValue(),
                            fieldsOffset + 8 * int(field.getIndex()));
        return e.fromSlot(b, loc, slot, field.getType());
      })
      .Case([&](ClosureOp made) { return closure(made); })
      .Case([&](CallClosureOp call) { return callClosure(call); })
      .Case([&](RunOp run) {
        func::FuncOp main = program.lookup(run.getFunctionAttr());
        e.callRuntime(
            b, loc, SNOW_RUNTIME(plumb_run_main),
            {e.addressOf(b, loc, e.start(main, program.mayFail(main)))});
        return Value();
      })
      .Case<DivideOp, RemainderOp>([&](Operation *) { return divide(op); })
      .Case([&](RetainOp counted) {
        e.retain(b, loc, counted.getValue());
        return Value();
      })
      .Case([&](ReleaseOp counted) {
        e.release(b, loc, counted.getValue());
        return Value();
      })
      .Default([](Operation *) { return Value(); });
}

/// The object without its fields.
Value FunctionEmitter::allocate(ConstructOp op, Value type) {
  Location loc = op.getLoc();
  Value tag = e.constant(b, loc, e.i32, op.getTag());
  auto allocateNew = [&] {
    return e.callRuntime(
        b, loc, SNOW_RUNTIME(plumb_new),
        {type, tag, e.constant(b, loc, e.i32, op.getFields().size())});
  };
  Value memory = op.getMemory();
  if (!memory)
    return allocateNew();
  Value isNull = LLVM::ICmpOp::create(b, loc, LLVM::ICmpPredicate::eq, memory,
                                      e.null(b, loc));
  Block *before = op->getBlock(), *after = before->splitBlock(op);
  Block *fresh = b.createBlock(after), *reused = b.createBlock(after);
  Value object = after->addArgument(e.ptr, loc);
  b.setInsertionPointToEnd(before);
  LLVM::CondBrOp::create(b, loc, isNull, fresh, reused);
  b.setInsertionPointToEnd(fresh);
  LLVM::BrOp::create(b, loc, ValueRange(allocateNew()), after);
  // Its count is 1.
  b.setInsertionPointToEnd(reused);
  e.store(b, loc, tag, memory, tagOffset);
  e.store(b, loc, type, memory, typeOffset);
  LLVM::BrOp::create(b, loc, ValueRange(memory), after);
  b.setInsertionPoint(op);
  return object;
}

Value FunctionEmitter::construct(ConstructOp op) {
  Location loc = op.getLoc();
  StringRef type = program.typeSymbol(op.getDataTypeAttr());
  if (op.getFields().empty())
    return e.addressOf(b, loc, e.object(type, op.getTag()));
  Value object = allocate(op, e.addressOf(b, loc, type));
  for (auto [index, field] : llvm::enumerate(op.getFields()))
    e.store(b, loc, e.toSlot(b, loc, field), object,
            fieldsOffset + 8 * int(index));
  return object;
}

Value FunctionEmitter::closure(ClosureOp op) {
  Location loc = op.getLoc();
  func::FuncOp code = program.lookup(op.getFunctionAttr());
  bool mayFail = program.mayFail(code);
  if (op.getCaptures().empty())
    return e.addressOf(b, loc, e.closure(code, mayFail));
  SmallVector<Type> types(op.getCaptures().getTypes());
  // Of the captures that are counted the pointer type tells all.
  SmallVector<uint8_t> kinds;
  for (Type type : types)
    kinds.push_back(type == e.ptr       ? PLUMB_OBJECT
                    : type.isF64()      ? PLUMB_FLOAT
                    : type.isInteger(1) ? PLUMB_BOOL
                                        : PLUMB_INT);
  Value object =
      e.callRuntime(b, loc, SNOW_RUNTIME(plumb_new_closure),
                    {e.addressOf(b, loc, e.closureCode(code, types, mayFail)),
                     e.constant(b, loc, e.i32, types.size()),
                     e.addressOf(b, loc, e.bytes(kinds))});
  for (auto [index, capture] : llvm::enumerate(op.getCaptures()))
    e.store(b, loc, e.toSlot(b, loc, capture), object,
            capturesOffset + 8 * int(index));
  return object;
}

Value FunctionEmitter::callClosure(CallClosureOp op) {
  Location loc = op.getLoc();
  enterRuntime(loc);
  SmallVector<Value> operands{e.load(b, loc, e.ptr, op.getCallee(), codeOffset),
                              op.getCallee()};
  SmallVector<Type> types{e.ptr};
  for (Value argument : op.getArguments()) {
    operands.push_back(e.toSlot(b, loc, argument));
    types.push_back(e.i64);
  }
  auto type = LLVM::LLVMFunctionType::get(e.i64, types);
  auto call = LLVM::CallOp::create(b, loc, type, operands);
  return e.fromSlot(b, loc, call.getResult(), op.getType());
}

/// LLVM's has no result for the smallest number by -1.
Value FunctionEmitter::divide(Operation *op) {
  Location loc = op->getLoc();
  Value left = op->getOperand(0), right = op->getOperand(1);
  bool isQuotient = isa<DivideOp>(op);
  auto plain = [&](Value divisor) -> Value {
    if (isQuotient)
      return LLVM::SDivOp::create(b, loc, left, divisor);
    return LLVM::SRemOp::create(b, loc, left, divisor);
  };
  APInt known;
  if (matchPattern(right, m_ConstantInt(&known)) && !known.isAllOnes())
    return plain(right);
  Value one = e.constant(b, loc, e.i64, 1), zero = e.constant(b, loc, e.i64, 0);
  Value isMinusOne = LLVM::ICmpOp::create(b, loc, LLVM::ICmpPredicate::eq,
                                          right, e.constant(b, loc, e.i64, -1));
  Value divisor = LLVM::SelectOp::create(b, loc, isMinusOne, one, right);
  Value result = plain(divisor);
  Value wrapped =
      isQuotient ? LLVM::SubOp::create(b, loc, zero, left).getResult() : zero;
  return LLVM::SelectOp::create(b, loc, isMinusOne, wrapped, result);
}

void FunctionEmitter::take(TakeOp op) {
  Location loc = op.getLoc();
  Value object = op.getValue();
  ArrayRef<int32_t> kinds =
      kindsOf(program.dataType(op.getDataTypeAttr()), op.getTag());
  SmallVector<Value> kept, others;
  for (auto [index, kind] : llvm::enumerate(kinds)) {
    const int32_t *found = llvm::find(op.getIndices(), int32_t(index));
    bool isTaken = found != op.getIndices().end();
    if (!isTaken && kind != PLUMB_OBJECT)
      continue;
    Value field = e.load(b, loc, e.i64, object, fieldsOffset + 8 * int(index));
    if (isTaken)
      field =
          e.fromSlot(b, loc, field,
                     op.getFields()[found - op.getIndices().begin()].getType());
    else
      field = e.fromSlot(b, loc, field, e.ptr);
    (isTaken ? kept : others).push_back(field);
    if (isTaken)
      op.getFields()[found - op.getIndices().begin()].replaceAllUsesWith(field);
  }
  Value count = e.load(b, loc, e.i32, object, 0);
  Value one = e.constant(b, loc, e.i32, 1);
  Value isUnique =
      LLVM::ICmpOp::create(b, loc, LLVM::ICmpPredicate::eq, count, one);

  Block *before = op->getBlock(), *after = before->splitBlock(op);
  Block *unique = b.createBlock(after), *shared = b.createBlock(after);
  SmallVector<Value> ofUnique, ofShared;
  if (op.getMemory()) {
    BlockArgument memory = after->addArgument(e.ptr, loc);
    op.getMemory().replaceAllUsesWith(memory);
  }
  b.setInsertionPointToEnd(before);
  LLVM::CondBrOp::create(b, loc, isUnique, unique, shared);

  b.setInsertionPointToEnd(unique);
  for (Value other : others)
    e.release(b, loc, other);
  if (op.getMemory())
    ofUnique.push_back(object);
  else
    e.callRuntime(b, loc, SNOW_RUNTIME(plumb_free_cell),
                  {object, e.constant(b, loc, e.i32, kinds.size())});
  LLVM::BrOp::create(b, loc, ofUnique, after);

  b.setInsertionPointToEnd(shared);
  for (Value field : kept)
    if (field.getType() == e.ptr)
      e.retain(b, loc, field);
  e.releaseShared(b, loc, object);
  if (op.getMemory())
    ofShared.push_back(e.null(b, loc));
  LLVM::BrOp::create(b, loc, ofShared, after);
  op.erase();
}

void FunctionEmitter::freeMemory(FreeOp op) {
  Location loc = op.getLoc();
  Value memory = op.getMemory();
  Value isNull = LLVM::ICmpOp::create(b, loc, LLVM::ICmpPredicate::eq, memory,
                                      e.null(b, loc));
  Block *before = op->getBlock(), *after = before->splitBlock(op);
  Block *there = b.createBlock(after);
  e.callRuntime(b, loc, SNOW_RUNTIME(plumb_free_cell),
                {memory, e.constant(b, loc, e.i32, op.getFields())});
  LLVM::BrOp::create(b, loc, ValueRange(), after);
  b.setInsertionPointToEnd(before);
  LLVM::CondBrOp::create(b, loc, isNull, after, there);
  op.erase();
}
