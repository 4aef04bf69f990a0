/*===- Families.h - Which intrinsics there are -------------------*- C -*-===*\
|*                                                                          *|
|* Everything that a record says, as the plain data of Descriptor.h: names,  *|
|* parameters, types, callbacks, statuses, enums, documentation. A front end *|
|* asks here and spells no intrinsic's name itself.                          *|
|*                                                                          *|
|* The families belong to a context, and two may have different ones. Tables *|
|* live as long as the context and never change, so what a function returns  *|
|* stays valid until then.                                                   *|
|*                                                                          *|
\*===----------------------------------------------------------------------===*/

#ifndef PLUMB_C_FAMILIES_H
#define PLUMB_C_FAMILIES_H

#include "plumb-c/Context.h"
#include "plumb-c/Descriptor.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The families that the context has: the built-in ones, and those that were
 *  loaded into it; none ever goes. The first is `intr`: the types and statuses
 *  that all share. None for a null context. */
PLUMB_C_API size_t plumbNumFamilies(PlumbContext *context);
/** Null when there are not so many. */
PLUMB_C_API const plumb_intr_family *plumbGetFamily(PlumbContext *context,
                                                    size_t index);
/** By "ws"; null when unknown or null. */
PLUMB_C_API const plumb_intr_family *plumbFindFamily(PlumbContext *context,
                                                     const char *name);

/** By its source name, "Clock.set", an alias of it, or its operation's name,
 *  "clock.set"; null when unknown or null. */
PLUMB_C_API const plumb_intr_row *plumbFindIntrinsic(PlumbContext *context,
                                                     const char *name);

/** At most three source names that `name` may be a misspelling of, nearest
 *  first, each followed by a newline; empty when none is near. */
PLUMB_C_API PlumbStatus plumbNearestIntrinsics(PlumbContext *context,
                                               const char *name,
                                               PlumbText *names);

/** By "clock.day", "clock.date" and "clock.max_zones"; null when unknown or
 *  null. */
PLUMB_C_API const plumb_intr_enum *plumbFindEnum(PlumbContext *context,
                                                 const char *name);
PLUMB_C_API const plumb_intr_struct *plumbFindStruct(PlumbContext *context,
                                                     const char *name);
PLUMB_C_API const plumb_intr_constant *plumbFindConstant(PlumbContext *context,
                                                         const char *name);

/** What a call by name takes: the parameters of the row that are not OUT. */
PLUMB_C_API size_t plumbNumArguments(const plumb_intr_row *row);
/** Null when there are not so many. */
PLUMB_C_API const plumb_intr_param *plumbGetArgument(const plumb_intr_row *row,
                                                     size_t index);
/** What a call by name gives: the function's result, then what it leaves in
 *  OUT parameters. */
PLUMB_C_API size_t plumbNumResults(const plumb_intr_row *row);
/** Null when there are not so many. */
PLUMB_C_API const plumb_intr_type *plumbGetResult(const plumb_intr_row *row,
                                                  size_t index);

/** "Clock.set(time: i64, zone: !clock.zone) -> i1", for messages. */
PLUMB_C_API PlumbStatus plumbDescribeIntrinsic(PlumbContext *context,
                                               const plumb_intr_row *row,
                                               PlumbText *text);

/** What a language makes of it, "(List<A>, Fun(A) -> B) -> List<B> where A:
 * Eq": docs/front-end-generic.md. */
PLUMB_C_API PlumbStatus plumbDescribeScheme(PlumbContext *context,
                                            const plumb_intr_row *row,
                                            PlumbText *text);

/** The rows that have an operator, such as "[]": what a language writes without
 *  a name. Which of them it means follows from the type of the first argument.
 */
PLUMB_C_API size_t plumbNumOperatorRows(PlumbContext *context,
                                        const char *word);
/** Null when there are not so many. */
PLUMB_C_API const plumb_intr_row *
plumbGetOperatorRow(PlumbContext *context, const char *word, size_t index);

/** The type of a record's parameter or result in this context; a type variable
 *  is an !intr.var, of which no value is. */
PLUMB_C_API PlumbStatus plumbTypeOf(PlumbContext *context,
                                    const plumb_intr_type *type,
                                    PlumbType *result);

/** Parameters and result of the program's function for the callback `param` of
 *  `row`. `types` has room for `capacity` types; `*num` gets how many there
 *  are, and it is an error when they do not fit. `result` gets id 0 for none.
 */
PLUMB_C_API PlumbStatus plumbCallbackTypes(PlumbContext *context,
                                           const plumb_intr_row *row,
                                           const plumb_intr_param *param,
                                           PlumbType *types, size_t capacity,
                                           size_t *num, PlumbType *result);

/** Loads a family: a `.td` or `.json` file of records, or a shared library with
 *  a compiled family. It is known in `context` alone. Loading the same again is
 *  no error; a different family of a name that is loaded already is refused,
 *  with what differs. */
PLUMB_C_API PlumbStatus plumbLoadFamily(PlumbContext *context,
                                        const char *path);

#ifdef __cplusplus
}
#endif

#endif /* PLUMB_C_FAMILIES_H */
