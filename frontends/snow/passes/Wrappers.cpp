//===- Wrappers.cpp - Functions around those of the program ---------------===//

#include "frontends/snow/passes/Emitter.h"

using namespace mlir;
using namespace snow::passes;

/// The function, of a program whose types are LLVM's. Where it may fail, it
/// gets the frame that runs, which is the innermost again afterwards: the
/// function, or what it calls, may have told of others, which are gone then.
Value Emitter::callProgram(Builder &b, Location loc, func::FuncOp function,
                           SmallVector<Value> arguments, bool mayFail) {
  Value head, frame;
  if (mayFail) {
    head = callRuntime(b, loc, SNOW_RUNTIME(plumb_frames), {});
    frame = load(b, loc, ptr, head, 0);
    arguments.push_back(frame);
  }
  auto call = func::CallOp::create(b, loc, function, arguments);
  if (mayFail)
    store(b, loc, frame, head, 0);
  return call.getNumResults() ? call.getResult(0) : Value();
}

std::string Emitter::closureCode(func::FuncOp function, ArrayRef<Type> captures,
                                 bool mayFail) {
  std::string key = ("w" + function.getSymName()).str();
  if (std::string known = made[key]; !known.empty())
    return known;
  ArrayRef<Type> inputs = function.getArgumentTypes();
  if (mayFail)
    inputs = inputs.drop_back();
  SmallVector<Type> parameters{ptr};
  parameters.append(inputs.size() - captures.size(), i64);
  auto code =
      newFunction((function.getSymName() + ".code").str(), i64, parameters);
  made[key] = code.getSymName().str();
  Block *entry = code.addEntryBlock(atEnd);
  OpBuilder b = OpBuilder::atBlockEnd(entry);
  Location loc = b.getUnknownLoc();
  SmallVector<Value> arguments;
  for (auto [index, type] : llvm::enumerate(captures)) {
    Value slot = load(b, loc, i64, entry->getArgument(0),
                      capturesOffset + 8 * int(index));
    arguments.push_back(fromSlot(b, loc, slot, type));
    if (type == ptr)
      retain(b, loc, arguments.back());
  }
  for (auto [type, slot] : llvm::zip(inputs.drop_front(captures.size()),
                                     entry->getArguments().drop_front()))
    arguments.push_back(fromSlot(b, loc, slot, type));
  Value result = callProgram(b, loc, function, arguments, mayFail);
  LLVM::ReturnOp::create(b, loc, toSlot(b, loc, result));
  return code.getSymName().str();
}

std::string Emitter::hook(StringRef name, func::FuncOp function, bool mayFail) {
  std::string key = ("h" + name + function.getSymName()).str();
  if (std::string known = made[key]; !known.empty())
    return known;
  bool isOrder = name == "compare" || name == "less";
  bool isEqual = name == "equal";
  Type i1 = IntegerType::get(context, 1);
  SmallVector<Type> parameters(isOrder || isEqual ? 2 : 1, ptr);
  Type result = isEqual ? i1 : name == "text" || name == "inspect" ? ptr : i64;
  auto code =
      newFunction((function.getSymName() + ".hook").str(), result, parameters);
  made[key] = code.getSymName().str();
  if (isEqual) // As C passes a bool.
    code.setResultAttr(0, LLVM::LLVMDialect::getZExtAttrName(),
                       UnitAttr::get(context));
  Block *entry = code.addEntryBlock(atEnd);
  OpBuilder b = OpBuilder::atBlockEnd(entry);
  Location loc = b.getUnknownLoc();
  auto callWith = [&](SmallVector<Value> arguments) {
    for (Value argument : arguments)
      retain(b, loc, argument);
    return callProgram(b, loc, function, arguments, mayFail);
  };
  SmallVector<Value> arguments(entry->getArguments());
  Value value = callWith(arguments);
  if (name == "compare") {
    // Less, Equal, Greater: 0, 1, 2. They are immortal.
    Value tag = load(b, loc, i32, value, tagOffset);
    tag = LLVM::ZExtOp::create(b, loc, i64, tag);
    value = LLVM::SubOp::create(b, loc, tag, constant(b, loc, i64, 1));
  } else if (name == "less") {
    Value other = callWith({arguments[1], arguments[0]});
    value = LLVM::ZExtOp::create(b, loc, i64, value);
    other = LLVM::ZExtOp::create(b, loc, i64, other);
    value = LLVM::SubOp::create(b, loc, other, value);
  }
  LLVM::ReturnOp::create(b, loc, value);
  return code.getSymName().str();
}

std::string Emitter::start(func::FuncOp function, bool mayFail) {
  auto code = newFunction("snow.start", none, {});
  Block *entry = code.addEntryBlock(atEnd);
  OpBuilder b = OpBuilder::atBlockEnd(entry);
  Location loc = b.getUnknownLoc();
  Value value = callProgram(b, loc, function, {}, mayFail);
  if (value && value.getType() == ptr)
    release(b, loc, value);
  LLVM::ReturnOp::create(b, loc, ValueRange());
  return code.getSymName().str();
}
