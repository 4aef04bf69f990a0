//===- Build.cpp - Functions, blocks and what builders share --------------===//

#include "Impl.h"
#include "mlir/IR/Verifier.h"
#include "plumb/Intrinsic/IntrinsicDialect.h"
#include "plumb/Intrinsic/Registry.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace plumb::capi;

bool PlumbModule::canBuild(const char *function) {
  if (!block)
    return misuse(function, "no block is chosen; call plumbSetBlock first"),
           false;
  if (!block->empty() && block->back().hasTrait<OpTrait::IsTerminator>())
    return misuse(function, "the chosen block has its end already; choose "
                            "another with plumbSetBlock"),
           false;
  return true;
}

Value PlumbModule::use(const char *function, PlumbValue id) {
  Value value = values.lookup(id.id);
  if (!value)
    return misuse(function, "the value is not one of this module"), Value();
  if (value.getParentRegion() != block->getParent())
    return misuse(function, "the value is one of another function"), Value();
  return value;
}

bool PlumbModule::useAll(const char *function, const PlumbValue *ids,
                         size_t num, SmallVectorImpl<Value> &found) {
  if (num && !ids)
    return misuse(function, "the values must not be null"), false;
  for (size_t i = 0; i < num; ++i) {
    found.push_back(use(function, ids[i]));
    if (!found.back())
      return false;
  }
  return true;
}

bool PlumbModule::typesOf(const char *function, const PlumbType *ids,
                          size_t num, SmallVectorImpl<Type> &found) {
  if (num && !ids)
    return misuse(function, "the types must not be null"), false;
  for (size_t i = 0; i < num; ++i) {
    found.push_back(state->lookup(ids[i]));
    if (!found.back())
      return misuse(function,
                    "type " + llvm::Twine(i) + " is not one of this context"),
             false;
  }
  return true;
}

PlumbStatus PlumbModule::give(Operation *made, PlumbValue *value) {
  if (value)
    value->id = idOf(made->getResult(0));
  return PLUMB_STATUS_OK;
}

PlumbStatus PlumbModule::giveAll(const char *function, Operation *made,
                                 PlumbValue *results, size_t num) {
  PlumbStatus status = PLUMB_STATUS_OK;
  if (failed(mlir::verify(made, /*verifyRecursively=*/false)))
    status = PLUMB_STATUS_PROGRAM;
  else if (num && (num != made->getNumResults() || !results))
    status =
        misuse(function, "there are " + llvm::Twine(made->getNumResults()) +
                             " results, but room for " + llvm::Twine(num));
  if (status != PLUMB_STATUS_OK) {
    made->erase();
    return status;
  }
  for (size_t i = 0; i < num; ++i)
    results[i].id = idOf(made->getResult(i));
  return PLUMB_STATUS_OK;
}

PlumbStatus plumbSetLocation(PlumbModule *module, const char *file,
                             uint32_t line, uint32_t column) {
  if (!module)
    return PLUMB_STATUS_MISUSE;
  StringRef name = file && *file ? StringRef(file) : StringRef(module->name);
  module->loc = FileLineColLoc::get(&module->state->mlir, name, line, column);
  return PLUMB_STATUS_OK;
}

PlumbStatus plumbAddFunction(PlumbModule *module, const char *name,
                             const PlumbType *params, size_t num_params,
                             const PlumbType *results, size_t num_results,
                             unsigned flags, PlumbFunction *function) {
  clear(function);
  if (!module)
    return PLUMB_STATUS_MISUSE;
  if (!name || !*name)
    return module->misuse(__func__, "the name must not be null or empty");
  const unsigned declares = PLUMB_FUNCTION_EXTERN | PLUMB_FUNCTION_BUILTIN;
  if (flags & ~(PLUMB_FUNCTION_PRIVATE | declares) ||
      (flags & declares) == declares)
    return module->misuse(__func__, "the flags do not go together");
  SmallVector<Type> inputs, outputs;
  if (!module->typesOf(__func__, params, num_params, inputs) ||
      !module->typesOf(__func__, results, num_results, outputs))
    return PLUMB_STATUS_MISUSE;
  std::string quoted = ("'" + llvm::Twine(name) + "'").str();
  if (module->symbols->lookup(name))
    return module->fail(PLUMB_STATUS_PROGRAM,
                        "there is a function " + quoted + " already");
  const auto &registry = plumb::intr::getRegistry(&module->state->mlir);
  bool isIntrinsic =
      registry.lookupSourceName(name) || registry.lookupSymbol(name);
  if (isIntrinsic && !(flags & PLUMB_FUNCTION_BUILTIN))
    return module->fail(PLUMB_STATUS_PROGRAM,
                        "function " + quoted + " has the name of an intrinsic");
  auto made = func::FuncOp::create(
      module->loc, name,
      FunctionType::get(&module->state->mlir, inputs, outputs));
  if (flags & (PLUMB_FUNCTION_PRIVATE | declares))
    made.setPrivate();
  if (flags & PLUMB_FUNCTION_EXTERN && StringRef(name).contains('.'))
    made->setAttr("intr.extern", module->builder.getUnitAttr());
  if (!(flags & declares))
    made.addEntryBlock();
  module->symbols->insert(made);
  if (function)
    function->id = module->functions.add(made);
  return PLUMB_STATUS_OK;
}

PlumbStatus plumbFindFunction(PlumbModule *module, const char *name,
                              PlumbFunction *function) {
  clear(function);
  if (!module)
    return PLUMB_STATUS_MISUSE;
  if (!name || !function)
    return module->misuse(__func__, "name and function must not be null");
  auto found = module->symbols->lookup<func::FuncOp>(name);
  if (!found)
    return module->fail(PLUMB_STATUS_NOT_FOUND,
                        "there is no function '" + llvm::Twine(name) + "'");
  function->id = module->functions.add(found);
  return PLUMB_STATUS_OK;
}

/// The function, if it has a body; null after an error.
static func::FuncOp bodyOf(PlumbModule *module, const char *caller,
                           PlumbFunction id) {
  func::FuncOp function = module->functions.lookup(id.id);
  if (!function)
    module->misuse(caller, "the function is not one of this module");
  else if (function.isExternal())
    module->misuse(caller, "function '" + function.getSymName() +
                               "' is only declared: it has no blocks");
  return function && !function.isExternal() ? function : func::FuncOp();
}

static PlumbStatus giveArgument(PlumbModule *module, const char *caller,
                                Block &block, size_t index, PlumbValue *value) {
  if (!value)
    return module->misuse(caller, "value must not be null");
  if (index >= block.getNumArguments())
    return module->misuse(caller, "there is no parameter " +
                                      llvm::Twine(index) + ", only " +
                                      llvm::Twine(block.getNumArguments()));
  value->id = module->idOf(block.getArgument(index));
  return PLUMB_STATUS_OK;
}

PlumbStatus plumbGetParameter(PlumbModule *module, PlumbFunction function,
                              size_t index, PlumbValue *value) {
  clear(value);
  if (!module)
    return PLUMB_STATUS_MISUSE;
  func::FuncOp found = bodyOf(module, __func__, function);
  return found ? giveArgument(module, __func__, found.front(), index, value)
               : PLUMB_STATUS_MISUSE;
}

PlumbStatus plumbGetEntryBlock(PlumbModule *module, PlumbFunction function,
                               PlumbBlock *block) {
  clear(block);
  if (!module)
    return PLUMB_STATUS_MISUSE;
  func::FuncOp found = bodyOf(module, __func__, function);
  if (!found)
    return PLUMB_STATUS_MISUSE;
  if (!block)
    return module->misuse(__func__, "block must not be null");
  block->id = module->blocks.add(&found.front());
  return PLUMB_STATUS_OK;
}

PlumbStatus plumbAddBlock(PlumbModule *module, PlumbFunction function,
                          const PlumbType *params, size_t num_params,
                          PlumbBlock *block) {
  clear(block);
  if (!module)
    return PLUMB_STATUS_MISUSE;
  func::FuncOp found = bodyOf(module, __func__, function);
  SmallVector<Type> types;
  if (!found || !module->typesOf(__func__, params, num_params, types))
    return PLUMB_STATUS_MISUSE;
  if (!block)
    return module->misuse(__func__, "block must not be null");
  Block *made = found.addBlock();
  for (Type type : types)
    made->addArgument(type, module->loc);
  block->id = module->blocks.add(made);
  return PLUMB_STATUS_OK;
}

PlumbStatus plumbGetBlockParameter(PlumbModule *module, PlumbBlock block,
                                   size_t index, PlumbValue *value) {
  clear(value);
  if (!module)
    return PLUMB_STATUS_MISUSE;
  Block *found = module->blocks.lookup(block.id);
  if (!found)
    return module->misuse(__func__, "the block is not one of this module");
  return giveArgument(module, __func__, *found, index, value);
}

PlumbStatus plumbSetBlock(PlumbModule *module, PlumbBlock block) {
  if (!module)
    return PLUMB_STATUS_MISUSE;
  module->block = module->blocks.lookup(block.id);
  if (!module->block)
    return module->misuse(__func__, "the block is not one of this module");
  module->builder.setInsertionPointToEnd(module->block);
  return PLUMB_STATUS_OK;
}

int plumbBlockIsEnded(PlumbModule *module) {
  return module && module->block && !module->block->empty() &&
         module->block->back().hasTrait<OpTrait::IsTerminator>();
}

PlumbStatus plumbGetValueType(PlumbModule *module, PlumbValue value,
                              PlumbType *type) {
  clear(type);
  if (!module)
    return PLUMB_STATUS_MISUSE;
  Value found = module->values.lookup(value.id);
  if (!found || !type)
    return module->misuse(
        __func__, "value must be one of this module, and type not null");
  type->id = module->state->idOf(found.getType());
  return PLUMB_STATUS_OK;
}
