/*===- Module.h - A program --------------------------------------*- C -*-===*\
|*                                                                          *|
|* See Support.h for errors, ownership and threads. Build.h makes what is in *|
|* a module.                                                                *|
|*                                                                          *|
\*===----------------------------------------------------------------------===*/

#ifndef PLUMB_C_MODULE_H
#define PLUMB_C_MODULE_H

#include "plumb-c/Context.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct PlumbModule PlumbModule;

/** An empty one. `name` is that of the source file, for messages. */
PLUMB_C_API PlumbStatus plumbModuleCreate(PlumbContext *context,
                                          const char *name,
                                          PlumbModule **module);

/** Reads and verifies MLIR text, or MLIR bytecode; any bytes may be given.
 *  Text may be nested at most 500 brackets deep. Functions are found with
 *  plumbFindFunction. */
PLUMB_C_API PlumbStatus plumbModuleParse(PlumbContext *context,
                                         const char *text, size_t length,
                                         const char *name,
                                         PlumbModule **module);

PLUMB_C_API void plumbModuleDestroy(PlumbModule *module);

/** Checks the whole module; all errors are told. */
PLUMB_C_API PlumbStatus plumbModuleVerify(PlumbModule *module);

/** As MLIR text; a module that is not valid in MLIR's generic form. */
PLUMB_C_API PlumbStatus plumbModulePrint(PlumbModule *module, PlumbText *text);

/** Calls of functions with source names, such as `func.call @"Clock.set"`,
 *  become operations; all wrong ones are told. Ends the module's building:
 *  functions, blocks and values made before are refused from now on, whether
 *  it succeeds or not. */
PLUMB_C_API PlumbStatus plumbModuleResolve(PlumbModule *module);

/** To the LLVM dialect, in place, resolving first. Ends the building, as
 *  above. To get code or LLVM IR this need not be called: see Compile.h. With
 *  `whole_program` not 0, @main becomes a C main that starts the runtime. */
PLUMB_C_API PlumbStatus plumbModuleLower(PlumbModule *module,
                                         int whole_program);

#ifdef __cplusplus
}
#endif

#endif /* PLUMB_C_MODULE_H */
