/*===- GenericTest.c - Rows with type variables ------------------*- C -*-===*/

#include "Check.h"

static PlumbContext *context;

static void checkSchemes(void) {
  PlumbText text = {0};
  const plumb_intr_row *map = plumbFindIntrinsic(context, "Seq.map");
  CHECK(map && map->num_variables == 2);
  OK(plumbDescribeScheme(context, map, &text));
  CHECK(!strcmp(text.data, "(List<A>, Fun(A) -> B) -> List<B>"));
  plumbTextFree(&text);
  CHECK(!strcmp(map->params[0].type->name, "List"));
  CHECK(!strcmp(map->params[1].type->arguments[1]->name, "B"));
  CHECK(plumbFindIntrinsic(context, "Seq.size") ==
        plumbFindIntrinsic(context, "Seq.length"));
  FAILS(plumbDescribeScheme(context, NULL, &text), PLUMB_STATUS_MISUSE,
        "plumbDescribeScheme: row must be one of a loaded family");
  CHECK(plumbDescribeScheme(NULL, map, &text) == PLUMB_STATUS_MISUSE);
}

static void checkOperators(void) {
  const plumb_intr_row *get = plumbFindIntrinsic(context, "Seq.get");
  size_t i, num = plumbNumOperatorRows(context, "[]"), found = 0;
  for (i = 0; i != num; ++i)
    found += plumbGetOperatorRow(context, "[]", i) == get;
  CHECK(found == 1);
  CHECK(!plumbGetOperatorRow(context, "[]", num));
  CHECK(!plumbNumOperatorRows(context, "no such operator"));
  CHECK(!plumbNumOperatorRows(context, NULL));
  CHECK(!plumbNumOperatorRows(NULL, "[]"));
  CHECK(!plumbGetOperatorRow(NULL, "[]", 0));
}

static void checkCalls(void) {
  PlumbModule *module;
  PlumbFunction function;
  PlumbBlock entry;
  PlumbType i64, f64, list, type, none[2] = {{0}, {0}};
  PlumbValue result;
  PlumbArgument arguments[2] = {{{0}, NULL, NULL}, {{0}, NULL, NULL}};
  OK(plumbModuleCreate(context, "generic", &module));
  i64 = typeOf(context, "i64");
  f64 = typeOf(context, "f64");
  list = typeOf(context, "!intr.object<\"List\", i64>");
  OK(plumbAddFunction(module, "f", NULL, 0, &list, 1, 0, &function));
  OK(plumbGetEntryBlock(module, function, &entry));
  OK(plumbSetBlock(module, entry));
  FAILS(plumbBuildIntrinsic(module, "Seq.new", NULL, 0, &result, 1),
        PLUMB_STATUS_PROGRAM,
        "nothing tells what type variable 'A' of 'Seq.new' stands for");
  FAILS(plumbBuildGenericIntrinsic(module, "Seq.new", none, 2, NULL, 0, &result,
                                   1),
        PLUMB_STATUS_MISUSE, "'Seq.new' has 1 type variables");
  FAILS(plumbBuildGenericIntrinsic(module, "Seq.new", none, 1, NULL, 0, &result,
                                   1),
        PLUMB_STATUS_PROGRAM, "nothing tells");
  OK(plumbBuildGenericIntrinsic(module, "Seq.new", &i64, 1, NULL, 0, &result,
                                1));
  OK(plumbGetValueType(module, result, &type));
  CHECK(type.id == list.id);
  arguments[0].value = result;
  OK(plumbBuildFloat(module, f64, 0.5, &arguments[1].value));
  FAILS(plumbBuildIntrinsic(module, "Seq.append", arguments, 2, &result, 1),
        PLUMB_STATUS_PROGRAM,
        "type variable 'A' of 'seq.append' is 'i64' in argument 'list', but "
        "'f64' in argument 'value'");
  OK(plumbBuildInt(module, i64, 7, &arguments[1].value));
  OK(plumbBuildIntrinsic(module, "Seq.append", arguments, 2, &result, 1));
  OK(plumbBuildReturn(module, &result, 1));
  OK(plumbModuleVerify(module));
  plumbModuleDestroy(module);
}

int main(void) {
  context = newContext();
  OK(plumbLoadFamily(context, PLUMB_SEQ_TD));
  checkSchemes();
  checkOperators();
  checkCalls();
  plumbContextDestroy(context);
  return failures;
}
