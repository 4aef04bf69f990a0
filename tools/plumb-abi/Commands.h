//===- Commands.h - What plumb-abi can be told to do ------------*- C++ -*-===//
//
// Each command has its own options. The functions return the exit code: 0, 1
// for mismatches, 2 when the command or a file cannot be used.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_TOOLS_PLUMB_ABI_COMMANDS_H
#define PLUMB_TOOLS_PLUMB_ABI_COMMANDS_H

#include "llvm/Support/CommandLine.h"

namespace plumb::abi {

enum class Format { Text, Json };

llvm::cl::SubCommand &checkCommand();
int runCheck();
llvm::cl::SubCommand &importCommand();
int runImport();
llvm::cl::SubCommand &diffCommand();
int runDiff();

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_COMMANDS_H
