//===- Expressions.cpp - Values of expressions ----------------------------===//

#include "frontends/snow/dialect/SnowDialect.h"
#include "frontends/snow/lower/FunctionLowering.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace mlir;
using namespace snow;
using namespace snow::lower;

void lower::lowerBody(ModuleLowering &module, const core::Function &function,
                      ArrayRef<const core::Type *> typeArguments,
                      func::FuncOp op) {
  SmallVector<const core::Variable *> parameters(function.parameters.begin(),
                                                 function.parameters.end());
  FunctionLowering(module, &function, typeArguments, op)
      .lower(parameters, *function.body);
}

void FunctionLowering::lower(ArrayRef<const core::Variable *> parameters,
                             const core::Expression &body) {
  Block *entry = op.addEntryBlock();
  builder.setInsertionPointToEnd(entry);
  loc = module.convert(body.where);
  start = newBlock();
  for (const core::Variable *parameter : parameters)
    variables[parameter] =
        start->addArgument(convert(parameter->type), op.getLoc());
  branch(start, entry->getArguments());
  builder.setInsertionPointToEnd(start);
  lowerTail(body);
}

Block *FunctionLowering::newBlock(const core::Type *argument) {
  OpBuilder::InsertionGuard here(builder);
  Block *block = builder.createBlock(&op.getBody(), op.getBody().end());
  if (argument)
    block->addArgument(convert(argument), loc);
  return block;
}

void FunctionLowering::branch(Block *to, ValueRange arguments) {
  make<cf::BranchOp>(to, arguments);
}

Value FunctionLowering::constant(int64_t value) {
  return make<arith::ConstantOp>(builder.getI64IntegerAttr(value));
}

Value FunctionLowering::truth(bool value) {
  return make<arith::ConstantOp>(
      builder.getIntegerAttr(builder.getI1Type(), value));
}

Value FunctionLowering::unit() {
  return make<dialect::UnitOp>(convert(module.getProgram().table.unit()));
}

void FunctionLowering::fail(StringRef text) { make<dialect::FailOp>(text); }

void FunctionLowering::returnValue(Value value) {
  if (value)
    make<func::ReturnOp>(value);
}

bool FunctionLowering::lowerAll(ArrayRef<core::ExpressionPtr> es,
                                Values &values) {
  for (const core::ExpressionPtr &e : es) {
    values.push_back(lower(*e));
    if (!values.back())
      return false;
  }
  return true;
}

void FunctionLowering::lowerTail(const core::Expression &e) {
  llvm::SaveAndRestore here(loc, module.convert(e.where));
  switch (e.kind) {
  case Kind::Block:
    lowerBlock(e, /*isTail=*/true);
    return;
  case Kind::If:
    lowerIf(e, /*isTail=*/true);
    return;
  case Kind::Match:
    lowerMatch(e, /*isTail=*/true);
    return;
  case Kind::Call:
    returnValue(lowerCall(e, /*isTail=*/true));
    return;
  default:
    returnValue(lower(e));
  }
}

/// Null when the value is not there because control has left.
Value FunctionLowering::lowerBlock(const core::Expression &e, bool isTail) {
  Value value;
  for (const core::ExpressionPtr &part : e.operands) {
    bool isLast = &part == &e.operands.back();
    if (isLast && isTail) {
      lowerTail(*part);
      return {};
    }
    value = lower(*part);
    if (!value)
      return {};
  }
  if (e.operands.empty())
    value = unit();
  if (!isTail)
    return value;
  returnValue(value);
  return {};
}

Value FunctionLowering::lower(const core::Expression &e) {
  llvm::SaveAndRestore here(loc, module.convert(e.where));
  switch (e.kind) {
  case Kind::Int:
    return constant(e.integer);
  case Kind::Float:
    return make<arith::ConstantOp>(builder.getF64FloatAttr(e.number));
  case Kind::Bool:
    return truth(e.integer);
  case Kind::String:
  case Kind::Atom: {
    auto string = make<dialect::StringOp>(convert(e.type), e.text);
    string.setAtom(e.kind == Kind::Atom);
    return string;
  }
  case Kind::Unit:
    return unit();
  case Kind::Local:
    return variables.lookup(e.variable);
  case Kind::Block:
    return lowerBlock(e, /*isTail=*/false);
  case Kind::Let: {
    Value value = lower(*e.operands[0]);
    if (!value)
      return {};
    match(*e.pattern, value, /*miss=*/nullptr);
    return unit();
  }
  case Kind::Primitive:
    return lowerPrimitive(e);
  case Kind::Call:
    return lowerCall(e, /*isTail=*/false);
  case Kind::MethodCall:
    return lowerMethodCall(e);
  case Kind::Intrinsic:
    return lowerIntrinsic(e);
  case Kind::CallClosure: {
    Values values;
    if (!lowerAll(e.operands, values))
      return {};
    return make<dialect::CallClosureOp>(convert(e.type), values[0],
                                        ArrayRef(values).drop_front());
  }
  case Kind::FunctionValue: {
    TypeList types;
    for (const core::Type *type : e.typeArguments)
      types.push_back(resolve(type));
    return make<dialect::ClosureOp>(convert(e.type),
                                    module.instance(*e.function, types, loc),
                                    ValueRange());
  }
  case Kind::Closure:
    return lowerClosure(e);
  case Kind::Construct:
    return lowerConstruct(e);
  case Kind::Field: {
    Value value = lower(*e.operands[0]);
    if (!value)
      return {};
    return make<dialect::FieldOp>(
        convert(e.type), value,
        module.dataType(resolve(e.operands[0]->type), loc).getValue(), 0u,
        unsigned(e.integer));
  }
  case Kind::List:
    return lowerList(e);
  case Kind::Map:
    return lowerMap(e);
  case Kind::If:
    return lowerIf(e, /*isTail=*/false);
  case Kind::Match:
    return lowerMatch(e, /*isTail=*/false);
  case Kind::While:
    return lowerWhile(e);
  case Kind::For:
    return lowerFor(e);
  case Kind::Break:
  case Kind::Continue: {
    const Loop &loop = loops.back();
    branch(e.kind == Kind::Break ? loop.after : loop.next,
           loop.list ? ValueRange(loop.list) : ValueRange());
    return {};
  }
  case Kind::Return:
    lowerTail(*e.operands[0]);
    return {};
  case Kind::Fail:
    fail(e.text);
    return {};
  }
  llvm_unreachable("all kinds are above");
}

Value FunctionLowering::lowerConstruct(const core::Expression &e) {
  Values fields;
  if (!lowerAll(e.operands, fields))
    return {};
  return make<dialect::ConstructOp>(
      convert(e.type), module.dataType(resolve(e.type), loc).getValue(),
      unsigned(e.integer), fields, /*memory=*/Value());
}

Value FunctionLowering::lowerList(const core::Expression &e) {
  const core::Type *type = resolve(e.type);
  const plumb_intr_row *append = operatorRow("list.append", type);
  Values elements; // All are there before the list is: one grows in place.
  if (!append || !lowerAll(e.operands, elements))
    return {};
  Value list = callRow(operatorRow("list", nullptr), {}, type);
  for (Value element : elements)
    if (list)
      list = callRow(append, {list, element}, type);
  return list;
}

Value FunctionLowering::lowerMap(const core::Expression &e) {
  const core::Type *type = resolve(e.type);
  const plumb_intr_row *put = operatorRow("map.put", type);
  Values parts;
  if (!put || !lowerAll(e.operands, parts))
    return {};
  Value map = callRow(operatorRow("map", nullptr), {}, type);
  for (size_t i = 0; map && i < parts.size(); i += 2)
    map = callRow(put, {map, parts[i], parts[i + 1]}, type);
  return map;
}
