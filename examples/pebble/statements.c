/* statements.c - Functions and statements. The library wants SSA form: every
 * variable that is in scope goes through joins as a block parameter. */

#include "generate.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void must(Generator *g, PlumbStatus status) {
  if (status == PLUMB_STATUS_OK)
    return;
  fprintf(stderr, "%s: internal error: %s\n", g->source->name,
          plumbStatusText(status));
  exit(1);
}

void setPlace(Generator *g, Place place) {
  must(g, plumbSetLocation(g->module, NULL, place.line, place.column));
}

const Declared *findFunction(const Generator *g, const char *name) {
  for (size_t i = 0; i < g->numFunctions; ++i)
    if (strcmp(g->functions[i].tree->name, name) == 0)
      return &g->functions[i];
  return NULL;
}

/* Values, or types, of the first `num` variables. */
static PlumbValue *valuesOf(const Generator *g, size_t num) {
  PlumbValue *values = newMemory(num * sizeof(PlumbValue));
  for (size_t i = 0; i < num; ++i)
    values[i] = g->variables[i].value;
  return values;
}

static PlumbBlock addJoin(Generator *g, size_t num) {
  PlumbType *types = newMemory(num * sizeof(PlumbType));
  PlumbBlock block;
  for (size_t i = 0; i < num; ++i)
    types[i] = g->variables[i].type;
  must(g, plumbAddBlock(g->module, g->current->function, types, num, &block));
  return block;
}

/* Goes on in the join: variables are its parameters. */
static void enterJoin(Generator *g, PlumbBlock block, size_t num) {
  must(g, plumbSetBlock(g->module, block));
  for (size_t i = 0; i < num; ++i)
    must(g,
         plumbGetBlockParameter(g->module, block, i, &g->variables[i].value));
}

static void branchTo(Generator *g, PlumbBlock block, size_t num) {
  must(g, plumbBuildBranch(g->module, block, valuesOf(g, num), num));
}

static PlumbBlock addBlock(Generator *g) {
  PlumbBlock block;
  must(g, plumbAddBlock(g->module, g->current->function, NULL, 0, &block));
  return block;
}

static void declareVariable(Generator *g, const char *name, PlumbType type,
                            PlumbValue value) {
  Variable variable = {name, type, value};
  g->variables = grow(g->variables, g->numVariables, sizeof(Variable));
  g->variables[g->numVariables++] = variable;
}

static int generateIf(Generator *g, const Statement *statement) {
  size_t num = g->numVariables;
  Result test = generateTyped(g, statement->value, g->typeBool, "a condition");
  if (!test.isGood)
    must(g, plumbBuildBool(g->module, 0, &test.value));
  PlumbBlock yes = addBlock(g), no = addBlock(g), join = {0};
  PlumbValue *before = valuesOf(g, num);
  must(g,
       plumbBuildCondBranch(g->module, test.value, yes, NULL, 0, no, NULL, 0));
  const Body *bodies[2];
  PlumbBlock blocks[2];
  bodies[0] = &statement->body, bodies[1] = &statement->otherwise;
  blocks[0] = yes, blocks[1] = no;
  for (int i = 0; i < 2; ++i) {
    for (size_t v = 0; v < num; ++v)
      g->variables[v].value = before[v];
    must(g, plumbSetBlock(g->module, blocks[i]));
    if (!generateBody(g, bodies[i]))
      continue;
    if (!join.id)
      join = addJoin(g, num);
    branchTo(g, join, num);
  }
  if (join.id)
    enterJoin(g, join, num);
  return join.id != 0;
}

static void generateWhile(Generator *g, const Statement *statement) {
  size_t num = g->numVariables;
  PlumbBlock head = addJoin(g, num);
  branchTo(g, head, num);
  enterJoin(g, head, num);
  PlumbValue *before = valuesOf(g, num);
  Result test = generateTyped(g, statement->value, g->typeBool, "a condition");
  if (!test.isGood)
    must(g, plumbBuildBool(g->module, 0, &test.value));
  PlumbBlock body = addBlock(g), end = addBlock(g);
  must(g, plumbBuildCondBranch(g->module, test.value, body, NULL, 0, end, NULL,
                               0));
  must(g, plumbSetBlock(g->module, body));
  if (generateBody(g, &statement->body))
    branchTo(g, head, num);
  for (size_t v = 0; v < num; ++v)
    g->variables[v].value = before[v];
  must(g, plumbSetBlock(g->module, end));
}

static void generateReturn(Generator *g, const Statement *statement) {
  PlumbType wanted = g->current->result;
  Result result = {{0}, {0}, 1};
  if (statement->value && !wanted.id)
    sourceError(g->source, statement->place, "'%s' returns nothing",
                g->current->tree->name);
  else if (!statement->value && wanted.id)
    sourceError(g->source, statement->place,
                "'%s' returns %s: a value is "
                "missing",
                g->current->tree->name, nameOfType(g->context, wanted));
  else if (statement->value)
    result = generateTyped(g, statement->value, wanted, "the result");
  /* After an error the module is not used: the block must only end. */
  if (result.isGood && !g->source->numErrors)
    must(g, plumbBuildReturn(g->module, &result.value, wanted.id ? 1 : 0));
}

static void generateAssign(Generator *g, const Statement *statement) {
  for (size_t i = g->numVariables; i-- > 0;)
    if (strcmp(g->variables[i].name, statement->name) == 0) {
      Result value = generateTyped(g, statement->value, g->variables[i].type,
                                   "the variable");
      if (value.isGood)
        g->variables[i].value = value.value;
      return;
    }
  sourceError(g->source, statement->place,
              "there is no variable '%s'; `let` makes one", statement->name);
}

static void generateLet(Generator *g, const Statement *statement) {
  Result value = generateExpr(g, statement->value);
  if (value.isGood && !value.type.id) {
    sourceError(g->source, statement->value->place,
                "this gives no value for '%s'", statement->name);
    value.isGood = 0;
  }
  /* With a type that is certain to be there, to go on after an error. */
  if (!value.isGood) {
    value.type = g->typeInt;
    must(g, plumbBuildInt(g->module, g->typeInt, 0, &value.value));
  }
  declareVariable(g, statement->name, value.type, value.value);
}

/* 0 when control does not come to its end. */
static int generateStatement(Generator *g, const Statement *statement) {
  switch (statement->kind) {
  case STATEMENT_LET:
    generateLet(g, statement);
    return 1;
  case STATEMENT_ASSIGN:
    generateAssign(g, statement);
    return 1;
  case STATEMENT_IF:
    return generateIf(g, statement);
  case STATEMENT_WHILE:
    generateWhile(g, statement);
    return 1;
  case STATEMENT_RETURN:
    generateReturn(g, statement);
    return 0;
  case STATEMENT_EXPR:
    generateExpr(g, statement->value);
    return 1;
  }
  return 1;
}

int generateBody(Generator *g, const Body *body) {
  size_t num = g->numVariables;
  int goesOn = 1;
  for (size_t i = 0; i < body->num; ++i) {
    if (!goesOn) {
      sourceError(g->source, body->items[i]->place,
                  "this is never reached: what stands before returns");
      break;
    }
    goesOn = generateStatement(g, body->items[i]);
  }
  g->numVariables = num;
  return goesOn;
}

static void generateFunction(Generator *g, const Declared *declared) {
  PlumbBlock entry;
  PlumbValue value;
  g->current = declared;
  g->numVariables = 0;
  setPlace(g, declared->tree->place);
  must(g, plumbGetEntryBlock(g->module, declared->function, &entry));
  must(g, plumbSetBlock(g->module, entry));
  for (size_t i = 0; i < declared->tree->numParams; ++i) {
    must(g, plumbGetParameter(g->module, declared->function, i, &value));
    declareVariable(g, declared->tree->params[i].name, declared->params[i],
                    value);
  }
  if (!generateBody(g, &declared->tree->body) || g->source->numErrors)
    return;
  if (declared->result.id)
    sourceError(g->source, declared->tree->place,
                "'%s' may come to its end without returning a value",
                declared->tree->name);
  else
    must(g, plumbBuildReturn(g->module, NULL, 0));
}

static void declareFunction(Generator *g, const Function *tree) {
  Declared declared = {tree, {0}, NULL, {0}};
  int isGood = 1;
  if (findFunction(g, tree->name)) {
    sourceError(g->source, tree->place, "there is a function '%s' already",
                tree->name);
    return;
  }
  declared.params = newMemory(tree->numParams * sizeof(PlumbType));
  for (size_t i = 0; i < tree->numParams; ++i) {
    declared.params[i] = typeOfName(
        g->source, g->context, tree->params[i].place, tree->params[i].type);
    isGood &= declared.params[i].id != 0;
  }
  if (tree->result) {
    declared.result =
        typeOfName(g->source, g->context, tree->resultPlace, tree->result);
    isGood &= declared.result.id != 0;
  }
  setPlace(g, tree->place);
  if (isGood && plumbAddFunction(g->module, tree->name, declared.params,
                                 tree->numParams, &declared.result,
                                 tree->result ? 1 : 0, PLUMB_FUNCTION_PUBLIC,
                                 &declared.function) != PLUMB_STATUS_OK)
    g->source->numErrors++;
  g->functions = grow(g->functions, g->numFunctions, sizeof(Declared));
  g->functions[g->numFunctions++] = declared;
}

PlumbModule *generate(Source *source, const Program *program,
                      PlumbContext *context) {
  Generator g;
  memset(&g, 0, sizeof(g));
  g.source = source;
  g.context = context;
  must(&g, plumbModuleCreate(context, source->name, &g.module));
  must(&g, plumbTypeParse(context, "i64", &g.typeInt));
  must(&g, plumbTypeParse(context, "i1", &g.typeBool));
  must(&g, plumbTypeParse(context, "!intr.str", &g.typeText));
  for (size_t i = 0; i < program->num; ++i)
    declareFunction(&g, program->functions[i]);
  for (size_t i = 0; i < g.numFunctions; ++i)
    if (g.functions[i].function.id)
      generateFunction(&g, &g.functions[i]);
  /* What is not seen above, the library sees. */
  if (!source->numErrors && plumbModuleVerify(g.module) != PLUMB_STATUS_OK)
    source->numErrors++;
  if (!source->numErrors)
    return g.module;
  plumbModuleDestroy(g.module);
  return NULL;
}
