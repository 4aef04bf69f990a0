//===- Codegen.h - From LLVM IR to machine code -----------------*- C++ -*-===//

#ifndef PLUMB_EXECUTION_CODEGEN_H
#define PLUMB_EXECUTION_CODEGEN_H

#include "llvm/IR/Module.h"
#include "llvm/Support/CodeGen.h"
#include "llvm/Support/Error.h"
#include "llvm/Target/TargetMachine.h"

namespace plumb::execution {

/// Gives the module the target's triple and data layout, and runs LLVM's
/// default pipeline of that level, 0 to 3.
void optimise(llvm::Module &module, llvm::TargetMachine &target,
              unsigned level);

/// Guards the stack of every function that has a body, as C compilers do with
/// -fstack-protector-strong and -fstack-clash-protection. Those without arrays
/// stay as they are. Links with a C library only.
void guardStacks(llvm::Module &module);

/// Writes assembly or an object file. Fails when the target has no such output.
llvm::Error emitCode(llvm::Module &module, llvm::TargetMachine &target,
                     llvm::CodeGenFileType type, llvm::raw_pwrite_stream &os);

} // namespace plumb::execution

#endif // PLUMB_EXECUTION_CODEGEN_H
