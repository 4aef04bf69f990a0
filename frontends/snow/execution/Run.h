//===- Run.h - Runs a program in this process -------------------*- C++ -*-===//

#ifndef SNOW_EXECUTION_RUN_H
#define SNOW_EXECUTION_RUN_H

#include "frontends/snow/execution/Compile.h"

namespace snow::execution {

/// Compiles the program and runs it with the runtime of this process.
/// `arguments` are the program's, its name first. Its exit code; a runtime
/// error of the program ends the process. Threads that it has started may still
/// run its code, which is never removed.
llvm::Expected<int> run(core::Program &program,
                        const plumb::execution::Families &families,
                        const CodeOptions &options,
                        llvm::ArrayRef<std::string> arguments);

} // namespace snow::execution

#endif // SNOW_EXECUTION_RUN_H
