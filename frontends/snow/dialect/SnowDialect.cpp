//===- SnowDialect.cpp - The snow dialect ---------------------------------===//

#include "frontends/snow/dialect/SnowDialect.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;
using namespace snow::dialect;

#include "frontends/snow/dialect/SnowDialect.cpp.inc"

#define GET_OP_CLASSES
#include "frontends/snow/dialect/SnowOps.cpp.inc"

void SnowDialect::initialize() {
  addOperations<
#define GET_OP_LIST
#include "frontends/snow/dialect/SnowOps.cpp.inc"
      >();
}

LogicalResult DataTypeOp::verify() {
  for (Attribute constructor : getConstructors()) {
    auto parts = dyn_cast<ArrayAttr>(constructor);
    if (!parts || parts.size() != 3 || !isa<StringAttr>(parts[0]) ||
        !isa<DenseI32ArrayAttr>(parts[1]) || !isa<ArrayAttr>(parts[2]))
      return emitOpError("a constructor is [name, array<i32: kinds>, [field "
                         "names]], not ")
             << constructor;
    int64_t names = cast<ArrayAttr>(parts[2]).size();
    if (names && names != cast<DenseI32ArrayAttr>(parts[1]).size())
      return emitOpError("constructor ")
             << parts[0] << " has " << names << " field names for "
             << cast<DenseI32ArrayAttr>(parts[1]).size() << " fields";
  }
  return success();
}

/// The kinds of the fields of a constructor; an error at `op` where there is
/// none.
static FailureOr<ArrayRef<int32_t>> kindsOf(Operation *op,
                                            SymbolTableCollection &symbolTable,
                                            FlatSymbolRefAttr symbol,
                                            unsigned tag) {
  auto type = symbolTable.lookupNearestSymbolFrom<DataTypeOp>(op, symbol);
  if (!type)
    return op->emitOpError("there is no snow.data_type ") << symbol;
  if (tag >= type.getConstructors().size())
    return op->emitOpError("type ")
           << symbol << " has " << type.getConstructors().size()
           << " constructors, and no number " << tag;
  auto parts = cast<ArrayAttr>(type.getConstructors()[tag]);
  return cast<DenseI32ArrayAttr>(parts[1]).asArrayRef();
}

LogicalResult
ConstructOp::verifySymbolUses(SymbolTableCollection &symbolTable) {
  auto kinds = kindsOf(*this, symbolTable, getDataTypeAttr(), getTag());
  if (failed(kinds))
    return failure();
  if (getFields().size() != kinds->size())
    return emitOpError("the constructor has ")
           << kinds->size() << " fields, not " << getFields().size();
  return success();
}

LogicalResult FieldOp::verifySymbolUses(SymbolTableCollection &symbolTable) {
  auto kinds = kindsOf(*this, symbolTable, getDataTypeAttr(), getTag());
  if (failed(kinds))
    return failure();
  if (getIndex() >= kinds->size())
    return emitOpError("the constructor has ")
           << kinds->size() << " fields, and no number " << getIndex();
  return success();
}

LogicalResult ClosureOp::verifySymbolUses(SymbolTableCollection &symbolTable) {
  auto function = symbolTable.lookupNearestSymbolFrom<FunctionOpInterface>(
      *this, getFunctionAttr());
  if (!function)
    return emitOpError("there is no function ") << getFunctionAttr();
  if (function.getNumArguments() < getCaptures().size())
    return emitOpError("captures more than ")
           << getFunctionAttr() << " has arguments";
  return success();
}

Operation *SnowDialect::materializeConstant(OpBuilder &builder, Attribute value,
                                            Type type, Location loc) {
  return arith::ConstantOp::materialize(builder, value, type, loc);
}

OpFoldResult TagOp::fold(FoldAdaptor) {
  auto made = getValue().getDefiningOp<ConstructOp>();
  return made ? OpFoldResult(made.getTagAttr()) : OpFoldResult();
}

OpFoldResult FieldOp::fold(FoldAdaptor) {
  auto made = getValue().getDefiningOp<ConstructOp>();
  if (!made || made.getTag() != getTag() ||
      getIndex() >= made.getFields().size())
    return {};
  return made.getFields()[getIndex()];
}

/// A closure that is known is a function that is known.
LogicalResult CallClosureOp::canonicalize(CallClosureOp op,
                                          PatternRewriter &rewriter) {
  auto closure = op.getCallee().getDefiningOp<ClosureOp>();
  if (!closure)
    return failure();
  SmallVector<Value> arguments(closure.getCaptures());
  llvm::append_range(arguments, op.getArguments());
  rewriter.replaceOpWithNewOp<func::CallOp>(op, closure.getFunctionAttr(),
                                            op.getType(), arguments);
  return success();
}

LogicalResult RunOp::verifySymbolUses(SymbolTableCollection &symbolTable) {
  if (symbolTable.lookupNearestSymbolFrom<FunctionOpInterface>(
          *this, getFunctionAttr()))
    return success();
  return emitOpError("there is no function ") << getFunctionAttr();
}
