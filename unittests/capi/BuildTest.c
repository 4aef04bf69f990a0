/*===- BuildTest.c - A module built, printed, compiled and run --*- C -*-===*/

#include "Check.h"

static PlumbContext *context;
static PlumbType i64, i1, f64, str;

/* fn @sum(n) = 0 + 1 + ... + n-1, by a loop of blocks. */
static void addSum(PlumbModule *module) {
  PlumbFunction function;
  PlumbBlock entry, head, body, end;
  PlumbType pair[2];
  PlumbValue n, zero, one, both[2], less, next[2];
  pair[0] = pair[1] = i64;
  OK(plumbAddFunction(module, "sum", &i64, 1, &i64, 1, 0, &function));
  OK(plumbGetParameter(module, function, 0, &n));
  OK(plumbGetEntryBlock(module, function, &entry));
  OK(plumbAddBlock(module, function, pair, 2, &head));
  OK(plumbAddBlock(module, function, NULL, 0, &body));
  OK(plumbAddBlock(module, function, NULL, 0, &end));
  OK(plumbSetBlock(module, entry));
  OK(plumbBuildInt(module, i64, 0, &zero));
  OK(plumbBuildInt(module, i64, 1, &one));
  both[0] = both[1] = zero;
  CHECK(!plumbBlockIsEnded(module));
  OK(plumbBuildBranch(module, head, both, 2));
  CHECK(plumbBlockIsEnded(module));
  OK(plumbSetBlock(module, head));
  OK(plumbGetBlockParameter(module, head, 0, &both[0]));
  OK(plumbGetBlockParameter(module, head, 1, &both[1]));
  OK(plumbBuildCompare(module, PLUMB_LESS, both[0], n, &less));
  OK(plumbBuildCondBranch(module, less, body, NULL, 0, end, NULL, 0));
  OK(plumbSetBlock(module, body));
  OK(plumbBuildArithmetic(module, PLUMB_ADD, both[0], one, &next[0]));
  OK(plumbBuildArithmetic(module, PLUMB_ADD, both[1], both[0], &next[1]));
  OK(plumbBuildBranch(module, head, next, 2));
  OK(plumbSetBlock(module, end));
  OK(plumbBuildReturn(module, &both[1], 1));
}

/* fn @length() calls two intrinsics. */
static void addLength(PlumbModule *module) {
  PlumbFunction function;
  PlumbBlock entry;
  PlumbArgument arguments[2] = {{{0}, NULL, NULL}, {{0}, NULL, NULL}};
  PlumbValue length;
  OK(plumbAddFunction(module, "length", NULL, 0, &i64, 1, 0, &function));
  OK(plumbGetEntryBlock(module, function, &entry));
  OK(plumbSetBlock(module, entry));
  OK(plumbBuildText(module, "hello", 5, &arguments[0].value));
  OK(plumbBuildText(module, "\0!", 2, &arguments[1].value));
  OK(plumbBuildIntrinsic(module, "Str.concat", arguments, 2,
                         &arguments[0].value, 1));
  OK(plumbBuildIntrinsic(module, "str.length", arguments, 1, &length, 1));
  OK(plumbBuildReturn(module, &length, 1));
}

/* Conversions and float arithmetic: (i64)(-7 / 2.0) + (i64)true = -2. */
static void addConvert(PlumbModule *module) {
  PlumbFunction function;
  PlumbBlock entry;
  PlumbValue seven, two, quotient, whole, truth, sum;
  OK(plumbAddFunction(module, "convert", NULL, 0, &i64, 1, 0, &function));
  OK(plumbGetEntryBlock(module, function, &entry));
  OK(plumbSetBlock(module, entry));
  OK(plumbBuildInt(module, i64, -7, &seven));
  OK(plumbBuildConvert(module, seven, f64, &seven));
  OK(plumbBuildFloat(module, f64, 2.0, &two));
  OK(plumbBuildArithmetic(module, PLUMB_DIV, seven, two, &quotient));
  OK(plumbBuildConvert(module, quotient, i64, &whole));
  OK(plumbBuildBool(module, 7, &truth));
  OK(plumbBuildConvert(module, truth, i64, &truth));
  OK(plumbBuildArithmetic(module, PLUMB_ADD, whole, truth, &sum));
  OK(plumbBuildReturn(module, &sum, 1));
}

static void runIt(PlumbModule *module) {
  PlumbCompileOptions options;
  PlumbJit *jit;
  void *address;
  memset(&options, 0, sizeof(options));
  options.struct_size = sizeof(options);
  options.is_library = 1;
  OK(plumbJitCreate(module, &options, &jit));
  if (!jit)
    return;
  OK(plumbJitFind(jit, "sum", &address));
  CHECK((*(int64_t (**)(int64_t))&address)(10) == 45);
  OK(plumbJitFind(jit, "length", &address));
  CHECK((*(int64_t (**)(void))&address)() == 7);
  OK(plumbJitFind(jit, "convert", &address));
  CHECK((*(int64_t (**)(void))&address)() == -2);
  FAILS(plumbJitFind(jit, "summ", &address), PLUMB_STATUS_NOT_FOUND,
        "no public function 'summ'");
  CHECK(!address);
  plumbJitDestroy(jit);
}

static void compileIt(PlumbModule *module) {
  PlumbCompileOptions options;
  PlumbText text;
  memset(&options, 0, sizeof(options));
  options.struct_size = sizeof(options);
  OK(plumbModuleCompile(module, PLUMB_OUTPUT_LLVM_IR, NULL, &text));
  CHECK(text.data && strstr(text.data, "define i64 @sum(i64"));
  CHECK(text.data && strstr(text.data, "declare"));
  CHECK(text.data && strlen(text.data) == text.length);
  plumbTextFree(&text);
  CHECK(!text.data && !text.length);
  options.debug_lines = 1;
  OK(plumbModuleCompile(module, PLUMB_OUTPUT_LLVM_IR, &options, &text));
  CHECK(text.data && strstr(text.data, "!DISubprogram(name: \"sum\""));
  plumbTextFree(&text);
  /* A program of 0.2 has no such field. */
  options.struct_size = offsetof(PlumbCompileOptions, debug_lines);
  OK(plumbModuleCompile(module, PLUMB_OUTPUT_LLVM_IR, &options, &text));
  CHECK(text.data && !strstr(text.data, "DISubprogram"));
  plumbTextFree(&text);
  options.struct_size = sizeof(options);
  options.debug_lines = 0;
  OK(plumbModuleCompile(module, PLUMB_OUTPUT_BITCODE, NULL, &text));
  CHECK(text.length > 4 && memcmp(text.data, "BC\xc0\xde", 4) == 0);
  plumbTextFree(&text);
  options.level = 3;
  OK(plumbModuleCompile(module, PLUMB_OUTPUT_OBJECT, &options, &text));
  CHECK(text.length > 4 && memcmp(text.data,
                                  "\x7f"
                                  "ELF",
                                  4) == 0);
  plumbTextFree(&text);
  options.triple = "aarch64-linux-gnu";
  OK(plumbModuleCompile(module, PLUMB_OUTPUT_ASSEMBLY, &options, &text));
  CHECK(text.data && strstr(text.data, "sum:"));
  plumbTextFree(&text);
  options.triple = "quill-unknown-none";
  FAILS(plumbModuleCompile(module, PLUMB_OUTPUT_OBJECT, &options, &text),
        PLUMB_STATUS_TARGET, "cannot make code for 'quill-unknown-none'");
  CHECK(!text.data);
  options.triple = NULL;
  options.cpu = "quill";
  FAILS(plumbModuleCompile(module, PLUMB_OUTPUT_OBJECT, &options, &text),
        PLUMB_STATUS_TARGET, "has no processor 'quill'");
  FAILS(plumbModuleCompileToFile(module, PLUMB_OUTPUT_LLVM_IR, NULL,
                                 "no/such/folder/a.ll"),
        PLUMB_STATUS_FILE, "cannot write 'no/such/folder/a.ll'");
}

static void useFamilies(void) {
  const plumb_intr_row *row = plumbFindIntrinsic(context, "Time.after");
  PlumbType types[4], result;
  PlumbText text;
  size_t num, i, rows = 0;
  CHECK(plumbNumFamilies(context) >= 5);
  CHECK(strcmp(plumbGetFamily(context, 0)->name, "intr") == 0);
  CHECK(!plumbGetFamily(context, plumbNumFamilies(context)));
  for (i = 0; i < plumbNumFamilies(context); ++i)
    rows += plumbGetFamily(context, i)->num_rows;
  CHECK(rows > 30);
  CHECK(plumbFindFamily(context, "time") && !plumbFindFamily(context, "quill"));
  CHECK(row && row == plumbFindIntrinsic(context, "time.after"));
  if (!row)
    return;
  CHECK(plumbNumArguments(row) == 3 && plumbNumResults(row) == 1);
  CHECK(strcmp(plumbGetResult(row, 0)->mlir, "!time.timer") == 0);
  CHECK(!plumbGetArgument(row, 3) && !plumbGetResult(row, 1));
  CHECK(plumbGetArgument(row, 2)->callback);
  OK(plumbCallbackTypes(context, row, plumbGetArgument(row, 2), types, 4, &num,
                        &result));
  CHECK(num == 1 && types[0].id == i64.id && !result.id);
  MISUSE(plumbCallbackTypes(context, row, plumbGetArgument(row, 2), types, 0,
                            &num, &result),
         "more than there is room for");
  CHECK(num == 1);
  MISUSE(plumbCallbackTypes(context, row, plumbGetArgument(row, 1), types, 4,
                            &num, &result),
         "a callback of it");
  OK(plumbDescribeIntrinsic(context, row, &text));
  CHECK(strstr(text.data, "Time.after(delay: i64, data: i64, on_timer: (i64)"));
  plumbTextFree(&text);
  OK(plumbNearestIntrinsics(context, "Time.aftr", &text));
  CHECK(strncmp(text.data, "Time.after\n", 11) == 0);
  plumbTextFree(&text);
}

/* A program that was read rather than built; and a whole one that runs. */
static void parseAndRun(void) {
  static const char source[] =
      "func.func private @\"Str.length\"(!intr.str) -> i64\n"
      "func.func @main() -> i64 {\n"
      "  %a = intr.constant \"abc\"\n"
      "  %n = call @\"Str.length\"(%a) : (!intr.str) -> i64\n"
      "  return %n : i64\n"
      "}\n";
  char name[] = "program";
  char *arguments[] = {name, NULL};
  PlumbModule *module;
  PlumbFunction function;
  PlumbText text;
  PlumbJit *jit;
  int code = -1;
  OK(plumbModuleParse(context, source, strlen(source), "a.mlir", &module));
  OK(plumbFindFunction(module, "main", &function));
  FAILS(plumbFindFunction(module, "man", &function), PLUMB_STATUS_NOT_FOUND,
        "there is no function 'man'");
  OK(plumbJitCreate(module, NULL, &jit));
  OK(plumbJitRunMain(jit, 1, arguments, &code));
  CHECK(code == 3);
  MISUSE(plumbJitRunMain(jit, 1, arguments, &code), "has been run already");
  plumbJitDestroy(jit);
  OK(plumbModuleResolve(module));
  OK(plumbModulePrint(module, &text));
  CHECK(strstr(text.data, "str.length %") && !strstr(text.data, "Str.length"));
  plumbTextFree(&text);
  OK(plumbModuleLower(module, 1));
  OK(plumbModulePrint(module, &text));
  CHECK(strstr(text.data, "llvm.func @main(%arg0: i32, %arg1: !llvm.ptr)"));
  plumbTextFree(&text);
  /* Lowered by hand, it compiles and runs as before. */
  OK(plumbJitCreate(module, NULL, &jit));
  OK(plumbJitRunMain(jit, 1, arguments, &code));
  CHECK(code == 3);
  plumbJitDestroy(jit);
  plumbModuleDestroy(module);
}

/* How a bool is passed is the target's business, not this machine's. */
static void compileForAnother(void) {
  static const char source[] = "func.func @same(%a: !intr.str) -> i1 {\n"
                               "  %0 = str.equal %a, %a\n"
                               "  return %0 : i1\n"
                               "}\n";
  static const char *const cases[][2] = {
      {"aarch64-linux-gnu", "declare noundef i1 @plumb_str_equal"},
      {"x86_64-linux-gnu", "declare noundef zeroext i1 @plumb_str_equal"}};
  PlumbModule *module;
  PlumbCompileOptions options;
  PlumbText text;
  size_t i;
  OK(plumbModuleParse(context, source, strlen(source), "b.mlir", &module));
  memset(&options, 0, sizeof(options));
  options.struct_size = sizeof(options);
  for (i = 0; i < 2; ++i) {
    options.triple = cases[i][0];
    OK(plumbModuleCompile(module, PLUMB_OUTPUT_LLVM_IR, &options, &text));
    CHECK(text.data && strstr(text.data, cases[i][1]));
    plumbTextFree(&text);
  }
  plumbModuleDestroy(module);
}

/* As most front ends do, a block is begun behind `return`. */
static void compileUnreachable(void) {
  PlumbModule *module;
  PlumbFunction function;
  PlumbBlock block;
  PlumbValue n;
  PlumbText text;
  OK(plumbModuleCreate(context, "dead.toy", &module));
  OK(plumbAddFunction(module, "main", NULL, 0, &i64, 1, PLUMB_FUNCTION_PUBLIC,
                      &function));
  OK(plumbGetEntryBlock(module, function, &block));
  OK(plumbSetBlock(module, block));
  OK(plumbBuildInt(module, i64, 7, &n));
  OK(plumbBuildReturn(module, &n, 1));
  OK(plumbAddBlock(module, function, NULL, 0, &block));
  OK(plumbSetBlock(module, block));
  OK(plumbBuildInt(module, i64, 8, &n));
  OK(plumbBuildReturn(module, &n, 1));
  OK(plumbModuleVerify(module));
  OK(plumbModuleCompile(module, PLUMB_OUTPUT_LLVM_IR, NULL, &text));
  CHECK(text.data && strstr(text.data, "ret i64 7") &&
        !strstr(text.data, "ret i64 8"));
  plumbTextFree(&text);
  plumbModuleDestroy(module);
}

int main(void) {
  PlumbModule *module;
  PlumbText text;
  CHECK(plumbAbiVersion() == PLUMB_C_ABI_VERSION);
  CHECK(strncmp(plumbVersionText(), "Plumb ", 6) == 0);
  context = newContext();
  i64 = typeOf(context, "i64");
  i1 = typeOf(context, "i1");
  f64 = typeOf(context, "f64");
  str = typeOf(context, "!intr.str");
  CHECK(i64.id == typeOf(context, "i64").id && i64.id != i1.id);
  CHECK(strcmp(plumbTypeText(context, str), "!intr.str") == 0);
  useFamilies();
  OK(plumbModuleCreate(context, "built.toy", &module));
  addSum(module);
  addLength(module);
  addConvert(module);
  OK(plumbModuleVerify(module));
  OK(plumbModulePrint(module, &text));
  CHECK(strstr(text.data, "func.func @sum(%arg0: i64) -> i64"));
  CHECK(strstr(text.data, "str.concat"));
  plumbTextFree(&text);
  compileIt(module);
  runIt(module);
  parseAndRun();
  compileForAnother();
  compileUnreachable();
  /* In the other order than they were made. */
  plumbContextDestroy(context);
  OK(plumbModuleVerify(module));
  plumbModuleDestroy(module);
  return failures != 0;
}
