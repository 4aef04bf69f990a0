//===- Families.cpp - Look-up of intrinsics -------------------------------===//

#include "Impl.h"
#include "plumb/Intrinsic/IntrinsicDialect.h"
#include "plumb/Model/Scheme.h"
#include "llvm/ADT/STLExtras.h"

using namespace plumb::capi;
using plumb::intr::Registry;

static const Registry &registry(PlumbContext *context) {
  static const Registry none;
  return context ? plumb::intr::getRegistry(&context->state->mlir) : none;
}

/// Whether a row is one of a loaded family: a front end may hand in its own.
static bool isLoaded(PlumbContext *context, const plumb_intr_row *row) {
  for (const plumb_intr_family *family : registry(context).families())
    if (!std::less<>()(row, family->rows) &&
        std::less<>()(row, family->rows + family->num_rows))
      return true;
  return false;
}

static llvm::SmallVector<const plumb_intr_param *>
argumentsOf(const plumb_intr_row *row) {
  llvm::SmallVector<const plumb_intr_param *> found;
  for (const plumb_intr_param &p : llvm::ArrayRef(row->params, row->num_params))
    if (p.passing != PLUMB_INTR_PASS_OUT)
      found.push_back(&p);
  return found;
}

size_t plumbNumFamilies(PlumbContext *context) {
  return registry(context).families().size();
}

const plumb_intr_family *plumbGetFamily(PlumbContext *context, size_t index) {
  auto families = registry(context).families();
  return index < families.size() ? families[index] : nullptr;
}

const plumb_intr_family *plumbFindFamily(PlumbContext *context,
                                         const char *name) {
  for (const plumb_intr_family *family : registry(context).families())
    if (name && llvm::StringRef(family->name) == name)
      return family;
  return nullptr;
}

const plumb_intr_row *plumbFindIntrinsic(PlumbContext *context,
                                         const char *name) {
  if (!name)
    return nullptr;
  const plumb_intr_row *row = registry(context).lookupSourceName(name);
  return row ? row : registry(context).lookup(name);
}

const plumb_intr_enum *plumbFindEnum(PlumbContext *context, const char *name) {
  return name ? registry(context).lookupEnum(name) : nullptr;
}

const plumb_intr_struct *plumbFindStruct(PlumbContext *context,
                                         const char *name) {
  return name ? registry(context).lookupStruct(name) : nullptr;
}

const plumb_intr_constant *plumbFindConstant(PlumbContext *context,
                                             const char *name) {
  return name ? registry(context).lookupConstant(name) : nullptr;
}

PlumbStatus plumbNearestIntrinsics(PlumbContext *context, const char *name,
                                   PlumbText *names) {
  clear(names);
  if (!context)
    return PLUMB_STATUS_MISUSE;
  if (!name || !names)
    return context->state->fail(
        PLUMB_STATUS_MISUSE,
        "plumbNearestIntrinsics: name and names must not be null");
  std::string text;
  for (const std::string &near : registry(context).nearestSourceNames(name))
    text += near + "\n";
  *names = makeText(text);
  return PLUMB_STATUS_OK;
}

size_t plumbNumArguments(const plumb_intr_row *row) {
  return row ? argumentsOf(row).size() : 0;
}

const plumb_intr_param *plumbGetArgument(const plumb_intr_row *row,
                                         size_t index) {
  return index < plumbNumArguments(row) ? argumentsOf(row)[index] : nullptr;
}

size_t plumbNumResults(const plumb_intr_row *row) {
  return row ? plumb::intr::resultTypes(*row).size() : 0;
}

const plumb_intr_type *plumbGetResult(const plumb_intr_row *row, size_t index) {
  return index < plumbNumResults(row) ? plumb::intr::resultTypes(*row)[index]
                                      : nullptr;
}

/// Of a function that describes a row in `text`, which it clears.
static PlumbStatus checkDescribed(PlumbContext *context,
                                  const plumb_intr_row *row, PlumbText *text,
                                  const char *function) {
  clear(text);
  if (!context)
    return PLUMB_STATUS_MISUSE;
  if (!row || !text || !isLoaded(context, row))
    return context->state->fail(PLUMB_STATUS_MISUSE,
                                std::string(function) +
                                    ": row must be one of a loaded family and "
                                    "text not null");
  return PLUMB_STATUS_OK;
}

PlumbStatus plumbDescribeIntrinsic(PlumbContext *context,
                                   const plumb_intr_row *row, PlumbText *text) {
  if (PlumbStatus status =
          checkDescribed(context, row, text, "plumbDescribeIntrinsic"))
    return status;
  // Its own name is the operation's; programs use the source name.
  std::string described = plumb::intr::describeSignature(*row);
  *text = makeText(row->source_name + described.substr(described.find('(')));
  return PLUMB_STATUS_OK;
}

PlumbStatus plumbDescribeScheme(PlumbContext *context,
                                const plumb_intr_row *row, PlumbText *text) {
  if (PlumbStatus status =
          checkDescribed(context, row, text, "plumbDescribeScheme"))
    return status;
  *text = makeText(plumb::model::schemeOf(*row));
  return PLUMB_STATUS_OK;
}

size_t plumbNumOperatorRows(PlumbContext *context, const char *word) {
  return context && word ? registry(context).lookupOperator(word).size() : 0;
}

const plumb_intr_row *plumbGetOperatorRow(PlumbContext *context,
                                          const char *word, size_t index) {
  if (!context || !word)
    return nullptr;
  auto rows = registry(context).lookupOperator(word);
  return index < rows.size() ? rows[index] : nullptr;
}

PlumbStatus plumbTypeOf(PlumbContext *context, const plumb_intr_type *type,
                        PlumbType *result) {
  clear(result);
  if (!context)
    return PLUMB_STATUS_MISUSE;
  if (!type || !result)
    return context->state->fail(
        PLUMB_STATUS_MISUSE, "plumbTypeOf: type and result must not be null");
  mlir::Type found = plumb::intr::getType(&context->state->mlir, *type);
  if (!found)
    return context->state->fail(PLUMB_STATUS_NOT_FOUND,
                                "type '" + llvm::Twine(type->mlir) +
                                    "' is of a family that is not loaded");
  result->id = context->state->idOf(found);
  return PLUMB_STATUS_OK;
}

PlumbStatus plumbCallbackTypes(PlumbContext *context, const plumb_intr_row *row,
                               const plumb_intr_param *param, PlumbType *types,
                               size_t capacity, size_t *num,
                               PlumbType *result) {
  clear(num);
  clear(result);
  if (!context)
    return PLUMB_STATUS_MISUSE;
  Context &state = *context->state;
  if (!row || !isLoaded(context, row) || !param || !param->callback || !num ||
      (!types && capacity))
    return state.fail(PLUMB_STATUS_MISUSE,
                      "plumbCallbackTypes: row must be one of a loaded family, "
                      "param a callback of it, and types and num not null");
  mlir::FunctionType function =
      plumb::intr::getFunctionType(&state.mlir, *row, *param);
  if (!function)
    return state.fail(PLUMB_STATUS_NOT_FOUND,
                      "callback '" + llvm::Twine(param->callback->name) +
                          "' has a type of a family that is not loaded");
  *num = function.getNumInputs();
  if (*num > capacity)
    return state.fail(PLUMB_STATUS_MISUSE,
                      "plumbCallbackTypes: callback '" +
                          llvm::Twine(param->callback->name) + "' has " +
                          llvm::Twine(*num) +
                          " parameters, more than there is room for");
  for (auto [given, type] :
       llvm::zip(llvm::MutableArrayRef(types, capacity), function.getInputs()))
    given.id = state.idOf(type);
  if (result && function.getNumResults())
    result->id = state.idOf(function.getResult(0));
  return PLUMB_STATUS_OK;
}

PlumbStatus plumbLoadFamily(PlumbContext *context, const char *path) {
  if (!context)
    return PLUMB_STATUS_MISUSE;
  Context &state = *context->state;
  if (!path)
    return state.fail(PLUMB_STATUS_MISUSE,
                      "plumbLoadFamily: path must not be null");
  if (llvm::Error error = state.families.load(path))
    return state.fail(PLUMB_STATUS_FILE, llvm::toString(std::move(error)));
  mlir::DialectRegistry dialects;
  state.families.addLoadedTo(dialects);
  state.mlir.appendDialectRegistry(dialects);
  state.mlir.loadAllAvailableDialects();
  return PLUMB_STATUS_OK;
}
