//===- Build.h - Makes an executable of a program ---------------*- C++ -*-===//

#ifndef SNOW_EXECUTION_BUILD_H
#define SNOW_EXECUTION_BUILD_H

#include "frontends/snow/execution/Compile.h"

namespace snow::execution {

/// Makes the executable `output` by the tool `plumbc`, which links it: the one
/// beside this executable, or else on PATH. What plumbc reports goes to stderr;
/// false then, or when there is none.
bool build(core::Program &program, const plumb::execution::Families &families,
           const CodeOptions &options, llvm::StringRef output);

} // namespace snow::execution

#endif // SNOW_EXECUTION_BUILD_H
