/* generate.h - What checking functions, statements and expressions share. */

#ifndef PEBBLE_GENERATE_H
#define PEBBLE_GENERATE_H

#include "pebble.h"
#include "types.h"

typedef struct Variable {
  const char *name;
  PlumbType type;
  PlumbValue value; /* changes with assignments and at joins */
} Variable;

typedef struct Declared {
  const Function *tree;
  PlumbFunction function;
  PlumbType *params;
  PlumbType result; /* id 0 for none */
} Declared;

typedef struct Generator {
  Source *source;
  PlumbContext *context;
  PlumbModule *module;
  Declared *functions;
  size_t numFunctions;
  const Declared *current;
  Variable *variables; /* in scope, innermost last */
  size_t numVariables;
  PlumbType typeInt, typeBool, typeText;
} Generator;

/* The value of an expression. After an error, which has been said, both are
 * 0; for a call of what returns nothing the type is 0 and `isGood` is not. */
typedef struct Result {
  PlumbValue value;
  PlumbType type;
  int isGood;
} Result;

Result generateExpr(Generator *g, const Expr *expr);
/* Of this type, or an error at the expression. */
Result generateTyped(Generator *g, const Expr *expr, PlumbType type,
                     const char *what);
const Declared *findFunction(const Generator *g, const char *name);
/* Statements; 0 when control does not come to the end. */
int generateBody(Generator *g, const Body *body);

/* The next operations come from there. */
void setPlace(Generator *g, Place place);
/* For calls of the library that cannot fail unless the front end is wrong:
 * the library has said why. */
void must(Generator *g, PlumbStatus status);

#endif
