//===- BuildCalls.cpp - Calls, intrinsics and ends of blocks --------------===//

#include "Impl.h"
#include "mlir/AsmParser/AsmParser.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "plumb/Intrinsic/CallBuilder.h"
#include "plumb/Intrinsic/IntrinsicDialect.h"
#include "plumb/Intrinsic/Registry.h"
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

/// False after a misuse.
static bool addArguments(PlumbModule *module, const char *caller,
                         const plumb_intr_row &row,
                         llvm::ArrayRef<PlumbArgument> arguments,
                         plumb::intr::CallBuilder &call) {
  SmallVector<const plumb_intr_param *> params;
  for (const plumb_intr_param &p : llvm::ArrayRef(row.params, row.num_params))
    if (p.passing != PLUMB_INTR_PASS_OUT)
      params.push_back(&p);
  for (auto [index, given] : llvm::enumerate(arguments)) {
    plumb::intr::CallArgument argument;
    if (given.function)
      argument.function =
          FlatSymbolRefAttr::get(&module->state->mlir, given.function);
    if (given.options) {
      argument.options = parseDictionary(module, caller, given.options);
      if (!argument.options)
        return false;
    }
    // A number that is none is a misuse, but for what takes no value.
    const plumb_intr_param *param =
        index < params.size() ? params[index] : nullptr;
    bool isOptions = param && param->passing == PLUMB_INTR_PASS_OPTIONS;
    bool takesNone = isOptions || (param && param->callback);
    if (!given.options && (given.value.id || !(given.function || takesNone))) {
      Value value = module->use(caller, given.value);
      if (!value)
        return false;
      (given.function ? argument.environment : argument.value) = value;
    }
    if (isOptions)
      call.addOptions(*param, argument);
    else
      call.addArgument(argument);
  }
  return true;
}

PlumbStatus plumbBuildIntrinsic(PlumbModule *module, const char *name,
                                const PlumbArgument *arguments,
                                size_t num_arguments, PlumbValue *results,
                                size_t num_results) {
  return plumbBuildGenericIntrinsic(module, name, nullptr, 0, arguments,
                                    num_arguments, results, num_results);
}

PlumbStatus
plumbBuildGenericIntrinsic(PlumbModule *module, const char *name,
                           const PlumbType *variables, size_t num_variables,
                           const PlumbArgument *arguments, size_t num_arguments,
                           PlumbValue *results, size_t num_results) {
  constexpr const char *caller = "plumbBuildIntrinsic";
  auto copy = copyOf(arguments, num_arguments);
  if (results)
    std::fill_n(results, num_results, PlumbValue());
  if (!module || !module->canBuild(caller))
    return PLUMB_STATUS_MISUSE;
  if (!name || (num_arguments && !arguments) || (num_variables && !variables))
    return module->misuse(caller, "name and arguments must not be null");
  const auto &registry = plumb::intr::getRegistry(&module->state->mlir);
  const plumb_intr_row *row = registry.lookupSourceName(name);
  if (!row)
    row = registry.lookup(name);
  if (!row)
    return module->fail(
        PLUMB_STATUS_NOT_FOUND,
        "unknown intrinsic '" + llvm::Twine(name) + "'" +
            plumb::intr::didYouMean(registry.nearestSourceNames(name)));
  module->state->mlir.getOrLoadDialect(row->family->name);
  plumb::intr::CallBuilder call(&module->state->mlir, *row);
  if (num_variables > row->num_variables)
    return module->misuse(
        caller, "'" + llvm::Twine(row->source_name) + "' has " +
                    llvm::Twine(row->num_variables) + " type variables");
  for (auto [index, type] :
       llvm::enumerate(llvm::ArrayRef(variables, num_variables))) {
    SmallVector<Type> found;
    if (!type.id)
      continue;
    if (!module->typesOf(caller, &type, 1, found))
      return PLUMB_STATUS_MISUSE;
    call.setVariable(index, found.front());
  }
  if (!addArguments(module, caller, *row, copy, call) ||
      failed(call.check([&] { return emitError(module->loc); })))
    return PLUMB_STATUS_PROGRAM;
  return module->giveAll(caller, call.create(module->builder, module->loc),
                         results, num_results);
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
