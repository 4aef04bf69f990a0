//===- Rows.cpp - Calls of intrinsics -------------------------------------===//

#include "frontends/snow/dialect/SnowDialect.h"
#include "frontends/snow/lower/FunctionLowering.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "plumb/Intrinsic/CallBuilder.h"
#include "plumb/Intrinsic/IntrinsicDialect.h"

using namespace mlir;
using namespace snow;
using namespace snow::lower;
namespace intr = plumb::intr;

/// What the record wants of a value of the language.
static Value toRecord(OpBuilder &builder, Location loc,
                      const plumb_intr_type &wanted, Value value) {
  StringRef kind = wanted.kind;
  if (kind == "text" && isa<intr::ObjectType>(value.getType()))
    return dialect::TextOp::create(
        builder, loc, intr::StrType::get(builder.getContext()), value);
  auto integer = dyn_cast<IntegerType>(value.getType());
  Type type = intr::getType(builder.getContext(), wanted);
  auto narrow = dyn_cast_or_null<IntegerType>(type);
  if (integer && narrow && narrow.getWidth() < integer.getWidth())
    return arith::TruncIOp::create(builder, loc, narrow, value);
  return value;
}

/// What the language makes of a result of the record.
static Value fromRecord(OpBuilder &builder, Location loc, Type wanted,
                        Value value) {
  Type given = value.getType();
  if (given == wanted)
    return value;
  if (isa<intr::StrType>(given))
    return dialect::CopyTextOp::create(builder, loc, wanted, value);
  if (isa<intr::StatusType>(given))
    return intr::CodeOp::create(builder, loc, wanted, value);
  if (isa<intr::CountType>(given))
    return intr::ValueOp::create(builder, loc, wanted, value);
  if (isa<IntegerType>(given) && isa<IntegerType>(wanted))
    return arith::ExtSIOp::create(builder, loc, wanted, value);
  return value;
}

Value FunctionLowering::callRow(const plumb_intr_row *row,
                                ArrayRef<Value> arguments,
                                const core::Type *result) {
  if (!row)
    return {};
  intr::CallBuilder call(module.getContext(), *row);
  size_t next = 0;
  for (const plumb_intr_param &param :
       llvm::ArrayRef(row->params, row->num_params)) {
    if (!intr::isOperand(param) || next == arguments.size())
      continue;
    call.addArgument(
        {toRecord(builder, loc, *param.type, arguments[next++]), {}, {}});
  }
  Type wanted = convert(result);
  // Of a variable that stands in no argument, it alone tells the type.
  if (row->num_variables && row->result &&
      llvm::is_contained({"object", "function", "variable"},
                         StringRef(row->result->kind)))
    call.setResultType(0, wanted);
  auto error = [&] { return emitError(loc, "'") << row->source_name << "': "; };
  if (failed(call.check(error))) {
    module.fail(loc, "this call is not what the record says");
    return {};
  }
  Operation *op = call.create(builder, loc);
  if (!op->getNumResults())
    return unit();
  return fromRecord(builder, loc, wanted, op->getResult(0));
}
