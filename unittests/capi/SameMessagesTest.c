/*===- SameMessagesTest.c - Two ways in, one word ----------------*- C -*-===*\
|*                                                                          *|
|* A wrong call gets the same message whether it is built by the C API or is *|
|* an MLIR call of the source name.                                         *|
|*                                                                          *|
\*===----------------------------------------------------------------------===*/

#include "Check.h"

static PlumbContext *context;

/* What resolving the program `body`, in a function (i64, text), says. */
static void tellOfText(const char *declarations, const char *body, char *said) {
  char text[2048];
  PlumbModule *module;
  snprintf(text, sizeof(text),
           "%s\nfunc.func @f(%%n: i64, %%text: !intr.str) {\n%s\n return\n}\n",
           declarations, body);
  OK(plumbModuleParse(context, text, strlen(text), "text", &module));
  forget();
  CHECK(plumbModuleResolve(module) == PLUMB_STATUS_PROGRAM);
  strcpy(said, told);
  plumbModuleDestroy(module);
}

/* What building the call says; 'n' and 't' are the parameters, 's' the number
   as a slot, 'f' a function, 'e' the function with that slot, "" nothing,
   anything else options. */
static void tellOfApi(const char *name, const char *const *passed, size_t num,
                      char *said) {
  PlumbModule *module;
  PlumbType types[2];
  PlumbFunction function;
  PlumbBlock entry;
  PlumbType slot = typeOf(context, "!intr.slot");
  PlumbValue values[2], packed, results[4];
  PlumbArgument arguments[8];
  size_t i;
  memset(arguments, 0, sizeof(arguments));
  types[0] = typeOf(context, "i64");
  types[1] = typeOf(context, "!intr.str");
  OK(plumbModuleCreate(context, "api", &module));
  OK(plumbAddFunction(module, "f", types, 2, NULL, 0, 0, &function));
  OK(plumbGetEntryBlock(module, function, &entry));
  OK(plumbSetBlock(module, entry));
  for (i = 0; i < 2; ++i)
    OK(plumbGetParameter(module, function, i, &values[i]));
  OK(plumbBuildOperation(module, "intr.pack", NULL, values, 1, &slot, &packed,
                         1));
  for (i = 0; i < num; ++i)
    if (strcmp(passed[i], "f") == 0)
      arguments[i].function = "f";
    else if (strcmp(passed[i], "e") == 0)
      arguments[i].function = "f", arguments[i].value = packed;
    else if (strcmp(passed[i], "s") == 0)
      arguments[i].value = packed;
    else if (*passed[i] == '{')
      arguments[i].options = passed[i];
    else if (*passed[i])
      arguments[i].value = values[*passed[i] == 't'];
  forget();
  CHECK(plumbBuildIntrinsic(module, name, arguments, num, results, 0) ==
        PLUMB_STATUS_PROGRAM);
  strcpy(said, told);
  plumbModuleDestroy(module);
}

static void same(const char *declaration, const char *body, const char *name,
                 const char *const *passed, size_t num, const char *part) {
  char text[8192], api[8192];
  tellOfText(declaration, body, text);
  tellOfApi(name, passed, num, api);
  if (!*text || strcmp(text, api) != 0 || !strstr(text, part)) {
    printf("%s:\n in MLIR: %s in C: %s", name, text, api);
    ++failures;
  }
}

int main(void) {
  static const char *const numbers[] = {"n", "n", "n"};
  static const char *const withFunction[] = {"f", "t"};
  static const char *const served[] = {
      "t", "f", "f", "n", "", "", "{max_mesage = 1, shards = 0 : i64}"};
  context = newContext();
  same(
      "func.func private @\"Str.length\"() -> i64",
      "%0 = call @\"Str.length\"() : () -> i64", "Str.length", numbers, 0,
      "'Str.length' takes 1 argument (text: !intr.str), but the call passes 0");
  same("func.func private @\"Str.concat\"(i64, i64, i64) -> !intr.str",
       "%0 = call @\"Str.concat\"(%n, %n, %n) : (i64, i64, i64) -> !intr.str",
       "Str.concat", numbers, 3, "but the call passes 3");
  /* All mistakes, in their order. */
  same("func.func private @\"Str.concat\"(i64, i64) -> !intr.str",
       "%0 = call @\"Str.concat\"(%n, %n) : (i64, i64) -> !intr.str",
       "Str.concat", numbers, 2,
       "argument 'left' of 'Str.concat' has type '!intr.str', but the call "
       "passes 'i64'\nargument 'right'");
  same("func.func private @\"Ws.send\"(i64, !intr.str) -> !intr.status",
       "%0 = call @\"Ws.send\"(%n, %text) : (i64, !intr.str) -> !intr.status",
       "Ws.send", (const char *const[]){"n", "t"}, 2,
       "a handle comes only from the runtime");
  same("func.func private @\"Str.concat\"((i64, !intr.str) -> (), !intr.str) "
       "-> !intr.str",
       "%f = func.constant @f : (i64, !intr.str) -> ()\n"
       "%0 = call @\"Str.concat\"(%f, %text) : ((i64, !intr.str) -> (), "
       "!intr.str) -> !intr.str",
       "Str.concat", withFunction, 2,
       "argument 'left' of 'Str.concat' is a value, but a function is passed");
  same("func.func private @\"Str.length\"((i64) -> ()) -> i64\n"
       "func.func private @g(i64, !intr.slot)",
       "%e = intr.pack %n : i64\n"
       "%f = intr.bind @g(%e) : (i64) -> ()\n"
       "%0 = call @\"Str.length\"(%f) : ((i64) -> ()) -> i64",
       "Str.length", (const char *const[]){"e"}, 1,
       "argument 'text' of 'Str.length' is a value, but a function is passed");
  same("func.func private @\"Intr.give\"(!intr.slot, () -> ()) -> "
       "!intr.status\n"
       "func.func private @g(!intr.slot)",
       "%e = intr.pack %n : i64\n"
       "%f = intr.bind @g(%e) : () -> ()\n"
       "%0 = call @\"Intr.give\"(%e, %f) : (!intr.slot, () -> ()) -> "
       "!intr.status",
       "Intr.give", (const char *const[]){"s", "e"}, 2,
       "argument 'on_release' of 'Intr.give' has no environment of its own; it "
       "is called with what is passed as 'environment'");
  same("func.func private @\"Time.after\"(i64, i64, i64) -> !time.timer",
       "%0 = call @\"Time.after\"(%n, %n, %n) : (i64, i64, i64) -> !time.timer",
       "Time.after", numbers, 3, "pass a function by its name");
  same("func.func private @\"Ws.serve\"(!intr.str, (!ws.conn) -> i1, "
       "(!ws.conn, !intr.str) -> (), i64) -> !intr.status\n"
       "func.func private @c(!ws.conn) -> i1\n"
       "func.func private @m(!ws.conn, !intr.str)",
       "%c = func.constant @c : (!ws.conn) -> i1\n"
       "%m = func.constant @m : (!ws.conn, !intr.str) -> ()\n"
       "%0 = call @\"Ws.serve\"(%text, %c, %m, %n) {options = "
       "{max_mesage = 1, shards = 0 : i64}} : (!intr.str, (!ws.conn) -> i1, "
       "(!ws.conn, !intr.str) -> (), i64) -> !intr.status",
       "Ws.serve", served, 7, "has no option 'max_mesage'");
  plumbContextDestroy(context);
  return failures;
}
