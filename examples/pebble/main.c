/* main.c - The command line. */

#include "pebble.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "Compiles and runs programs in Pebble, a toy language on libPlumbC.\n"
    "\n"
    "  pebble run FILE [ARGUMENTS...]   compile in memory and run\n"
    "  pebble check FILE                only say what is wrong\n"
    "  pebble object FILE -o OUT.o      an object file, to be linked with\n"
    "                                   libPlumbRuntime\n"
    "  pebble emit-llvm FILE [-o OUT]   LLVM IR as text, to stdout\n"
    "  pebble emit-mlir FILE            MLIR as text, to stdout\n"
    "  pebble --help, --version\n"
    "\n"
    "The exit code is the program's for `run`; 0, or 1 after errors, for all\n"
    "others; 2 when the command line is wrong.\n";

static int usage(const char *message, const char *what) {
  fprintf(stderr, "pebble: error: %s%s; see pebble --help\n", message, what);
  return 2;
}

/* The whole file; a null text after an error. */
static Source readSource(const char *path) {
  Source source = {path, NULL, 0, 0, {1, 1}, 0};
  FILE *file = fopen(path, "rb");
  char *text = NULL;
  size_t length = 0, got;
  if (file) {
    do {
      char *more = newMemory(length + 65536);
      if (length)
        memcpy(more, text, length);
      free(text);
      text = more;
      got = fread(text + length, 1, 65536, file);
      length += got;
    } while (got);
  }
  if (!file || ferror(file)) {
    fprintf(stderr, "pebble: error: cannot read '%s': %s\n", path,
            strerror(errno));
    return source;
  }
  fclose(file);
  source.text = text;
  source.length = length;
  return source;
}

static int writeText(PlumbStatus status, PlumbText *text) {
  int failed = status != PLUMB_STATUS_OK;
  if (!failed)
    failed = fwrite(text->data, 1, text->length, stdout) != text->length ||
             fflush(stdout) != 0;
  plumbTextFree(text);
  return failed;
}

static int runProgram(PlumbModule *module, int argc, char **argv) {
  PlumbCompileOptions options = {0};
  PlumbJit *jit;
  int code;
  options.struct_size = sizeof(options);
  options.level = 2;
  options.runtime = getenv("PEBBLE_RUNTIME");
  /* Not destroyed: threads of the runtime may use the code to the end. */
  if (plumbJitCreate(module, &options, &jit) != PLUMB_STATUS_OK ||
      plumbJitRunMain(jit, argc, argv, &code) != PLUMB_STATUS_OK)
    return 1;
  return code;
}

static int finish(const char *command, PlumbModule *module, const char *output,
                  int argc, char **argv) {
  PlumbCompileOptions options = {0};
  PlumbText text = {NULL, 0};
  options.struct_size = sizeof(options);
  options.level = 2;
  if (strcmp(command, "run") == 0)
    return runProgram(module, argc, argv);
  if (strcmp(command, "object") == 0)
    return plumbModuleCompileToFile(module, PLUMB_OUTPUT_OBJECT, &options,
                                    output) != PLUMB_STATUS_OK;
  if (strcmp(command, "emit-llvm") == 0 && output)
    return plumbModuleCompileToFile(module, PLUMB_OUTPUT_LLVM_IR, &options,
                                    output) != PLUMB_STATUS_OK;
  if (strcmp(command, "emit-llvm") == 0)
    return writeText(
        plumbModuleCompile(module, PLUMB_OUTPUT_LLVM_IR, &options, &text),
        &text);
  if (strcmp(command, "emit-mlir") == 0)
    return writeText(plumbModulePrint(module, &text), &text);
  return 0;
}

int main(int argc, char **argv) {
  static const char *const commands[] = {"run", "check", "object", "emit-llvm",
                                         "emit-mlir"};
  const char *output = NULL;
  int known = 0;
  if (argc > 1 && strcmp(argv[1], "--help") == 0)
    return fputs(help, stdout) < 0;
  if (argc > 1 && strcmp(argv[1], "--version") == 0)
    return printf("pebble, with %s\n", plumbVersionText()) < 0;
  if (argc < 2)
    return usage("a command is missing", "");
  for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); ++i)
    known |= strcmp(argv[1], commands[i]) == 0;
  if (!known)
    return usage("there is no command ", argv[1]);
  if (argc < 3)
    return usage("a file is missing after ", argv[1]);
  if (strcmp(argv[1], "run") != 0 && argc > 3) {
    if (argc != 5 || strcmp(argv[3], "-o") != 0)
      return usage("after the file comes only -o FILE, not ", argv[3]);
    output = argv[4];
  }
  if (strcmp(argv[1], "object") == 0 && !output)
    return usage("-o FILE is missing", "");
  if (plumbAbiVersion() != PLUMB_C_ABI_VERSION) {
    fprintf(stderr,
            "pebble: error: made for version %d of libPlumbC, but this "
            "is version %u\n",
            PLUMB_C_ABI_VERSION, (unsigned)plumbAbiVersion());
    return 1;
  }

  Source source = readSource(argv[2]);
  if (!source.text)
    return 1;
  Program program = parseProgram(&source);
  if (source.numErrors)
    return 1;
  PlumbContext *context = plumbContextCreate();
  if (!context)
    return 1;
  PlumbModule *module = generate(&source, &program, context);
  int code = module ? finish(argv[1], module, output, argc - 2, argv + 2) : 1;
  plumbModuleDestroy(module);
  plumbContextDestroy(context);
  return code;
}
