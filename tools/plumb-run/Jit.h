//===- Jit.h - Runs LLVM IR in this process ---------------------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_RUN_JIT_H
#define PLUMB_TOOLS_PLUMB_RUN_JIT_H

#include "llvm/ExecutionEngine/Orc/ThreadSafeModule.h"
#include "llvm/Target/TargetMachine.h"
#include <memory>
#include <string>
#include <vector>

namespace plumb {

class SymbolSource;

/// Compiles the module for `target`'s processor and calls its C main with
/// `args`, the program's name first. `symbols` must have every symbol that the
/// module uses. Returns what main returns; an error means that nothing ran.
/// The code stays in memory until the process ends: threads that the program
/// has started may still run it.
llvm::Expected<int> runMain(llvm::orc::ThreadSafeModule module,
                            const llvm::TargetMachine &target,
                            const SymbolSource &symbols,
                            std::vector<std::string> args);

} // namespace plumb

#endif // PLUMB_TOOLS_PLUMB_RUN_JIT_H
