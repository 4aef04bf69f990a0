//===- Pipeline.h - From source to something that runs ----------*- C++ -*-===//

#ifndef SNOW_DRIVER_PIPELINE_H
#define SNOW_DRIVER_PIPELINE_H

#include "frontends/snow/driver/Options.h"
#include "frontends/snow/driver/SourceTree.h"

namespace snow::core {
struct Program;
}

namespace plumb::execution {
class Families;
}

namespace snow::driver {

/// The library: built-in families, and those that the environment names. Lives
/// as long as the process; checked programs point into it.
plumb::execution::Families &families();

/// Adds those that the command line and PLUMB_LOAD_FAMILY name; false after a
/// message on the standard error.
bool loadFamilies(const Options &options);

/// Checks the program; null when there are errors, which are in `diagnostics`.
std::unique_ptr<core::Program> check(const ParsedProgram &parsed,
                                     const Options &options,
                                     Diagnostics &diagnostics);

/// What snowc does with a program that is right: `run`, `build`, and `emit` of
/// typed, mlir and llvm. The exit code of snowc.
int finish(core::Program &program, const Options &options);

} // namespace snow::driver

#endif // SNOW_DRIVER_PIPELINE_H
