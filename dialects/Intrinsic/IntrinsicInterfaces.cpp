//===- IntrinsicInterfaces.cpp - What the rows say of an operation --------===//

#include "dialects/Intrinsic/IntrinsicDialect.h"
#include "mlir/AsmParser/AsmParser.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Mutex.h"

using namespace mlir;
using namespace plumb::intr;

#include "dialects/Intrinsic/IntrinsicInterfaces.cpp.inc"

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

bool plumb::intr::isHandleType(Type type) {
  StringRef dialect = type.getDialect().getNamespace();
  for (const plumb_intr_family *family : Registry::get().families())
    if (dialect == family->name)
      for (const plumb_intr_type *own :
           ArrayRef(family->types, family->num_types))
        if (StringRef(own->kind) == "handle" &&
            getType(type.getContext(), *own) == type)
          return true;
  return false;
}

Type plumb::intr::getType(MLIRContext *context, const plumb_intr_type &type) {
  StringRef text = type.mlir;
  if (text.consume_front("!") &&
      !context->getLoadedDialect(text.split('.').first))
    return {};
  return parseType(type.mlir, context);
}

FunctionType plumb::intr::getFunctionType(MLIRContext *context,
                                          const plumb_intr_callback &callback) {
  SmallVector<Type> params, results;
  for (const plumb_intr_param &p :
       ArrayRef(callback.params, callback.num_params))
    params.push_back(getType(context, *p.type));
  if (callback.result)
    results.push_back(getType(context, *callback.result));
  return FunctionType::get(context, params, results);
}

//===----------------------------------------------------------------------===//
// Effects
//===----------------------------------------------------------------------===//

namespace {
/// A resource whose name is data; rows that name the same one share it.
class NamedResource : public SideEffects::Resource {
public:
  explicit NamedResource(StringRef name)
      : NamedResource(name, std::make_unique<SelfOwningTypeID>()) {}

  StringRef getName() final { return name; }

  static Resource *get(StringRef name) {
    static llvm::sys::SmartMutex<true> mutex;
    static llvm::StringMap<std::unique_ptr<NamedResource>> resources;
    llvm::sys::SmartScopedLock<true> lock(mutex);
    std::unique_ptr<NamedResource> &slot = resources[name];
    if (!slot)
      slot = std::make_unique<NamedResource>(name);
    return slot.get();
  }

private:
  NamedResource(StringRef name, std::unique_ptr<SelfOwningTypeID> id)
      : Resource(*id), name(name), id(std::move(id)) {}

  std::string name;
  std::unique_ptr<SelfOwningTypeID> id;
};
} // namespace

static bool callsBack(const plumb_intr_row &row) {
  return row.flags & (PLUMB_INTR_ROW_CALLS_BACK | PLUMB_INTR_ROW_BLOCKS);
}

void plumb::intr::detail::getIntrinsicEffects(
    const plumb_intr_row *row,
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>>
        &effects) {
  // A callback, and an intrinsic that nobody knows, may do anything.
  if (!row || callsBack(*row)) {
    effects.emplace_back(MemoryEffects::Read::get());
    effects.emplace_back(MemoryEffects::Write::get());
  }
  if (!row)
    return;
  for (const plumb_intr_effect &effect :
       ArrayRef(row->effects, row->num_effects)) {
    SideEffects::Resource *resource = NamedResource::get(effect.resource);
    if (effect.reads)
      effects.emplace_back(MemoryEffects::Read::get(), resource);
    if (effect.writes)
      effects.emplace_back(MemoryEffects::Write::get(), resource);
  }
}

Speculation::Speculatability
plumb::intr::detail::getIntrinsicSpeculatability(const plumb_intr_row *row) {
  return row && !row->num_effects && !callsBack(*row)
             ? Speculation::Speculatable
             : Speculation::NotSpeculatable;
}

//===----------------------------------------------------------------------===//
// Verification
//===----------------------------------------------------------------------===//

/// "'clock.set' takes 1 operand (time: i64), but got 2".
static LogicalResult verifyOperands(Operation *op, const plumb_intr_row &row) {
  unsigned expected = numOperands(row);
  if (op->getNumOperands() != expected)
    return op->emitOpError("'")
           << row.name << "' takes " << expected << " operand"
           << (expected == 1 ? " " : "s ") << describeOperands(row)
           << ", but got " << op->getNumOperands();
  unsigned index = 0;
  for (const plumb_intr_param &p : ArrayRef(row.params, row.num_params)) {
    if (!p.type)
      continue;
    Type actual = op->getOperand(index++).getType();
    if (actual != getType(op->getContext(), *p.type))
      return op->emitOpError("parameter '")
             << p.name << "' of '" << row.name << "' has type '" << p.type->mlir
             << "', but the operand has type " << actual;
  }
  return success();
}

static LogicalResult verifyResult(Operation *op, const plumb_intr_row &row) {
  bool matches = row.result ? op->getNumResults() == 1 &&
                                  op->getResult(0).getType() ==
                                      getType(op->getContext(), *row.result)
                            : op->getNumResults() == 0;
  if (matches)
    return success();
  InFlightDiagnostic diag = op->emitOpError("'");
  diag << row.name << "' returns "
       << (row.result ? Twine("'") + row.result->mlir + "'" : Twine("nothing"))
       << ", but the op has result";
  if (op->getNumResults() == 1)
    return diag << " type " << op->getResult(0).getType();
  return diag << " types (" << op->getResultTypes() << ")";
}

LogicalResult plumb::intr::detail::verifyIntrinsic(Operation *op) {
  const plumb_intr_row *row = cast<IntrinsicOpInterface>(op).getIntrinsic();
  if (!row) {
    auto name = op->getAttrOfType<StringAttr>("callee");
    StringRef text = name ? name.getValue() : op->getName().getStringRef();
    return op->emitOpError("no loaded family has an intrinsic '")
           << text << "'" << didYouMean(Registry::get().nearestNames(text));
  }
  if (failed(verifyOperands(op, *row)) || failed(verifyResult(op, *row)))
    return failure();
  for (const plumb_intr_param &p : ArrayRef(row->params, row->num_params)) {
    if (!p.callback)
      continue;
    Attribute attr = op->getAttr(p.name);
    if (attr ? !isa<FlatSymbolRefAttr>(attr) : !p.is_optional)
      return op->emitOpError("requires attribute '")
             << p.name << "', the symbol of a function with type '"
             << describeType(*p.callback) << "'";
  }
  return success();
}

LogicalResult plumb::intr::verifyCallback(Operation *op,
                                          const plumb_intr_row &row,
                                          const plumb_intr_param &param,
                                          FlatSymbolRefAttr symbol,
                                          SymbolTableCollection &symbolTable) {
  auto emitError = [&] {
    return op->emitOpError("callback '")
           << param.name << "' of '" << row.name << "': ";
  };
  auto function = symbolTable.lookupNearestSymbolFrom<FunctionOpInterface>(
      op, symbol.getAttr());
  if (!function)
    return emitError() << "this module has no function " << symbol;
  FunctionType expected = getFunctionType(op->getContext(), *param.callback);
  if (function.getFunctionType() == expected)
    return success();
  InFlightDiagnostic diag = emitError();
  diag << "function " << symbol << " has type " << function.getFunctionType()
       << ", but the record says '" << describeType(*param.callback) << "'";
  diag.attachNote(function.getLoc()) << "the function is here";
  return diag;
}

LogicalResult
plumb::intr::detail::verifyCallbacks(Operation *op,
                                     SymbolTableCollection &symbolTable) {
  const plumb_intr_row *row = cast<IntrinsicOpInterface>(op).getIntrinsic();
  bool failedAny = false;
  for (const plumb_intr_param &p : ArrayRef(row->params, row->num_params))
    if (p.callback)
      if (auto symbol = op->getAttrOfType<FlatSymbolRefAttr>(p.name))
        failedAny |= failed(verifyCallback(op, *row, p, symbol, symbolTable));
  return failure(failedAny);
}
