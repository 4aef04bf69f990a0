/* expressions.c - Checks expressions and makes operations of them. */

#include "generate.h"
#include <string.h>

static const Result bad = {{0}, {0}, 0};

static Result good(PlumbValue value, PlumbType type) {
  Result result = {value, type, 1};
  return result;
}

static PlumbValue intConstant(Generator *g, int64_t number) {
  PlumbValue value;
  must(g, plumbBuildInt(g->module, g->typeInt, number, &value));
  return value;
}

Result generateTyped(Generator *g, const Expr *expr, PlumbType type,
                     const char *what) {
  Result result = generateExpr(g, expr);
  if (!result.isGood || result.type.id == type.id)
    return result;
  sourceError(g->source, expr->place, "%s is %s, but this is %s", what,
              nameOfType(g->context, type),
              nameOfType(g->context, result.type));
  return bad;
}

static Result generateName(Generator *g, const Expr *expr) {
  for (size_t i = g->numVariables; i-- > 0;)
    if (strcmp(g->variables[i].name, expr->text) == 0)
      return good(g->variables[i].value, g->variables[i].type);
  if (findFunction(g, expr->text) || plumbFindIntrinsic(g->context, expr->text))
    sourceError(g->source, expr->place,
                "'%s' is a function: call it, or pass it where an intrinsic "
                "takes a callback",
                expr->text);
  else
    sourceError(g->source, expr->place, "there is no variable '%s'",
                expr->text);
  return bad;
}

static Result generateUnary(Generator *g, const Expr *expr) {
  int isNot = expr->operator[0] == '!';
  Result left = generateTyped(g, expr->left, isNot ? g->typeBool : g->typeInt,
                              isNot ? "the operand of !" : "the operand of -");
  PlumbValue constant, value;
  if (!left.isGood)
    return bad;
  setPlace(g, expr->place);
  if (isNot) {
    must(g, plumbBuildBool(g->module, 1, &constant));
    must(g, plumbBuildArithmetic(g->module, PLUMB_XOR, left.value, constant,
                                 &value));
  } else {
    must(g, plumbBuildArithmetic(g->module, PLUMB_SUB, intConstant(g, 0),
                                 left.value, &value));
  }
  return good(value, left.type);
}

/* The right side is not asked when the left one decides. */
static Result generateLogic(Generator *g, const Expr *expr) {
  int isAnd = expr->operator[0] == '&';
  PlumbBlock more, end;
  PlumbValue value;
  Result left = generateTyped(g, expr->left, g->typeBool, "an operand");
  if (!left.isGood)
    return bad;
  setPlace(g, expr->place);
  must(g, plumbAddBlock(g->module, g->current->function, NULL, 0, &more));
  must(g,
       plumbAddBlock(g->module, g->current->function, &g->typeBool, 1, &end));
  if (isAnd)
    must(g, plumbBuildCondBranch(g->module, left.value, more, NULL, 0, end,
                                 &left.value, 1));
  else
    must(g, plumbBuildCondBranch(g->module, left.value, end, &left.value, 1,
                                 more, NULL, 0));
  must(g, plumbSetBlock(g->module, more));
  Result right = generateTyped(g, expr->right, g->typeBool, "an operand");
  if (!right.isGood)
    return bad;
  must(g, plumbBuildBranch(g->module, end, &right.value, 1));
  must(g, plumbSetBlock(g->module, end));
  must(g, plumbGetBlockParameter(g->module, end, 0, &value));
  return good(value, g->typeBool);
}

/* In Pebble x / 0 and x % 0 are 0, and the minimum divided by -1 is
 * itself; the machine's instruction knows neither. */
static PlumbValue divide(Generator *g, int isRest, PlumbValue left,
                         PlumbValue right) {
  PlumbModule *m = g->module;
  PlumbValue zero = intConstant(g, 0), one = intConstant(g, 1), isZero, isMinus,
             isOdd, safe, value, minus;
  must(g, plumbBuildCompare(m, PLUMB_EQUAL, right, zero, &isZero));
  must(g,
       plumbBuildCompare(m, PLUMB_EQUAL, right, intConstant(g, -1), &isMinus));
  must(g, plumbBuildArithmetic(m, PLUMB_OR, isZero, isMinus, &isOdd));
  must(g, plumbBuildSelect(m, isOdd, one, right, &safe));
  must(g, plumbBuildArithmetic(m, isRest ? PLUMB_REM : PLUMB_DIV, left, safe,
                               &value));
  must(g, plumbBuildArithmetic(m, PLUMB_SUB, zero, left, &minus));
  if (!isRest)
    must(g, plumbBuildSelect(m, isMinus, minus, value, &value));
  must(g, plumbBuildSelect(m, isZero, zero, value, &value));
  return value;
}

static Result generateCompare(Generator *g, const Expr *expr, int operation) {
  Result left = generateExpr(g, expr->left);
  Result right = left.isGood
                     ? generateTyped(g, expr->right, left.type, "the left side")
                     : generateExpr(g, expr->right);
  PlumbValue value;
  if (!left.isGood || !right.isGood)
    return bad;
  int isEqual = operation == PLUMB_EQUAL || operation == PLUMB_NOT_EQUAL;
  if (left.type.id != g->typeInt.id &&
      !(isEqual && left.type.id == g->typeBool.id)) {
    sourceError(g->source, expr->place,
                "%s compares %s, not %s; an intrinsic may", expr->operator,
                isEqual ? "int and bool" : "int",
                nameOfType(g->context, left.type));
    return bad;
  }
  setPlace(g, expr->place);
  must(g, plumbBuildCompare(g->module, (PlumbComparison)operation, left.value,
                            right.value, &value));
  return good(value, g->typeBool);
}

static Result generateBinary(Generator *g, const Expr *expr) {
  static const char *const comparisons[] = {"==", "!=", "<", "<=", ">", ">="};
  static const char arithmetic[] = "+-*";
  PlumbValue value;
  if (strcmp(expr->operator, "&&") == 0 || strcmp(expr->operator, "||") == 0)
    return generateLogic(g, expr);
  for (int i = 0; i < 6; ++i)
    if (strcmp(expr->operator, comparisons[i]) == 0)
      return generateCompare(g, expr, i);
  Result left = generateTyped(g, expr->left, g->typeInt, "the left side");
  Result right = generateTyped(g, expr->right, g->typeInt, "the right side");
  if (!left.isGood || !right.isGood)
    return bad;
  setPlace(g, expr->place);
  const char *found = strchr(arithmetic, expr->operator[0]);
  if (found)
    must(g,
         plumbBuildArithmetic(g->module, (PlumbArithmetic)(found - arithmetic),
                              left.value, right.value, &value));
  else
    value = divide(g, expr->operator[0] == '%', left.value, right.value);
  return good(value, g->typeInt);
}

/* The library knows which types convert, and says so if these do not. */
static Result generateAs(Generator *g, const Expr *expr) {
  Result left = generateExpr(g, expr->left);
  PlumbType type = typeOfName(g->source, g->context, expr->place, expr->text);
  PlumbValue value;
  if (!left.isGood || !type.id)
    return bad;
  setPlace(g, expr->place);
  if (plumbBuildConvert(g->module, left.value, type, &value) !=
      PLUMB_STATUS_OK) {
    g->source->numErrors++;
    return bad;
  }
  return good(value, type);
}

/* A callback is the name of a function with the right parameters. */
static int checkCallback(Generator *g, const Expr *expr,
                         const plumb_intr_row *row,
                         const plumb_intr_param *param,
                         PlumbArgument *argument) {
  PlumbType wanted[64], result;
  size_t num;
  const Declared *declared =
      expr->kind == EXPR_NAME ? findFunction(g, expr->text) : NULL;
  if (!declared) {
    sourceError(g->source, expr->place,
                "'%s' of '%s' is a callback: pass the name of a function",
                param->name, row->source_name);
    return 0;
  }
  if (plumbCallbackTypes(g->context, row, param, wanted, 64, &num, &result) !=
      PLUMB_STATUS_OK) {
    g->source->numErrors++;
    return 0;
  }
  argument->function = expr->text;
  int same =
      num == declared->tree->numParams && result.id == declared->result.id;
  for (size_t i = 0; same && i < num; ++i)
    same = wanted[i].id == declared->params[i].id;
  if (same)
    return 1;
  char text[512] = "";
  for (size_t i = 0; i < num; ++i) {
    strncat(text, i ? ", " : "", sizeof(text) - strlen(text) - 1);
    strncat(text, nameOfType(g->context, wanted[i]),
            sizeof(text) - strlen(text) - 1);
  }
  sourceError(g->source, expr->place,
              "'%s' of '%s' is called with (%s) and returns %s, but '%s' at "
              "line %u does not fit that",
              param->name, row->source_name, text,
              nameOfType(g->context, result), expr->text,
              declared->tree->place.line);
  return 0;
}

static Result unknownIntrinsic(Generator *g, const Expr *expr) {
  PlumbText near = {NULL, 0};
  char text[256] = "";
  must(g, plumbNearestIntrinsics(g->context, expr->text, &near));
  for (char *name = near.data; name && *name;) {
    char *end = strchr(name, '\n');
    *end = 0;
    strncat(text, *text ? " or " : "; did you mean ",
            sizeof(text) - strlen(text) - 1);
    strncat(text, name, sizeof(text) - strlen(text) - 1);
    name = end + 1;
  }
  sourceError(g->source, expr->place, "there is no function '%s'%s%s",
              expr->text, text, *text ? "?" : "");
  plumbTextFree(&near);
  return bad;
}

static Result generateIntrinsic(Generator *g, const Expr *expr,
                                const plumb_intr_row *row) {
  size_t max = plumbNumArguments(row), min = max, numResults;
  Result result = {{0}, {0}, 1};
  PlumbArgument *arguments = newMemory(expr->numItems * sizeof(PlumbArgument));
  while (min && plumbGetArgument(row, min - 1)->is_optional)
    --min;
  if (expr->numItems < min || expr->numItems > max) {
    PlumbText text;
    must(g, plumbDescribeIntrinsic(g->context, row, &text));
    sourceError(g->source, expr->place, "%u arguments are passed to %s",
                (unsigned)expr->numItems, text.data);
    plumbTextFree(&text);
    return bad;
  }
  for (size_t i = 0; i < expr->numItems; ++i) {
    const plumb_intr_param *param = plumbGetArgument(row, i);
    if (param->callback) {
      result.isGood &=
          checkCallback(g, expr->items[i], row, param, &arguments[i]);
      continue;
    }
    PlumbType type;
    must(g, plumbTypeOf(g->context, param->type, &type));
    Result value = generateTyped(g, expr->items[i], type, param->name);
    arguments[i].value = value.value;
    result.isGood &= value.isGood;
  }
  if (!result.isGood)
    return bad;
  numResults = plumbNumResults(row);
  if (numResults > 1) {
    sourceError(g->source, expr->place,
                "'%s' gives several values, which Pebble cannot take",
                row->source_name);
    return bad;
  }
  setPlace(g, expr->place);
  if (plumbBuildIntrinsic(g->module, expr->text, arguments, expr->numItems,
                          &result.value, numResults) != PLUMB_STATUS_OK) {
    g->source->numErrors++;
    return bad;
  }
  if (numResults)
    must(g, plumbTypeOf(g->context, plumbGetResult(row, 0), &result.type));
  return result;
}

static Result generateCall(Generator *g, const Expr *expr) {
  const Declared *declared = findFunction(g, expr->text);
  Result result = {{0}, {0}, 1};
  if (!declared) {
    const plumb_intr_row *row = plumbFindIntrinsic(g->context, expr->text);
    return row ? generateIntrinsic(g, expr, row) : unknownIntrinsic(g, expr);
  }
  if (!declared->function.id)
    return bad; /* its declaration is wrong, which has been said */
  const Function *tree = declared->tree;
  PlumbValue *values = newMemory(expr->numItems * sizeof(PlumbValue));
  if (expr->numItems != tree->numParams) {
    sourceError(g->source, expr->place, "'%s' takes %u arguments, not %u",
                expr->text, (unsigned)tree->numParams,
                (unsigned)expr->numItems);
    return bad;
  }
  for (size_t i = 0; i < expr->numItems; ++i) {
    Result value = generateTyped(g, expr->items[i], declared->params[i],
                                 tree->params[i].name);
    values[i] = value.value;
    result.isGood &= value.isGood;
  }
  if (!result.isGood)
    return bad;
  setPlace(g, expr->place);
  must(g, plumbBuildCall(g->module, declared->function, values, expr->numItems,
                         &result.value, declared->result.id ? 1 : 0));
  result.type = declared->result;
  return result;
}

Result generateExpr(Generator *g, const Expr *expr) {
  PlumbValue value;
  setPlace(g, expr->place);
  switch (expr->kind) {
  case EXPR_NUMBER:
    return good(intConstant(g, expr->number), g->typeInt);
  case EXPR_BOOL:
    must(g, plumbBuildBool(g->module, (int)expr->number, &value));
    return good(value, g->typeBool);
  case EXPR_TEXT:
    /* Fails for a source file that is not UTF-8. */
    if (plumbBuildText(g->module, expr->text, expr->length, &value) !=
        PLUMB_STATUS_OK) {
      g->source->numErrors++;
      return bad;
    }
    return good(value, g->typeText);
  case EXPR_NAME:
    return generateName(g, expr);
  case EXPR_UNARY:
    return generateUnary(g, expr);
  case EXPR_BINARY:
    return generateBinary(g, expr);
  case EXPR_AS:
    return generateAs(g, expr);
  case EXPR_CALL:
    return generateCall(g, expr);
  }
  return bad;
}
