/*===- Plumb.h - All of the C API --------------------------------*- C -*-===*\
|*                                                                          *|
|* For front ends in C, or in anything that calls C. Needs neither MLIR's    *|
|* nor LLVM's headers. docs/front-end-c.md shows how to use it.              *|
|*                                                                          *|
\*===----------------------------------------------------------------------===*/

#ifndef PLUMB_C_PLUMB_H
#define PLUMB_C_PLUMB_H

#include "plumb-c/Build.h"
#include "plumb-c/Compile.h"
#include "plumb-c/Context.h"
#include "plumb-c/Families.h"
#include "plumb-c/Module.h"
#include "plumb-c/Support.h"

#endif /* PLUMB_C_PLUMB_H */
