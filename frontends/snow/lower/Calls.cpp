//===- Calls.cpp - Calls of functions, closures and intrinsics ------------===//

#include "frontends/snow/dialect/SnowDialect.h"
#include "frontends/snow/lower/FunctionLowering.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;
using namespace snow;
using namespace snow::lower;
using core::Primitive;

Value FunctionLowering::call(FlatSymbolRefAttr callee,
                             ArrayRef<Value> arguments, Type result) {
  return make<func::CallOp>(callee, result, arguments).getResult(0);
}

Value FunctionLowering::lowerCall(const core::Expression &e, bool isTail) {
  TypeList types;
  for (const core::Type *type : e.typeArguments)
    types.push_back(resolve(type));
  Values arguments;
  if (!lowerAll(e.operands, arguments))
    return {};
  if (isTail && e.function == function && types == typeArguments) {
    branch(start, arguments);
    return {};
  }
  return call(module.instance(*e.function, types, loc), arguments,
              convert(e.type));
}

static std::optional<Primitive> primitiveOf(StringRef trait) {
  return llvm::StringSwitch<std::optional<Primitive>>(trait)
      .Case("Add", Primitive::Add)
      .Case("Sub", Primitive::Subtract)
      .Case("Mul", Primitive::Multiply)
      .Case("Div", Primitive::Divide)
      .Case("Mod", Primitive::Remainder)
      .Case("Neg", Primitive::Negate)
      .Case("Not", Primitive::Not)
      .Default(std::nullopt);
}

/// The word of the operator that a type without an impl has.
static StringRef wordOf(StringRef trait, StringRef method) {
  if (trait == "Default")
    return "default";
  return llvm::StringSwitch<StringRef>(method)
      .Case("compare", "compare")
      .Case("to_string", "${}")
      .Case("inspect", "inspect")
      .Case("hash", "hash")
      .Default("");
}

Value FunctionLowering::builtinMethod(const core::Expression &e,
                                      const core::Type *self,
                                      ArrayRef<Value> arguments) {
  if (std::optional<Primitive> known = primitiveOf(e.trait))
    return primitive(*known, self, arguments[0],
                     arguments.size() > 1 ? arguments[1] : Value());
  if (e.trait == "Eq")
    return equal(self, arguments[0], arguments[1]);
  if (e.text == "lt")
    return primitive(Primitive::Less, self, arguments[0], arguments[1]);
  StringRef word = wordOf(e.trait, e.text);
  if (!word.empty())
    return callRow(operatorRow(word, arguments.empty() ? nullptr : self),
                   arguments, resolve(e.type));
  module.fail(loc, "type " + self->str() + " has no impl of " + e.trait +
                       " with the method '" + e.text + "'");
  return {};
}

Value FunctionLowering::lowerMethodCall(const core::Expression &e) {
  Values arguments;
  if (!lowerAll(e.operands, arguments))
    return {};
  const core::Type *self = resolve(e.selfType);
  TypeList argumentTypes;
  for (const core::ExpressionPtr &operand : e.operands)
    argumentTypes.push_back(resolve(operand->type));
  std::optional<Method> method =
      module.findMethod(e.trait, e.text, self, argumentTypes);
  if (!method)
    return builtinMethod(e, self, arguments);
  for (const core::Type *type : e.typeArguments)
    method->typeArguments.push_back(resolve(type));
  return call(module.instance(*method->function, method->typeArguments, loc),
              arguments, convert(e.type));
}

const plumb_intr_row *FunctionLowering::operatorRow(StringRef word,
                                                    const core::Type *first) {
  const plumb_intr_row *row = module.findOperator(word, first);
  if (!row)
    module.fail(loc, "no loaded family has the operator '" + word + "'" +
                         (first ? " of " + first->str() : ""));
  return row;
}

Value FunctionLowering::lowerIntrinsic(const core::Expression &e) {
  Values arguments;
  if (!lowerAll(e.operands, arguments))
    return {};
  return callRow(e.row, arguments, resolve(e.type));
}

//===----------------------------------------------------------------------===//
// Closures
//===----------------------------------------------------------------------===//

/// Variables that the expression names, each once, in order.
static void collectUses(const core::Expression &e,
                        llvm::SetVector<const core::Variable *> &found) {
  if (e.kind == core::Expression::Kind::Local)
    found.insert(e.variable);
  for (const core::ExpressionPtr &operand : e.operands)
    collectUses(*operand, found);
  for (const core::Arm &arm : e.arms) {
    if (arm.guard)
      collectUses(*arm.guard, found);
    collectUses(*arm.body, found);
  }
}

Value FunctionLowering::lowerClosure(const core::Expression &e) {
  llvm::SetVector<const core::Variable *> used;
  collectUses(*e.operands[0], used);
  SmallVector<const core::Variable *> parameters;
  Values captures;
  TypeList types;
  // What is bound outside of it is known by now; what is bound inside, not.
  for (const core::Variable *variable : used)
    if (Value value = variables.lookup(variable)) {
      parameters.push_back(variable);
      captures.push_back(value);
    }
  llvm::append_range(parameters, e.parameters);
  for (const core::Variable *parameter : parameters)
    types.push_back(resolve(parameter->type));
  StringRef outer = op.getSymName().take_until([](char c) { return c == '<'; });
  func::FuncOp code = module.createFunction(
      module.uniqueName((outer.split('#').first + "#fn").str()), loc, types,
      resolve(e.operands[0]->type));
  FunctionLowering(module, nullptr, typeArguments, code)
      .lower(parameters, *e.operands[0]);
  return make<dialect::ClosureOp>(
      convert(e.type), FlatSymbolRefAttr::get(code.getSymNameAttr()), captures);
}
