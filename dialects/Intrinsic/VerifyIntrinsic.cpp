//===- VerifyIntrinsic.cpp - Calls against their rows ---------------------===//

#include "dialects/Intrinsic/Options.h"
#include "dialects/Intrinsic/VerifyOptions.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "plumb/Intrinsic/IntrinsicDialect.h"
#include "plumb/Intrinsic/TypeBindings.h"
#include "plumb/Model/Views.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace plumb;
using namespace plumb::intr;

/// "'clock.set' takes 1 operand (time: i64), but got 2".
static LogicalResult verifyOperands(Operation *op, const plumb_intr_row &row,
                                    TypeBindings &bindings) {
  unsigned expected = numOperands(row);
  unsigned actual = op->getNumOperands() - numEnvironments(op, row);
  if (isVariadic(row) ? actual < expected : actual != expected)
    return op->emitOpError("'")
           << row.name << "' takes " << expected
           << (isVariadic(row) ? " or more" : "") << " operand"
           << (expected == 1 ? " " : "s ") << describeOperands(row)
           << ", but got " << actual;
  unsigned index = 0;
  for (const plumb_intr_param &p : ArrayRef(row.params, row.num_params)) {
    if (!isOperand(p))
      continue;
    Value operand = op->getOperand(index++);
    std::string wrong;
    if (!bindings.unify(*p.type, operand.getType(),
                        Twine("parameter '") + p.name + "'", wrong))
      return wrong.empty() ? op->emitOpError("parameter '")
                                 << p.name << "' of '" << row.name
                                 << "' has type '" << p.type->mlir
                                 << "', but the operand has type "
                                 << operand.getType()
                           : op->emitOpError(wrong);
    if ((p.type->arg_attrs & PLUMB_INTR_ATTR_NONNULL) &&
        operand.getDefiningOp<NullOp>() &&
        model::infoOf(*p.type)->may(model::MayBeNull))
      return op->emitOpError("parameter '")
             << p.name << "' of '" << row.name
             << "' is never null, but the operand is intr.null";
    if (auto constant = operand.getDefiningOp<ConstantOp>())
      if (size_t at = constant.getValue().find('\0');
          at != StringRef::npos &&
          model::kindOf(p.type) == model::Kind::CString)
        return op->emitOpError("parameter '")
               << p.name << "' of '" << row.name
               << "' is a C string, which ends at the first zero byte, but the "
                  "text has one at byte "
               << at;
  }
  for (Value operand : op->getOperands().slice(index, actual - index))
    if (!isVariadicOperandType(operand.getType()))
      return op->emitOpError("'")
             << row.name << "' takes no variadic operand of type "
             << operand.getType()
             << "; it takes integers of 8 to 64 bits and i1, f32, f64, "
                "handles, !intr.ptr, !intr.slot and !intr.str";
  return success();
}

static LogicalResult verifyResults(Operation *op, const plumb_intr_row &row,
                                   TypeBindings &bindings) {
  auto expected = resultTypes(row);
  bool matches = op->getNumResults() == expected.size();
  std::string wrong;
  if (matches)
    for (auto [type, result] : llvm::zip(expected, op->getResults()))
      matches &= bindings.unify(*type, result.getType(), "the result", wrong);
  if (matches)
    return success();
  if (!wrong.empty())
    return op->emitOpError(wrong);
  InFlightDiagnostic diag = op->emitOpError("'");
  diag << row.name << "' returns "
       << (expected.empty() ? std::string("nothing")
                            : "'" + describeResults(row) + "'")
       << ", but the op has result";
  if (op->getNumResults() == 1)
    return diag << " type " << op->getResult(0).getType();
  return diag << " types (" << op->getResultTypes() << ")";
}

//===----------------------------------------------------------------------===//
// Options
//===----------------------------------------------------------------------===//

static bool isValueOf(const plumb_intr_option &option, Attribute value) {
  if (option.kind == PLUMB_INTR_OPTION_INTEGER) {
    auto number = dyn_cast<IntegerAttr>(value);
    if (!number || number.getType().isInteger(1) ||
        !number.getType().isSignlessIntOrIndex() ||
        !number.getValue().isSignedIntN(64))
      return false;
    int64_t got = number.getValue().getSExtValue();
    return got >= option.min && got <= option.max;
  }
  auto text = dyn_cast<StringAttr>(value);
  // What an environment variable could not hold either.
  return text && !text.getValue().contains('\0') &&
         (option.kind == PLUMB_INTR_OPTION_TEXT ||
          isChoice(option, text.getValue()));
}

LogicalResult
plumb::intr::verifyOptionValues(const plumb_intr_row &row, StringRef called,
                                const plumb_intr_param &param, Attribute given,
                                function_ref<InFlightDiagnostic()> emitError) {
  auto dictionary = dyn_cast<DictionaryAttr>(given);
  if (!dictionary)
    return emitError() << "'" << param.name << "' of '" << called
                       << "' is a dictionary of options, not " << given;
  bool failedAny = false;
  for (NamedAttribute entry : dictionary) {
    const plumb_intr_option *option =
        findOption(*row.family, entry.getName().getValue());
    if (option && isValueOf(*option, entry.getValue()))
      continue;
    failedAny = true;
    if (option)
      emitError() << "option '" << option->name << "' is " << entry.getValue()
                  << ", but it must be " << describeValues(*option)
                  << (option->kind == PLUMB_INTR_OPTION_INTEGER
                          ? ""
                          : ", as a string");
    else
      emitError() << noOption(*row.family, entry.getName().getValue());
  }
  return failure(failedAny);
}

static StringRef nameFor(Operation *op, const plumb_intr_row &row) {
  return isa<IntrinsicOpInterface>(op) ? row.name : row.source_name;
}

LogicalResult plumb::intr::verifyOptions(Operation *op,
                                         const plumb_intr_row &row) {
  bool failedAny = false;
  for (const plumb_intr_param &p : ArrayRef(row.params, row.num_params))
    if (p.passing == PLUMB_INTR_PASS_OPTIONS)
      if (Attribute given = op->getAttr(p.name))
        failedAny |=
            failed(verifyOptionValues(row, nameFor(op, row), p, given,
                                      [&] { return op->emitOpError(); }));
  failedAny |= failed(verifyOptionNames(op, row));
  return failure(failedAny);
}

LogicalResult plumb::intr::verifyOptionNames(Operation *op,
                                             const plumb_intr_row &row) {
  SmallVector<StringRef> names;
  for (const plumb_intr_param &p : ArrayRef(row.params, row.num_params))
    if (p.passing == PLUMB_INTR_PASS_OPTIONS)
      names.push_back(p.name);
  if (names.empty())
    return success();
  bool failedAny = false;
  for (NamedAttribute attr : op->getDiscardableAttrs()) {
    StringRef name = attr.getName().getValue();
    if (!isa<DictionaryAttr>(attr.getValue()) || name.contains('.') ||
        llvm::is_contained(names, name))
      continue;
    failedAny = true;
    op->emitOpError("'") << nameFor(op, row) << "' has no dictionary '" << name
                         << "'; its options are in '" << names.front() << "'";
  }
  return failure(failedAny);
}

//===----------------------------------------------------------------------===//
// Calls and callbacks
//===----------------------------------------------------------------------===//

LogicalResult plumb::intr::detail::verifyIntrinsic(Operation *op) {
  const plumb_intr_row *row = cast<IntrinsicOpInterface>(op).getIntrinsic();
  if (!row) {
    auto name = op->getAttrOfType<StringAttr>("callee");
    StringRef text = name ? name.getValue() : op->getName().getStringRef();
    return op->emitOpError("no loaded family has an intrinsic '")
           << text << "'"
           << didYouMean(getRegistry(op->getContext()).nearestNames(text));
  }
  if ((model::takesCallback(*row) || isa<CallOp>(op)) &&
      failed(verifyEnvironments(op, *row)))
    return failure();
  TypeBindings bindings(*row);
  if (failed(verifyOperands(op, *row, bindings)) ||
      failed(verifyResults(op, *row, bindings)))
    return failure();
  if (failed(verifyOptions(op, *row)))
    return failure();
  for (const plumb_intr_param &p : ArrayRef(row->params, row->num_params)) {
    if (!p.callback)
      continue;
    Attribute attr = op->getAttr(p.name);
    if (attr ? !isa<FlatSymbolRefAttr>(attr) : !p.is_optional)
      return op->emitOpError("requires attribute '")
             << p.name << "', the symbol of a function with type '"
             << describeType(*row, p) << "'";
  }
  return success();
}

/// Whether a value of the record's type has `type` once it is lowered.
static bool isLowered(Type own, const plumb_intr_type &record, Type type) {
  if (record.llvm == PLUMB_INTR_LLVM_PTR && !isa<SlotType>(own))
    return type.getAbstractType().getName() == "llvm.ptr";
  return isa<SlotType, StatusType, CountType>(own) ? type.isSignlessInteger(64)
                                                   : type == own;
}

/// Whether an llvm.func is what a function of the expected type is lowered to.
static bool isLowered(FunctionType expected, FunctionOpInterface function,
                      const plumb_intr_callback &callback) {
  ArrayRef<Type> params = function.getArgumentTypes(),
                 results = function.getResultTypes();
  if (results.size() == 1 &&
      results.front().getAbstractType().getName() == "llvm.void")
    results = {};
  if (params.size() != expected.getNumInputs() ||
      results.size() != expected.getNumResults())
    return false;
  // An environment, which no record has, is a slot.
  if (params.size() > callback.num_params &&
      !params.back().isSignlessInteger(64))
    return false;
  for (auto [own, record, type] :
       llvm::zip(expected.getInputs(), model::params(callback), params))
    if (!isLowered(own, *record.type, type))
      return false;
  return results.empty() ||
         isLowered(expected.getResult(0), *callback.result, results.front());
}

LogicalResult plumb::intr::verifyCallback(Operation *op,
                                          const plumb_intr_row &row,
                                          const plumb_intr_param &param,
                                          FlatSymbolRefAttr symbol,
                                          SymbolTableCollection &symbolTable,
                                          bool withEnvironment) {
  auto emitError = [&] {
    return op->emitOpError("callback '")
           << param.name << "' of '" << row.name << "': ";
  };
  auto function = symbolTable.lookupNearestSymbolFrom<FunctionOpInterface>(
      op, symbol.getAttr());
  if (!function)
    return emitError() << "this module has no function " << symbol;
  // Others are called in ways that a runtime does not know: as coroutines, on
  // other machines.
  StringRef kind = function->getName().getStringRef();
  if (kind != "func.func" && kind != "llvm.func") {
    InFlightDiagnostic diag = emitError();
    diag << "function " << symbol << " is of '" << kind
         << "', but a runtime calls only what is of func.func or llvm.func";
    diag.attachNote(function.getLoc()) << "the function is here";
    return diag;
  }
  auto hasTypeOf = [&](bool environment) {
    FunctionType expected =
        getFunctionType(op->getContext(), row, param, environment);
    return function.getFunctionType() == expected ||
           (kind == "llvm.func" &&
            isLowered(expected, function, *param.callback));
  };
  if (hasTypeOf(withEnvironment))
    return success();
  InFlightDiagnostic diag = emitError();
  diag << "function " << symbol << " has type " << function.getFunctionType()
       << ", but the record says '"
       << (withEnvironment
               ? model::describeType(*param.callback, /*withEnvironment=*/true)
               : describeType(row, param))
       << "'";
  if (withEnvironment)
    diag << (hasTypeOf(false)
                 ? "; the function takes no environment, so give none"
                 : " for one with an environment");
  else if (param.passing == PLUMB_INTR_PASS_CALLBACK && hasTypeOf(true))
    diag << "; give it the environment that it takes: env(" << param.name
         << " = %value)";
  diag.attachNote(function.getLoc()) << "the function is here";
  return diag;
}

LogicalResult FunctionOp::verify() {
  const Registry &registry = getRegistry(getContext());
  if (registry.lookupCallback(getCallback())) {
    auto pointer = dyn_cast<PointerType>(getType());
    if (!pointer || pointer.getPointee().empty() ||
        pointer.getPointee() == getCallback())
      return success();
    return emitOpError("makes a function of callback '")
           << getCallback() << "', not a " << getType();
  }
  SmallVector<std::string> names;
  for (const plumb_intr_family *family : registry.families())
    for (const plumb_intr_callback *callback : model::callbacks(*family))
      names.push_back(std::string(family->name) + "." + callback->name);
  SmallVector<StringRef> candidates(names.begin(), names.end());
  return emitOpError("no loaded family has a callback '")
         << getCallback() << "'"
         << didYouMean(nearest(candidates, getCallback()));
}

LogicalResult FunctionOp::verifySymbolUses(SymbolTableCollection &symbolTable) {
  const plumb_intr_callback *callback =
      getRegistry(getContext()).lookupCallback(getCallback());
  if (!callback) // said by the verifier
    return success();
  auto function = symbolTable.lookupNearestSymbolFrom<FunctionOpInterface>(
      *this, getFunctionAttr().getAttr());
  StringRef kind = function ? function->getName().getStringRef() : StringRef();
  if (kind != "func.func" && kind != "llvm.func")
    return emitOpError("callback '")
           << getCallback() << "': this module has no function "
           << getFunctionAttr() << " of func.func or llvm.func";
  bool withEnvironment = model::hasEnvironment(*callback);
  FunctionType expected =
      getFunctionType(getContext(), *callback, withEnvironment);
  if (function.getFunctionType() == expected ||
      (kind == "llvm.func" && isLowered(expected, function, *callback)))
    return success();
  InFlightDiagnostic diag = emitOpError("callback '");
  diag << getCallback() << "': function " << getFunctionAttr() << " has type "
       << function.getFunctionType() << ", but the record says '"
       << describeType(*callback, withEnvironment) << "'";
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
        failedAny |=
            failed(verifyCallback(op, *row, p, symbol, symbolTable,
                                  environmentOperand(op, p).has_value()));
  return failure(failedAny);
}
