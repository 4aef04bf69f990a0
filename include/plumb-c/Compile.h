/*===- Compile.h - From a program to code ------------------------*- C -*-===*\
|*                                                                          *|
|* See Support.h for errors, ownership and threads. The module is read and   *|
|* stays as it is.                                                          *|
|*                                                                          *|
\*===----------------------------------------------------------------------===*/

#ifndef PLUMB_C_COMPILE_H
#define PLUMB_C_COMPILE_H

#include "plumb-c/Module.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Zeros mean the defaults; `struct_size` must be set. A program that was
 *  compiled when there were fewer goes on with the defaults of the others. */
typedef struct PlumbCompileOptions {
  size_t struct_size; /**< sizeof(PlumbCompileOptions) */
  unsigned level;     /**< of optimisation, 0 to 3 */
  const char *triple; /**< null for this machine */
  const char *cpu;    /**< null for the oldest of the architecture; "native" */
  int is_library;     /**< not 0: @main, if any, is no C main */
  /** For the JIT: shared libraries with intrinsics, colons between them, or
   *  null. They are asked first, then those that families were loaded with,
   *  then the libPlumbRuntime.so beside this library, unless one of the first
   *  is a whole runtime. The functions of a family all come from the first
   *  that has any of them. */
  const char *runtime;
  /** Since 0.3. Not 0: functions without debug information of their own have
   *  the lines of their operations' locations. */
  int debug_lines;
} PlumbCompileOptions;

typedef enum PlumbOutput {
  PLUMB_OUTPUT_LLVM_IR, /**< text */
  PLUMB_OUTPUT_BITCODE,
  PLUMB_OUTPUT_ASSEMBLY, /**< text */
  PLUMB_OUTPUT_OBJECT    /**< to be linked with libPlumbRuntime.a or .so */
} PlumbOutput;

/** `options` may be null. A module with a @main gives a program, others, and
 *  `is_library`, give a library. */
PLUMB_C_API PlumbStatus plumbModuleCompile(PlumbModule *module,
                                           PlumbOutput output,
                                           const PlumbCompileOptions *options,
                                           PlumbText *code);

/** Writes them to a file, replacing what is there: first beside it, so that a
 *  failure leaves no half of it. */
PLUMB_C_API PlumbStatus
plumbModuleCompileToFile(PlumbModule *module, PlumbOutput output,
                         const PlumbCompileOptions *options, const char *path);

/** Code in the memory of this process. */
typedef struct PlumbJit PlumbJit;

/** Compiles for this machine: `triple` and `cpu` are not looked at. Every
 *  symbol must be defined, by the module, the runtime, or this process. */
PLUMB_C_API PlumbStatus plumbJitCreate(PlumbModule *module,
                                       const PlumbCompileOptions *options,
                                       PlumbJit **jit);
/** Removes the code: neither a thread nor a callback that a runtime has kept
 *  may run it any more. */
PLUMB_C_API void plumbJitDestroy(PlumbJit *jit);

/** The address of a function of the module that is not private. Its C type is
 *  the module's business: !intr.str is `const plumb_str *` and so on. */
PLUMB_C_API PlumbStatus plumbJitFind(PlumbJit *jit, const char *function,
                                     void **address);

/** Runs @main, once; `arguments` are the program's name and what follows it,
 *  and must live as long as the process. `*exit_code` gets what it returns. */
PLUMB_C_API PlumbStatus plumbJitRunMain(PlumbJit *jit, int num_arguments,
                                        char **arguments, int *exit_code);

#ifdef __cplusplus
}
#endif

#endif /* PLUMB_C_COMPILE_H */
