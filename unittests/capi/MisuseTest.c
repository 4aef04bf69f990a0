/*===- MisuseTest.c - What a front end can do wrong -------------*- C -*-===*/

#include "Check.h"

static PlumbContext *context;
static PlumbModule *module;
static PlumbType i64, i1, str;
static PlumbFunction function;
static PlumbBlock entry;
static const PlumbType noType;
static const PlumbValue noValue;
static const PlumbBlock noBlock;
static const PlumbFunction noFunction;

/* A module with one function, @f(i64), whose entry block is chosen. */
static void newModule(void) {
  plumbModuleDestroy(module);
  OK(plumbModuleCreate(context, "wrong.toy", &module));
  OK(plumbAddFunction(module, "f", &i64, 1, NULL, 0, 0, &function));
  OK(plumbGetEntryBlock(module, function, &entry));
  OK(plumbSetBlock(module, entry));
}

static void nulls(void) {
  PlumbModule *none = (PlumbModule *)&none;
  PlumbText text = {NULL, 7};
  PlumbType type = {7};
  PlumbValue value;
  PlumbJit *jit;
  void *address;
  int code;
  CHECK(plumbContextSetDiagnosticHandler(NULL, remember, NULL) ==
        PLUMB_STATUS_MISUSE);
  CHECK(plumbTypeParse(NULL, "i64", &type) == PLUMB_STATUS_MISUSE && !type.id);
  CHECK(plumbModuleCreate(NULL, "a", &none) == PLUMB_STATUS_MISUSE && !none);
  CHECK(plumbModuleVerify(NULL) == PLUMB_STATUS_MISUSE);
  CHECK(plumbModulePrint(NULL, &text) == PLUMB_STATUS_MISUSE && !text.length);
  CHECK(plumbModuleLower(NULL, 0) == PLUMB_STATUS_MISUSE);
  CHECK(plumbBuildInt(NULL, i64, 1, &value) == PLUMB_STATUS_MISUSE);
  CHECK(plumbBuildReturn(NULL, NULL, 0) == PLUMB_STATUS_MISUSE);
  CHECK(plumbModuleCompile(NULL, PLUMB_OUTPUT_OBJECT, NULL, &text) ==
        PLUMB_STATUS_MISUSE);
  CHECK(plumbJitCreate(NULL, NULL, &jit) == PLUMB_STATUS_MISUSE && !jit);
  CHECK(plumbJitFind(NULL, "a", &address) == PLUMB_STATUS_MISUSE && !address);
  CHECK(plumbJitRunMain(NULL, 0, NULL, &code) == PLUMB_STATUS_MISUSE);
  CHECK(!plumbBlockIsEnded(NULL));
  CHECK(!plumbTypeText(NULL, i64) && !plumbTypeText(context, noType));
  CHECK(!plumbFindIntrinsic(context, NULL) && !plumbFindFamily(context, NULL));
  CHECK(!plumbFindEnum(context, NULL) && !plumbFindStruct(context, NULL));
  CHECK(!plumbFindConstant(context, NULL));
  CHECK(plumbNumArguments(NULL) == 0 && !plumbGetArgument(NULL, 0));
  CHECK(plumbNumResults(NULL) == 0 && !plumbGetResult(NULL, 0));
  CHECK(plumbStatusText((PlumbStatus)99));
  plumbTextFree(NULL);
  plumbModuleDestroy(NULL);
  plumbContextDestroy(NULL);
  plumbJitDestroy(NULL);

  MISUSE(plumbModuleCreate(context, NULL, &none), "must not be null");
  MISUSE(plumbModuleCreate(context, "a", NULL), "must not be null");
  MISUSE(plumbModuleParse(context, NULL, 3, "a", &none), "must not be null");
  MISUSE(plumbTypeParse(context, NULL, &type), "must not be null");
  MISUSE(plumbModulePrint(module, NULL), "text must not be null");
  MISUSE(plumbNearestIntrinsics(context, NULL, &text), "must not be null");
  MISUSE(plumbDescribeIntrinsic(context, NULL, &text), "a loaded family");
  MISUSE(plumbTypeOf(context, NULL, &type), "must not be null");
  MISUSE(plumbAddFunction(module, NULL, NULL, 0, NULL, 0, 0, NULL),
         "plumbAddFunction: the name must not be null");
  MISUSE(plumbAddFunction(module, "g", NULL, 1, NULL, 0, 0, NULL),
         "the types must not be null");
  MISUSE(plumbBuildText(module, NULL, 1, &value), "data must not be null");
  MISUSE(plumbBuildReturn(module, NULL, 1), "the values must not be null");
  MISUSE(plumbBuildIntrinsic(module, NULL, NULL, 0, NULL, 0), "not be null");
  MISUSE(plumbBuildOperation(module, NULL, NULL, NULL, 0, NULL, NULL, 0),
         "not be null");
  MISUSE(plumbBuildEnum(module, NULL, "a", &value), "must not be null");
  MISUSE(plumbFindFunction(module, NULL, &function), "must not be null");
  MISUSE(plumbModuleCompile(module, PLUMB_OUTPUT_OBJECT, NULL, NULL),
         "code must not be null");
}

/* Numbers that are none, are stale, or are another module's. */
static void numbers(void) {
  PlumbModule *other;
  PlumbContext *otherContext;
  PlumbFunction g;
  PlumbValue mine, foreign, made, random;
  PlumbBlock stale, foreignBlock;
  PlumbType foreignType;
  random.id = UINT64_C(0xdeadbeefdeadbeef);
  newModule();
  OK(plumbGetParameter(module, function, 0, &mine));
  MISUSE(plumbBuildArithmetic(module, PLUMB_ADD, mine, noValue, &made),
         "plumbBuildArithmetic: the value is not one of this module");
  CHECK(!made.id);
  MISUSE(plumbBuildArithmetic(module, PLUMB_ADD, mine, random, &made),
         "the value is not one of this module");
  MISUSE(plumbGetParameter(module, function, 1, &made), "no parameter 1");
  MISUSE(plumbGetParameter(module, noFunction, 0, &made), "not one of this");
  MISUSE(plumbSetBlock(module, noBlock), "not one of this module");
  MISUSE(plumbBuildReturn(module, NULL, 0), "call plumbSetBlock first");
  OK(plumbSetBlock(module, entry));
  MISUSE(plumbBuildBranch(module, noBlock, NULL, 0), "not a block of this");
  MISUSE(plumbBuildBranch(module, entry, &mine, 1), "the entry block");

  /* Of another function. */
  OK(plumbAddFunction(module, "g", &i64, 1, &i64, 1, 0, &g));
  OK(plumbGetParameter(module, g, 0, &foreign));
  OK(plumbAddBlock(module, g, NULL, 0, &foreignBlock));
  MISUSE(plumbBuildArithmetic(module, PLUMB_ADD, mine, foreign, &made),
         "one of another function");
  MISUSE(plumbBuildBranch(module, foreignBlock, NULL, 0), "another function");

  /* Of another module, and of another context. */
  OK(plumbModuleCreate(context, "other", &other));
  MISUSE(plumbSetBlock(other, entry), "not one of this module");
  MISUSE(plumbBuildCall(other, function, NULL, 0, NULL, 0), "no block");
  plumbModuleDestroy(other);
  otherContext = newContext();
  foreignType = typeOf(otherContext, "i64");
  MISUSE(plumbBuildInt(module, foreignType, 1, &made), "must be i1 to i64");
  MISUSE(plumbAddFunction(module, "h", &foreignType, 1, NULL, 0, 0, NULL),
         "type 0 is not one of this context");
  CHECK(!plumbTypeText(context, foreignType));
  plumbContextDestroy(otherContext);

  /* Of a time before passes were run. */
  newModule();
  stale = entry;
  OK(plumbBuildReturn(module, NULL, 0));
  OK(plumbModuleLower(module, 0));
  MISUSE(plumbSetBlock(module, stale), "not one of this module");
  MISUSE(plumbGetEntryBlock(module, function, &stale), "not one of this");
}

static void types(void) {
  PlumbType type;
  PlumbValue n, yes, text, made, two[2];
  PlumbBlock block;
  PlumbArgument arguments[2] = {{{0}, NULL, NULL}, {{0}, NULL, NULL}};
  newModule();
  FAILS(plumbTypeParse(context, "!quill.pen", &type), PLUMB_STATUS_NOT_FOUND,
        "'!quill.pen' is not a type");
  FAILS(plumbTypeParse(context, "i64 i64", &type), PLUMB_STATUS_NOT_FOUND,
        "not a type");
  FAILS(plumbTypeParse(context, "", &type), PLUMB_STATUS_NOT_FOUND, "not a");
  CHECK(!type.id);
  OK(plumbGetParameter(module, function, 0, &n));
  OK(plumbBuildBool(module, 1, &yes));
  OK(plumbBuildText(module, "a", 1, &text));
  PROGRAM(plumbBuildArithmetic(module, PLUMB_ADD, n, yes, &made),
          "different types: i64 and i1");
  PROGRAM(plumbBuildArithmetic(module, PLUMB_ADD, text, text, &made),
          "does not calculate with !intr.str");
  MISUSE(plumbBuildArithmetic(module, (PlumbArithmetic)77, n, n, &made),
         "no such operation");
  PROGRAM(plumbBuildCompare(module, PLUMB_EQUAL, text, text, &made),
          "cannot be compared");
  MISUSE(plumbBuildCompare(module, (PlumbComparison)-1, n, n, &made),
         "no such comparison");
  PROGRAM(plumbBuildSelect(module, n, n, n, &made), "a condition is an i1");
  PROGRAM(plumbBuildConvert(module, text, i64, &made),
          "!intr.str does not convert to i64");
  MISUSE(plumbBuildInt(module, str, 1, &made), "must be i1 to i64");
  PROGRAM(plumbBuildInt(module, typeOf(context, "i8"), 256, &made),
          "256 does not fit i8");
  OK(plumbBuildInt(module, typeOf(context, "i8"), 255, &made));
  PROGRAM(plumbBuildInt(module, typeOf(context, "i8"), -129, &made),
          "does not fit");
  MISUSE(plumbBuildFloat(module, i64, 1, &made), "must be f32 or f64");
  MISUSE(plumbBuildNull(module, i64, &made), "must be a handle");
  PROGRAM(plumbBuildText(module, "\xff\xfe", 2, &made), "UTF-8");
  CHECK(!made.id);
  OK(plumbBuildBytes(module, "\xff\xfe", 2, &made));

  /* Calls. */
  PROGRAM(plumbBuildCall(module, function, NULL, 0, NULL, 0),
          "function 'f' takes 1 values, but 0 are passed");
  PROGRAM(plumbBuildCall(module, function, &text, 1, NULL, 0),
          "has type 'i64', but '!intr.str' is passed");
  MISUSE(plumbBuildCall(module, function, &n, 1, &made, 1),
         "there are 0 results, but room for 1");
  FAILS(plumbBuildIntrinsic(module, "Str.lenght", NULL, 0, NULL, 0),
        PLUMB_STATUS_NOT_FOUND,
        "unknown intrinsic 'Str.lenght'; did you mean 'Str.length'?");
  PROGRAM(
      plumbBuildIntrinsic(module, "Str.length", NULL, 0, NULL, 0),
      "'Str.length' takes 1 argument (text: !intr.str), but the call passes 0");
  arguments[0].value = n;
  PROGRAM(plumbBuildIntrinsic(module, "Str.length", arguments, 1, NULL, 0),
          "argument 'text' of 'Str.length' has type '!intr.str'");
  arguments[1].function = "f";
  PROGRAM(plumbBuildIntrinsic(module, "Str.concat", arguments, 2, NULL, 0),
          "is a value, but a function is passed");
  CHECK(numTold == 2); /* both arguments are wrong */
  arguments[1].function = NULL;
  arguments[0].value = arguments[1].value = text;
  MISUSE(plumbBuildIntrinsic(module, "Str.concat", arguments, 2, two, 2),
         "there are 1 results, but room for 2");

  /* Ends of blocks. */
  PROGRAM(plumbBuildReturn(module, &n, 1), "takes 0 values");
  OK(plumbAddBlock(module, function, &i64, 1, &block));
  PROGRAM(plumbBuildBranch(module, block, NULL, 0), "target block takes 1");
  PROGRAM(plumbBuildCondBranch(module, n, block, &n, 1, block, &n, 1),
          "a condition is an i1");
  PROGRAM(plumbBuildCondBranch(module, yes, block, &n, 1, block, &text, 1),
          "has type 'i64', but '!intr.str' is passed");
  OK(plumbBuildCondBranch(module, yes, block, &n, 1, block, &n, 1));
  MISUSE(plumbBuildInt(module, i64, 1, &made), "has its end already");
  PROGRAM(plumbModuleVerify(module), "block");
}

static void callbacks(void) {
  PlumbArgument arguments[3] = {
      {{0}, NULL, NULL}, {{0}, NULL, NULL}, {{0}, NULL, NULL}};
  PlumbValue timer;
  newModule();
  OK(plumbGetParameter(module, function, 0, &arguments[0].value));
  arguments[1] = arguments[0];
  arguments[2] = arguments[0];
  PROGRAM(plumbBuildIntrinsic(module, "Time.after", arguments, 3, &timer, 1),
          "is a callback with type '(i64) -> ()'");
  arguments[2].function = "nobody";
  PROGRAM(plumbBuildIntrinsic(module, "Time.after", arguments, 3, &timer, 1),
          "it is an !intr.slot, and intr.pack makes one");
  arguments[2].value.id = 4711;
  PROGRAM(plumbBuildIntrinsic(module, "Time.after", arguments, 3, &timer, 1),
          "value");
  arguments[2].value.id = 0;
  OK(plumbBuildIntrinsic(module, "Time.after", arguments, 3, &timer, 1));
  OK(plumbBuildReturn(module, NULL, 0));
  PROGRAM(plumbModuleVerify(module), "nobody");
  /* Passes are not run on what is wrong. */
  PROGRAM(plumbModuleLower(module, 0), "nobody");
  /* A function of another type. */
  OK(plumbAddFunction(module, "nobody", NULL, 0, NULL, 0, PLUMB_FUNCTION_EXTERN,
                      NULL));
  PROGRAM(plumbModuleVerify(module), "nobody");
}

static void options(void) {
  PlumbArgument arguments[7] = {{{0}, NULL, NULL}};
  PlumbArgument *last = &arguments[6];
  PlumbValue status;
  newModule();
  OK(plumbGetParameter(module, function, 0, &arguments[0].value));
  arguments[1].function = arguments[2].function = arguments[3].function = "f";
  last->options = "{max_mesage = 1, shards = 0 : i64, bind = \"::1\"}";
  PROGRAM(plumbBuildIntrinsic(module, "Ws.serve", arguments, 7, &status, 1),
          "has no option 'max_mesage'; did you mean 'max_message'");
  PROGRAM(plumbBuildIntrinsic(module, "Ws.serve", arguments, 7, &status, 1),
          "option 'shards' is 0 : i64, but it must be a whole number from 1");
  last->options = "{shards = ";
  PROGRAM(plumbBuildIntrinsic(module, "Ws.serve", arguments, 7, &status, 1),
          "no MLIR dictionary");
  last->options = NULL;
  last->function = "f";
  PROGRAM(plumbBuildIntrinsic(module, "Ws.serve", arguments, 7, &status, 1),
          "'options' of 'Ws.serve' is options, but a function is passed");
  last->function = NULL;
  arguments[0].options = "{}";
  PROGRAM(plumbBuildIntrinsic(module, "Ws.serve", arguments, 7, &status, 1),
          "'port' of 'Ws.serve' is a value, but options are passed");
  arguments[0].options = NULL;
  last->options = "{shards = 2, bind = \"::1\"}";
  OK(plumbBuildIntrinsic(module, "Ws.serve", arguments, 7, &status, 1));
  last->options = NULL;
  OK(plumbBuildIntrinsic(module, "Ws.serve", arguments, 7, &status, 1));
  OK(plumbBuildIntrinsic(module, "Ws.serve", arguments, 4, &status, 1));
}

static void functions(void) {
  PlumbFunction made;
  PlumbValue value;
  PlumbBlock block;
  newModule();
  PROGRAM(plumbAddFunction(module, "f", NULL, 0, NULL, 0, 0, &made),
          "there is a function 'f' already");
  PROGRAM(plumbAddFunction(module, "Str.length", NULL, 0, NULL, 0, 0, &made),
          "'Str.length' has the name of an intrinsic");
  MISUSE(plumbAddFunction(module, "g", NULL, 0, NULL, 0, 99, &made),
         "flags do not go together");
  MISUSE(plumbAddFunction(module, "", NULL, 0, NULL, 0, 0, &made), "empty");
  CHECK(!made.id);
  OK(plumbAddFunction(module, "c", NULL, 0, NULL, 0, PLUMB_FUNCTION_EXTERN,
                      &made));
  MISUSE(plumbGetParameter(module, made, 0, &value), "is only declared");
  MISUSE(plumbGetEntryBlock(module, made, &block), "is only declared");
  MISUSE(plumbAddBlock(module, made, NULL, 0, &block), "is only declared");

  /* An intrinsic under its source name, with the wrong type. */
  OK(plumbAddFunction(module, "Str.length", &i64, 1, &i64, 1,
                      PLUMB_FUNCTION_BUILTIN, &made));
  OK(plumbSetLocation(module, "lost.toy", 12, 34));
  OK(plumbGetParameter(module, function, 0, &value));
  OK(plumbBuildCall(module, made, &value, 1, &value, 1));
  OK(plumbBuildReturn(module, NULL, 0));
  PROGRAM(plumbModuleResolve(module), "argument 'text' of 'Str.length'");
  CHECK(first.severity == PLUMB_SEVERITY_ERROR && first.line == 12 &&
        first.column == 34);
}

static void operations(void) {
  PlumbValue value;
  newModule();
  FAILS(
      plumbBuildOperation(module, "quill.write", NULL, NULL, 0, NULL, NULL, 0),
      PLUMB_STATUS_NOT_FOUND, "there is no operation 'quill.write'");
  MISUSE(plumbBuildOperation(module, "builtin.module", NULL, NULL, 0, NULL,
                             NULL, 0),
         "cannot be built by its name");
  MISUSE(
      plumbBuildOperation(module, "func.return", NULL, NULL, 0, NULL, NULL, 0),
      "cannot be built by its name");
  MISUSE(plumbBuildOperation(module, "arith.constant", "{", NULL, 0, &i64,
                             &value, 1),
         "no MLIR dictionary");
  PROGRAM(
      plumbBuildOperation(module, "arith.addi", NULL, NULL, 0, &i64, &value, 1),
      "operand");
  PROGRAM(plumbBuildOperation(module, "scf.if", NULL, NULL, 0, NULL, NULL, 0),
          "");
  OK(plumbBuildOperation(module, "arith.constant", "{value = 7 : i64}", NULL, 0,
                         &i64, &value, 1));
  CHECK(value.id);
}

/* Bytes that are no program. */
static void hostileText(void) {
  static const char deepest[] = "func.func @f() { return }";
  enum { DEPTH = 200000 };
  char *deep = malloc(DEPTH);
  PlumbModule *none;
  PlumbType type;
  size_t i;
  memset(deep, '(', DEPTH);
  PROGRAM(plumbModuleParse(context, deep, DEPTH, "deep", &none),
          "nested deeper than 500");
  CHECK(!none);
  deep[DEPTH - 1] = 0;
  FAILS(plumbTypeParse(context, deep, &type), PLUMB_STATUS_NOT_FOUND,
        "is not a type");
  free(deep);
  /* Every prefix of a program is parsed or refused. */
  for (i = 0; i < strlen(deepest); ++i)
    if (plumbModuleParse(context, deepest, i, "prefix", &none) ==
        PLUMB_STATUS_OK)
      plumbModuleDestroy(none);
  PROGRAM(plumbModuleParse(context, "\xff\0\x01", 3, "bytes", &none), "");
  PROGRAM(plumbModuleParse(context, "ML\xefR\x01\x02", 6, "bytecode", &none),
          "");
  PROGRAM(plumbModuleParse(context, "func.func @f() {", 16, "a.toy", &none),
          "expected");
  CHECK(first.line == 1);
}

static void loading(void) {
  FILE *file = fopen("bad-family.json", "w");
  fputs("{\"schema\": 2, \"name\": 7", file);
  fclose(file);
  MISUSE(plumbLoadFamily(context, NULL), "path must not be null");
  CHECK(plumbLoadFamily(NULL, "a.td") == PLUMB_STATUS_MISUSE);
  FAILS(plumbLoadFamily(context, "nowhere.json"), PLUMB_STATUS_FILE,
        "nowhere.json");
  FAILS(plumbLoadFamily(context, "bad-family.json"), PLUMB_STATUS_FILE,
        "bad-family.json");
  FAILS(plumbLoadFamily(context, "."), PLUMB_STATUS_FILE, "directory");
  remove("bad-family.json");
}

static void compiling(void) {
  PlumbCompileOptions options;
  PlumbText text;
  PlumbJit *jit;
  PlumbFunction c;
  int code;
  char *arguments[] = {NULL};
  memset(&options, 0, sizeof(options));
  newModule();
  PROGRAM(plumbModuleCompile(module, PLUMB_OUTPUT_OBJECT, NULL, &text),
          "terminator");
  PROGRAM(plumbJitCreate(module, NULL, &jit), "terminator");
  OK(plumbAddFunction(module, "quill_c", NULL, 0, NULL, 0,
                      PLUMB_FUNCTION_EXTERN, &c));
  OK(plumbBuildCall(module, c, NULL, 0, NULL, 0));
  OK(plumbBuildReturn(module, NULL, 0));
  MISUSE(plumbModuleCompile(module, PLUMB_OUTPUT_OBJECT, &options, &text),
         "struct_size of the options is 0");
  options.struct_size = sizeof(options);
  options.level = 4;
  MISUSE(plumbModuleCompile(module, PLUMB_OUTPUT_OBJECT, &options, &text),
         "no optimisation level 4");
  MISUSE(plumbModuleCompile(module, (PlumbOutput)9, NULL, &text),
         "no such output");
  FAILS(plumbJitCreate(module, NULL, &jit), PLUMB_STATUS_RUNTIME, "quill_c");
  options.level = 0;
  options.runtime = "no-such-runtime.so";
  FAILS(plumbJitCreate(module, &options, &jit), PLUMB_STATUS_RUNTIME,
        "no-such-runtime.so");
  CHECK(!jit);
  newModule();
  OK(plumbBuildReturn(module, NULL, 0));
  OK(plumbJitCreate(module, NULL, &jit));
  MISUSE(plumbJitRunMain(jit, 0, arguments, &code), "the program's name");
  PROGRAM(plumbJitRunMain(jit, 1, arguments, &code), "no function `main`");
  plumbJitDestroy(jit);
}

int main(void) {
  context = newContext();
  i64 = typeOf(context, "i64");
  i1 = typeOf(context, "i1");
  str = typeOf(context, "!intr.str");
  newModule();
  nulls();
  numbers();
  types();
  callbacks();
  options();
  functions();
  operations();
  hostileText();
  loading();
  compiling();
  plumbModuleDestroy(module);
  plumbContextDestroy(context);
  return failures != 0;
}
