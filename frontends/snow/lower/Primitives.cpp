//===- Primitives.cpp - Arithmetic, equality and order --------------------===//

#include "frontends/snow/dialect/SnowDialect.h"
#include "frontends/snow/lower/FunctionLowering.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace snow;
using namespace snow::lower;
using core::Primitive;

Value FunctionLowering::lowerPrimitive(const core::Expression &e) {
  Values values;
  if (!lowerAll(e.operands, values))
    return {};
  return primitive(e.primitive, resolve(e.operands[0]->type), values[0],
                   values.size() > 1 ? values[1] : Value());
}

static arith::CmpIPredicate integerPredicate(Primitive primitive) {
  switch (primitive) {
  case Primitive::Equal:
    return arith::CmpIPredicate::eq;
  case Primitive::NotEqual:
    return arith::CmpIPredicate::ne;
  case Primitive::Less:
    return arith::CmpIPredicate::slt;
  case Primitive::LessEqual:
    return arith::CmpIPredicate::sle;
  case Primitive::Greater:
    return arith::CmpIPredicate::sgt;
  default:
    return arith::CmpIPredicate::sge;
  }
}

static arith::CmpFPredicate floatPredicate(Primitive primitive) {
  switch (primitive) {
  case Primitive::Equal:
    return arith::CmpFPredicate::OEQ;
  case Primitive::NotEqual:
    return arith::CmpFPredicate::UNE;
  case Primitive::Less:
    return arith::CmpFPredicate::OLT;
  case Primitive::LessEqual:
    return arith::CmpFPredicate::OLE;
  case Primitive::Greater:
    return arith::CmpFPredicate::OGT;
  default:
    return arith::CmpFPredicate::OGE;
  }
}

Value FunctionLowering::primitive(Primitive primitive, const core::Type *type,
                                  Value left, Value right) {
  bool isFloat = type->is("Float");
  switch (primitive) {
  case Primitive::Add:
    return isFloat ? make<arith::AddFOp>(left, right).getResult()
                   : make<arith::AddIOp>(left, right).getResult();
  case Primitive::Subtract:
    return isFloat ? make<arith::SubFOp>(left, right).getResult()
                   : make<arith::SubIOp>(left, right).getResult();
  case Primitive::Multiply:
    return isFloat ? make<arith::MulFOp>(left, right).getResult()
                   : make<arith::MulIOp>(left, right).getResult();
  case Primitive::Divide:
    return isFloat ? make<arith::DivFOp>(left, right).getResult()
                   : divide(primitive, left, right);
  case Primitive::Remainder:
    return isFloat ? make<arith::RemFOp>(left, right).getResult()
                   : divide(primitive, left, right);
  case Primitive::Negate:
    return isFloat ? make<arith::NegFOp>(left).getResult()
                   : make<arith::SubIOp>(constant(0), left).getResult();
  case Primitive::Not:
    return make<arith::XOrIOp>(left, truth(true));
  case Primitive::Equal:
    return equal(type, left, right);
  case Primitive::NotEqual: {
    if (isFloat)
      return make<arith::CmpFOp>(arith::CmpFPredicate::UNE, left, right);
    Value same = equal(type, left, right);
    return same ? make<arith::XOrIOp>(same, truth(true)).getResult() : Value();
  }
  default:
    break;
  }
  if (isFloat)
    return make<arith::CmpFOp>(floatPredicate(primitive), left, right);
  if (!type->is("Int")) {
    left = compare(type, left, right);
    right = constant(0);
    if (!left)
      return {};
  }
  return make<arith::CmpIOp>(integerPredicate(primitive), left, right);
}

Value FunctionLowering::equal(const core::Type *type, Value left, Value right) {
  if (type->is("Float"))
    return make<arith::CmpFOp>(arith::CmpFPredicate::OEQ, left, right);
  if (type->is("Int") || type->is("Bool"))
    return make<arith::CmpIOp>(arith::CmpIPredicate::eq, left, right);
  if (type->is("Unit"))
    return truth(true);
  return callRow(operatorRow("==", type), {left, right},
                 module.getProgram().table.boolean());
}

Value FunctionLowering::compare(const core::Type *type, Value left,
                                Value right) {
  return callRow(operatorRow("<=>", type), {left, right},
                 module.getProgram().table.integer());
}

Value FunctionLowering::divide(Primitive primitive, Value left, Value right) {
  Value isZero =
      make<arith::CmpIOp>(arith::CmpIPredicate::eq, right, constant(0));
  Block *zero = newBlock(), *rest = newBlock();
  make<cf::CondBranchOp>(isZero, zero, rest);
  builder.setInsertionPointToEnd(zero);
  fail("division by zero");
  builder.setInsertionPointToEnd(rest);
  if (primitive == Primitive::Divide)
    return make<dialect::DivideOp>(builder.getI64Type(), left, right);
  return make<dialect::RemainderOp>(builder.getI64Type(), left, right);
}
