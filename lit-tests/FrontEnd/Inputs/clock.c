/* Uses a family that is loaded from a file: clock FAMILY RUNTIME. */

#include <plumb-c/Plumb.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv) {
  PlumbContext *context = plumbContextCreate();
  PlumbCompileOptions options = {0};
  PlumbModule *module;
  PlumbFunction function;
  PlumbBlock entry;
  PlumbType i64;
  PlumbArgument arguments[2] = {{{0}, NULL, NULL}, {{0}, NULL, NULL}};
  PlumbValue hour;
  PlumbJit *jit;
  int code = -1;
  if (argc != 3 || plumbFindIntrinsic(context, "Clock.hour") ||
      plumbLoadFamily(context, argv[1]) != PLUMB_STATUS_OK)
    return 100;
  /* Another context does not have it. */
  PlumbContext *other = plumbContextCreate();
  if (plumbFindIntrinsic(other, "Clock.hour") ||
      plumbNumFamilies(other) + 1 != plumbNumFamilies(context))
    return 103;
  plumbContextDestroy(other);
  /* Twice is no error; and the look-up knows it now. */
  if (plumbLoadFamily(context, argv[1]) != PLUMB_STATUS_OK)
    return 101;
  const plumb_intr_row *row = plumbFindIntrinsic(context, "Clock.hour");
  if (!row || plumbNumArguments(row) != 2 ||
      strcmp(plumbGetArgument(row, 0)->type->mlir, "!clock.zone") != 0)
    return 102;
  plumbTypeParse(context, "i64", &i64);
  plumbModuleCreate(context, "clock.toy", &module);
  plumbAddFunction(module, "main", NULL, 0, &i64, 1, 0, &function);
  plumbGetEntryBlock(module, function, &entry);
  plumbSetBlock(module, entry);
  plumbBuildInt(module, i64, 2, &arguments[0].value);
  plumbBuildIntrinsic(module, "Clock.find", arguments, 1, &arguments[0].value,
                      1);
  plumbBuildInt(module, i64, 23, &arguments[1].value);
  plumbBuildIntrinsic(module, "Clock.hour", arguments, 2, &hour, 1);
  plumbBuildReturn(module, &hour, 1);
  options.struct_size = sizeof(options);
  options.runtime = argv[2];
  if (plumbJitCreate(module, &options, &jit) != PLUMB_STATUS_OK ||
      plumbJitRunMain(jit, 1, argv, &code) != PLUMB_STATUS_OK)
    return 103;
  printf("23 o'clock is %d there\n", code);
  plumbJitDestroy(jit);
  plumbModuleDestroy(module);
  plumbContextDestroy(context);
  return 0;
}
