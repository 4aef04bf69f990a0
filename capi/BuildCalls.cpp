//===- BuildCalls.cpp - Calls, intrinsics and ends of blocks --------------===//

#include "Impl.h"
#include "dialects/Intrinsic/Registry.h"
#include "mlir/AsmParser/AsmParser.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "plumb/Model/Kinds.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace plumb::capi;

/// A copy of the caller's array, made before its results are cleared: both may
/// be one array.
template <typename T> static SmallVector<T> copyOf(const T *items, size_t num) {
  return items ? SmallVector<T>(items, items + num) : SmallVector<T>();
}

/// Compares values with the types that `what` takes, and tells all
/// differences.
static bool checkTypes(PlumbModule *module, const llvm::Twine &what,
                       TypeRange expected, ValueRange actual) {
  if (expected.size() != actual.size()) {
    module->fail(PLUMB_STATUS_PROGRAM,
                 what + " takes " + llvm::Twine(expected.size()) +
                     " values, but " + llvm::Twine(actual.size()) +
                     " are passed");
    return false;
  }
  bool same = true;
  for (auto [index, type, value] : llvm::enumerate(expected, actual))
    if (type != value.getType()) {
      emitError(module->loc)
          << "value " << index << " of " << what.str() << " has type " << type
          << ", but " << value.getType() << " is passed";
      same = false;
    }
  return same;
}

PlumbStatus plumbBuildCall(PlumbModule *module, PlumbFunction function,
                           const PlumbValue *arguments, size_t num_arguments,
                           PlumbValue *results, size_t num_results) {
  auto copy = copyOf(arguments, num_arguments);
  if (results)
    std::fill_n(results, num_results, PlumbValue());
  if (!module || !module->canBuild(__func__))
    return PLUMB_STATUS_MISUSE;
  func::FuncOp found = module->functions.lookup(function.id);
  if (!found)
    return module->misuse(__func__, "the function is not one of this module");
  SmallVector<Value> values;
  if (!module->useAll(__func__, arguments ? copy.data() : nullptr,
                      num_arguments, values))
    return PLUMB_STATUS_MISUSE;
  if (!checkTypes(module, "function '" + found.getSymName() + "'",
                  found.getArgumentTypes(), values))
    return PLUMB_STATUS_PROGRAM;
  return module->giveAll(
      __func__,
      func::CallOp::create(module->builder, module->loc, found, values),
      results, num_results);
}

/// Null after an error.
static DictionaryAttr parseDictionary(PlumbModule *module, const char *caller,
                                      const char *text) {
  std::string why = whyTooDeep(text);
  DictionaryAttr parsed;
  if (why.empty())
    parsed = dyn_cast_or_null<DictionaryAttr>(
        parseAttribute(text, &module->state->mlir));
  if (!parsed)
    module->misuse(caller, "the attributes are no MLIR dictionary such as "
                           "`{name = \"text\"}`" +
                               llvm::Twine(why.empty() ? "" : "; ") + why);
  return parsed;
}

namespace {
/// One call of an intrinsic, from its arguments to the operation.
class IntrinsicCall {
public:
  IntrinsicCall(PlumbModule *module, const plumb_intr_row &row)
      : module(module), row(row), state(module->loc, row.name) {}

  bool add(llvm::ArrayRef<PlumbArgument> arguments);
  Operation *create();

private:
  bool addValue(const char *name, const plumb_intr_type *type,
                const PlumbArgument &argument);
  bool addCallback(const plumb_intr_param &param,
                   const PlumbArgument &argument);
  bool addOptions(const plumb_intr_param &param, const PlumbArgument &argument);
  InFlightDiagnostic error() { return emitError(module->loc); }

  PlumbModule *module;
  const plumb_intr_row &row;
  OperationState state;
};
} // namespace

bool IntrinsicCall::addValue(const char *name, const plumb_intr_type *type,
                             const PlumbArgument &argument) {
  if (argument.function || argument.options) {
    error() << "argument '" << name << "' of '" << row.source_name
            << "' is a value, but "
            << (argument.function ? "a function is passed"
                                  : "options are passed");
    return false;
  }
  Value value = module->use("plumbBuildIntrinsic", argument.value);
  if (!value)
    return false;
  state.addOperands(value);
  if (!type) {
    if (plumb::intr::isVariadicOperandType(value.getType()))
      return true;
    error() << "'" << row.source_name << "' takes no further argument of type "
            << value.getType();
    return false;
  }
  if (value.getType() == plumb::intr::getType(&module->state->mlir, *type))
    return true;
  auto diag = error() << "argument '" << name << "' of '" << row.source_name
                      << "' has type '" << type->mlir << "', but "
                      << value.getType() << " is passed";
  if (plumb::model::kindOf(type) == plumb::model::Kind::Handle)
    diag << "; a handle comes only from the runtime";
  return false;
}

bool IntrinsicCall::addCallback(const plumb_intr_param &param,
                                const PlumbArgument &argument) {
  if (argument.function) {
    state.addAttribute(param.name, FlatSymbolRefAttr::get(&module->state->mlir,
                                                          argument.function));
    return true;
  }
  if (param.is_optional && !argument.value.id && !argument.options)
    return true;
  error() << "argument '" << param.name << "' of '" << row.source_name
          << "' is a callback with type '"
          << plumb::intr::describeType(row, param)
          << "'; pass a function by its name";
  return false;
}

bool IntrinsicCall::addOptions(const plumb_intr_param &param,
                               const PlumbArgument &argument) {
  if (argument.function || argument.value.id) {
    error() << "argument '" << param.name << "' of '" << row.source_name
            << "' is options, but a "
            << (argument.function ? "function" : "value") << " is passed";
    return false;
  }
  if (!argument.options)
    return true;
  auto options =
      parseDictionary(module, "plumbBuildIntrinsic", argument.options);
  if (!options)
    return false;
  state.addAttribute(param.name, options);
  return true;
}

bool IntrinsicCall::add(llvm::ArrayRef<PlumbArgument> arguments) {
  SmallVector<const plumb_intr_param *> params;
  for (const plumb_intr_param &p : llvm::ArrayRef(row.params, row.num_params))
    if (p.passing != PLUMB_INTR_PASS_OUT)
      params.push_back(&p);
  size_t required = params.size();
  while (required && params[required - 1]->is_optional)
    --required;
  if (arguments.size() < required ||
      (arguments.size() > params.size() && !plumb::intr::isVariadic(row))) {
    error() << plumb::intr::describeSignature(row) << " takes "
            << (required == params.size() ? "" : "at least ") << required
            << (required == 1 ? " argument" : " arguments") << ", but "
            << arguments.size() << " are passed";
    return false;
  }
  bool good = true;
  for (auto [index, argument] : llvm::enumerate(arguments)) {
    const plumb_intr_param *param =
        index < params.size() ? params[index] : nullptr;
    if (param && param->callback)
      good &= addCallback(*param, argument);
    else if (param && param->passing == PLUMB_INTR_PASS_OPTIONS)
      good &= addOptions(*param, argument);
    else
      good &= addValue(param ? param->name : "...",
                       param ? param->type : nullptr, argument);
  }
  return good;
}

Operation *IntrinsicCall::create() {
  MLIRContext *context = &module->state->mlir;
  auto name = RegisteredOperationName::lookup(row.name, context);
  if (!name) {
    state.name =
        OperationName(plumb::intr::CallOp::getOperationName(), context);
    state.addAttribute("callee", module->builder.getStringAttr(row.name));
  }
  for (const plumb_intr_type *type : plumb::intr::resultTypes(row))
    state.addTypes(plumb::intr::getType(context, *type));
  return module->builder.create(state);
}

PlumbStatus plumbBuildIntrinsic(PlumbModule *module, const char *name,
                                const PlumbArgument *arguments,
                                size_t num_arguments, PlumbValue *results,
                                size_t num_results) {
  auto copy = copyOf(arguments, num_arguments);
  if (results)
    std::fill_n(results, num_results, PlumbValue());
  if (!module || !module->canBuild(__func__))
    return PLUMB_STATUS_MISUSE;
  if (!name || (num_arguments && !arguments))
    return module->misuse(__func__, "name and arguments must not be null");
  const plumb_intr_row *row = plumbFindIntrinsic(name);
  if (!row)
    return module->fail(
        PLUMB_STATUS_NOT_FOUND,
        "unknown intrinsic '" + llvm::Twine(name) + "'" +
            plumb::intr::didYouMean(
                plumb::intr::Registry::get().nearestSourceNames(name)));
  module->state->mlir.getOrLoadDialect(row->family->name);
  IntrinsicCall call(module, *row);
  if (!call.add(copy))
    return PLUMB_STATUS_PROGRAM;
  Operation *made = call.create();
  if (failed(plumb::intr::verifyOptions(made, *row))) {
    made->erase();
    return PLUMB_STATUS_PROGRAM;
  }
  return module->giveAll(__func__, made, results, num_results);
}

PlumbStatus plumbBuildOperation(PlumbModule *module, const char *name,
                                const char *attributes,
                                const PlumbValue *operands, size_t num_operands,
                                const PlumbType *types, PlumbValue *results,
                                size_t num_results) {
  auto copy = copyOf(operands, num_operands);
  if (results)
    std::fill_n(results, num_results, PlumbValue());
  if (!module || !module->canBuild(__func__))
    return PLUMB_STATUS_MISUSE;
  if (!name)
    return module->misuse(__func__, "name must not be null");
  MLIRContext *context = &module->state->mlir;
  auto known = RegisteredOperationName::lookup(name, context);
  if (!known)
    return module->fail(PLUMB_STATUS_NOT_FOUND,
                        "there is no operation '" + llvm::Twine(name) + "'");
  // A module's or function's: this makes straight-line code only.
  if (known->hasTrait<OpTrait::IsTerminator>() ||
      known->hasTrait<OpTrait::SymbolTable>())
    return module->misuse(__func__, "operation '" + llvm::Twine(name) +
                                        "' cannot be built by its name");
  OperationState state(module->loc, name);
  SmallVector<Type> resultTypes;
  if (!module->useAll(__func__, operands ? copy.data() : nullptr, num_operands,
                      state.operands) ||
      !module->typesOf(__func__, types, num_results, resultTypes))
    return PLUMB_STATUS_MISUSE;
  state.addTypes(resultTypes);
  if (attributes) {
    DictionaryAttr parsed = parseDictionary(module, __func__, attributes);
    if (!parsed)
      return PLUMB_STATUS_MISUSE;
    state.addAttributes(parsed.getValue());
  }
  return module->giveAll(__func__, module->builder.create(state), results,
                         results ? num_results : 0);
}

/// A block of the function that is being built; null after an error.
static Block *targetOf(PlumbModule *module, const char *caller, PlumbBlock id) {
  Block *block = module->blocks.lookup(id.id);
  const char *why = nullptr;
  if (!block)
    why = "the target is not a block of this module";
  else if (block->getParent() != module->block->getParent())
    why = "the target is a block of another function";
  else if (block->isEntryBlock())
    why = "the entry block cannot be a target";
  if (why)
    module->misuse(caller, why);
  return why ? nullptr : block;
}

static PlumbStatus useForBlock(PlumbModule *module, const char *caller,
                               Block *block, const PlumbValue *values,
                               size_t num, SmallVectorImpl<Value> &found) {
  if (!module->useAll(caller, values, num, found))
    return PLUMB_STATUS_MISUSE;
  return checkTypes(module, "the target block", block->getArgumentTypes(),
                    found)
             ? PLUMB_STATUS_OK
             : PLUMB_STATUS_PROGRAM;
}

PlumbStatus plumbBuildReturn(PlumbModule *module, const PlumbValue *values,
                             size_t num_values) {
  if (!module || !module->canBuild(__func__))
    return PLUMB_STATUS_MISUSE;
  SmallVector<Value> found;
  if (!module->useAll(__func__, values, num_values, found))
    return PLUMB_STATUS_MISUSE;
  auto function = dyn_cast<func::FuncOp>(module->block->getParentOp());
  if (!function)
    return module->misuse(__func__, "the chosen block is not a function's");
  if (!checkTypes(module, "the result of '" + function.getSymName() + "'",
                  function.getResultTypes(), found))
    return PLUMB_STATUS_PROGRAM;
  func::ReturnOp::create(module->builder, module->loc, found);
  return PLUMB_STATUS_OK;
}

PlumbStatus plumbBuildBranch(PlumbModule *module, PlumbBlock target,
                             const PlumbValue *values, size_t num_values) {
  if (!module || !module->canBuild(__func__))
    return PLUMB_STATUS_MISUSE;
  Block *block = targetOf(module, __func__, target);
  SmallVector<Value> found;
  if (!block)
    return PLUMB_STATUS_MISUSE;
  PlumbStatus status =
      useForBlock(module, __func__, block, values, num_values, found);
  if (status != PLUMB_STATUS_OK)
    return status;
  cf::BranchOp::create(module->builder, module->loc, block, found);
  return PLUMB_STATUS_OK;
}

PlumbStatus plumbBuildCondBranch(PlumbModule *module, PlumbValue condition,
                                 PlumbBlock yes, const PlumbValue *yes_values,
                                 size_t num_yes_values, PlumbBlock no,
                                 const PlumbValue *no_values,
                                 size_t num_no_values) {
  if (!module || !module->canBuild(__func__))
    return PLUMB_STATUS_MISUSE;
  Value test = module->use(__func__, condition);
  Block *first = test ? targetOf(module, __func__, yes) : nullptr;
  Block *second = first ? targetOf(module, __func__, no) : nullptr;
  if (!second)
    return PLUMB_STATUS_MISUSE;
  if (!test.getType().isInteger(1)) {
    emitError(module->loc) << "a condition is an i1, not " << test.getType();
    return PLUMB_STATUS_PROGRAM;
  }
  SmallVector<Value> toFirst, toSecond;
  PlumbStatus status =
      useForBlock(module, __func__, first, yes_values, num_yes_values, toFirst);
  if (status == PLUMB_STATUS_OK)
    status = useForBlock(module, __func__, second, no_values, num_no_values,
                         toSecond);
  if (status != PLUMB_STATUS_OK)
    return status;
  cf::CondBranchOp::create(module->builder, module->loc, test, first, toFirst,
                           second, toSecond);
  return PLUMB_STATUS_OK;
}
