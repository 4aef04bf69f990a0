//===- Types.cpp - Types of a program in MLIR -----------------------------===//

#include "frontends/snow/lower/Types.h"
#include "mlir/IR/BuiltinTypes.h"
#include "plumb/Intrinsic/IntrinsicDialect.h"
#include "plumb/object.h"

using namespace snow::lower;
namespace core = snow::core;

static mlir::Type convertNew(Types &types, mlir::MLIRContext *context,
                             const core::Type *type) {
  llvm::SmallVector<mlir::Type> parts;
  if (type->kind() == core::Type::Kind::Function) {
    for (const core::Type *parameter : type->parameters())
      parts.push_back(types.convert(parameter));
    return plumb::intr::FnType::get(context, parts,
                                    types.convert(type->result()));
  }
  switch (Types::kindOf(type)) {
  case PLUMB_INT:
    return mlir::IntegerType::get(context, 64);
  case PLUMB_FLOAT:
    return mlir::Float64Type::get(context);
  case PLUMB_BOOL:
    return mlir::IntegerType::get(context, 1);
  case PLUMB_UNIT:
    return plumb::intr::UnitType::get(context);
  default:
    break;
  }
  for (const core::Type *argument : type->arguments())
    parts.push_back(types.convert(argument));
  return plumb::intr::ObjectType::get(context, type->name(), parts);
}

mlir::Type Types::convert(const core::Type *type) {
  assert(type->isConcrete());
  if (mlir::Type known = made.lookup(type))
    return known;
  return made[type] = convertNew(*this, context, type);
}

int Types::kindOf(const core::Type *type) {
  if (type->is("Int"))
    return PLUMB_INT;
  if (type->is("Float"))
    return PLUMB_FLOAT;
  if (type->is("Bool"))
    return PLUMB_BOOL;
  return type->is("Unit") ? PLUMB_UNIT : PLUMB_OBJECT;
}
