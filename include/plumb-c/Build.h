/*===- Build.h - Makes functions, blocks and operations ----------*- C -*-===*\
|*                                                                          *|
|* Operations go to the end of the block that was chosen last with           *|
|* plumbSetBlock, at the place that was set last with plumbSetLocation.      *|
|* Arguments are checked at once; what only the whole function shows (a      *|
|* block without an end, a value used before it is made) plumbModuleVerify   *|
|* says. After an error nothing has been made. Pointers for results may be   *|
|* null where the caller needs none.                                         *|
|*                                                                          *|
|* Functions, blocks and values are numbers of one module. A number of       *|
|* another module, of a module that has been resolved or lowered since, or   *|
|* any other number is refused.                                              *|
|*                                                                          *|
\*===----------------------------------------------------------------------===*/

#ifndef PLUMB_C_BUILD_H
#define PLUMB_C_BUILD_H

#include "plumb-c/Families.h"
#include "plumb-c/Module.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct PlumbFunction {
  uint64_t id; /**< 0 for none */
} PlumbFunction;
typedef struct PlumbBlock {
  uint64_t id;
} PlumbBlock;
typedef struct PlumbValue {
  uint64_t id;
} PlumbValue;

/** The place in the source that the next operations come from; null or "" is
 *  the module's name. Line and column count from 1; 0 is unknown. */
PLUMB_C_API PlumbStatus plumbSetLocation(PlumbModule *module, const char *file,
                                         uint32_t line, uint32_t column);

/* Functions. */

enum {
  PLUMB_FUNCTION_PUBLIC = 0,
  PLUMB_FUNCTION_PRIVATE = 1, /**< other object files do not see it */
  PLUMB_FUNCTION_EXTERN = 2,  /**< has no body here: C code defines it */
  PLUMB_FUNCTION_BUILTIN = 4  /**< declares an intrinsic by its source name, for
                                 plumbModuleResolve to check and replace */
};

/** A function, with an entry block that has the parameters unless it is
 *  EXTERN or BUILTIN. `flags` are or-ed. A program starts in `main`, without
 * parameters; its result, if any, is i1, i32, i64 or !intr.status. The name
 * must be free and, unless BUILTIN, not that of an intrinsic. */
PLUMB_C_API PlumbStatus plumbAddFunction(PlumbModule *module, const char *name,
                                         const PlumbType *params,
                                         size_t num_params,
                                         const PlumbType *results,
                                         size_t num_results, unsigned flags,
                                         PlumbFunction *function);
PLUMB_C_API PlumbStatus plumbFindFunction(PlumbModule *module, const char *name,
                                          PlumbFunction *function);
PLUMB_C_API PlumbStatus plumbGetParameter(PlumbModule *module,
                                          PlumbFunction function, size_t index,
                                          PlumbValue *value);

/* Blocks. */

PLUMB_C_API PlumbStatus plumbGetEntryBlock(PlumbModule *module,
                                           PlumbFunction function,
                                           PlumbBlock *block);
/** A new block at the end of the function; a branch to it passes values of
 *  these types. */
PLUMB_C_API PlumbStatus plumbAddBlock(PlumbModule *module,
                                      PlumbFunction function,
                                      const PlumbType *params,
                                      size_t num_params, PlumbBlock *block);
PLUMB_C_API PlumbStatus plumbGetBlockParameter(PlumbModule *module,
                                               PlumbBlock block, size_t index,
                                               PlumbValue *value);
/** Where the next operations go. */
PLUMB_C_API PlumbStatus plumbSetBlock(PlumbModule *module, PlumbBlock block);
/** 1 when the chosen block has its return or branch, after which nothing can
 *  be added; 0 when not, or when none is chosen. */
PLUMB_C_API int plumbBlockIsEnded(PlumbModule *module);

PLUMB_C_API PlumbStatus plumbGetValueType(PlumbModule *module, PlumbValue value,
                                          PlumbType *type);

/* Constants. */

/** `type` is i1 to i64; the number must fit, signed or unsigned. */
PLUMB_C_API PlumbStatus plumbBuildInt(PlumbModule *module, PlumbType type,
                                      int64_t number, PlumbValue *value);
/** 0 is false, any other number true: an i1. */
PLUMB_C_API PlumbStatus plumbBuildBool(PlumbModule *module, int truth,
                                       PlumbValue *value);
/** `type` is f32 or f64. */
PLUMB_C_API PlumbStatus plumbBuildFloat(PlumbModule *module, PlumbType type,
                                        double number, PlumbValue *value);
/** An !intr.str; must be UTF-8, and may contain zeros. */
PLUMB_C_API PlumbStatus plumbBuildText(PlumbModule *module, const char *data,
                                       size_t length, PlumbValue *value);
/** An !intr.bytes. */
PLUMB_C_API PlumbStatus plumbBuildBytes(PlumbModule *module, const void *data,
                                        size_t length, PlumbValue *value);
/** The null handle, which a runtime refuses; of !intr.ptr, too, and of
   !intr.str the null text, which is the null pointer as a C string. */
PLUMB_C_API PlumbStatus plumbBuildNull(PlumbModule *module, PlumbType type,
                                       PlumbValue *value);
/** A case of an enum, "monday", or cases of flags, "read|write". */
PLUMB_C_API PlumbStatus plumbBuildEnum(PlumbModule *module,
                                       const plumb_intr_enum *enumeration,
                                       const char *cases, PlumbValue *value);

/* Arithmetic, on two values of one integer or float type. */

typedef enum PlumbArithmetic {
  PLUMB_ADD,
  PLUMB_SUB,
  PLUMB_MUL,
  PLUMB_DIV, /**< signed; by zero is undefined, for the front end to test */
  PLUMB_REM,
  PLUMB_DIV_UNSIGNED, /**< these and the ones below: integers only */
  PLUMB_REM_UNSIGNED,
  PLUMB_AND,
  PLUMB_OR,
  PLUMB_XOR,
  PLUMB_SHIFT_LEFT,
  PLUMB_SHIFT_RIGHT, /**< keeps the sign */
  PLUMB_SHIFT_RIGHT_UNSIGNED
} PlumbArithmetic;
PLUMB_C_API PlumbStatus plumbBuildArithmetic(PlumbModule *module,
                                             PlumbArithmetic operation,
                                             PlumbValue left, PlumbValue right,
                                             PlumbValue *value);

typedef enum PlumbComparison {
  PLUMB_EQUAL,
  PLUMB_NOT_EQUAL,
  PLUMB_LESS, /**< these four: signed; false for a float that is no number */
  PLUMB_LESS_EQUAL,
  PLUMB_GREATER,
  PLUMB_GREATER_EQUAL
} PlumbComparison;
/** An i1. */
PLUMB_C_API PlumbStatus plumbBuildCompare(PlumbModule *module,
                                          PlumbComparison comparison,
                                          PlumbValue left, PlumbValue right,
                                          PlumbValue *value);

/** One of two values of one type. */
PLUMB_C_API PlumbStatus plumbBuildSelect(PlumbModule *module,
                                         PlumbValue condition, PlumbValue yes,
                                         PlumbValue no, PlumbValue *value);

/** Between integers (signed, but i1 is 0 or 1; high bits are lost) and floats
 *  (to integers towards zero); and to i64 from an !intr.status (its code) or
 *  an !intr.count, to i1 from an !intr.status (success) or a handle (not
 *  null). To its own type a value stays as it is. */
PLUMB_C_API PlumbStatus plumbBuildConvert(PlumbModule *module, PlumbValue from,
                                          PlumbType type, PlumbValue *value);

/* Calls. `results` has room for `num_results` values: as many as the function
 * or intrinsic gives, or 0 for who needs none. It may be where the arguments
 * are. */

PLUMB_C_API PlumbStatus plumbBuildCall(PlumbModule *module,
                                       PlumbFunction function,
                                       const PlumbValue *arguments,
                                       size_t num_arguments,
                                       PlumbValue *results, size_t num_results);

/** A value or, for a callback, the name of a function of the module, which may
 *  be added later; a null name leaves an optional callback out. With the name
 *  the value is the environment that the function is called with, an
 *  !intr.slot (plumbBuildOperation makes one with "intr.pack"), and its last
 *  parameter; 0 for none. For options, an MLIR dictionary such as
 *  `{max_message = 65536, bind = "::1"}`, or null. */
typedef struct PlumbArgument {
  PlumbValue value;
  const char *function;
  const char *options;
} PlumbArgument;

/** `name` is a source name, "Clock.set", or that of the operation. `arguments`
 *  are in the order of plumbGetArgument; optional ones at the end may be
 *  left out, and variadic intrinsics take more values. All mistakes are told:
 *  unknown names with the nearest ones, number and types of arguments. The
 *  types of callbacks plumbModuleVerify checks. */
PLUMB_C_API PlumbStatus plumbBuildIntrinsic(
    PlumbModule *module, const char *name, const PlumbArgument *arguments,
    size_t num_arguments, PlumbValue *results, size_t num_results);

/** The same of a generic intrinsic with what its type variables stand for, in
 *  the order of the row, as far as no argument tells: List.new has one that
 * only its result has. A type with id 0 is left to the arguments. */
PLUMB_C_API PlumbStatus plumbBuildGenericIntrinsic(
    PlumbModule *module, const char *name, const PlumbType *variables,
    size_t num_variables, const PlumbArgument *arguments, size_t num_arguments,
    PlumbValue *results, size_t num_results);

/** Any other operation of the loaded dialects that has neither regions nor
 *  successors: "intr.field" with attributes `{field = "year"}`. `attributes`
 *  is an MLIR dictionary or null. */
PLUMB_C_API PlumbStatus plumbBuildOperation(
    PlumbModule *module, const char *name, const char *attributes,
    const PlumbValue *operands, size_t num_operands, const PlumbType *types,
    PlumbValue *results, size_t num_results);

/* Ends of blocks. */

PLUMB_C_API PlumbStatus plumbBuildReturn(PlumbModule *module,
                                         const PlumbValue *values,
                                         size_t num_values);
PLUMB_C_API PlumbStatus plumbBuildBranch(PlumbModule *module, PlumbBlock target,
                                         const PlumbValue *values,
                                         size_t num_values);
/** `condition` is an i1. */
PLUMB_C_API PlumbStatus plumbBuildCondBranch(
    PlumbModule *module, PlumbValue condition, PlumbBlock yes,
    const PlumbValue *yes_values, size_t num_yes_values, PlumbBlock no,
    const PlumbValue *no_values, size_t num_no_values);

#ifdef __cplusplus
}
#endif

#endif /* PLUMB_C_BUILD_H */
