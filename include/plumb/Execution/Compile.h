//===- Compile.h - From a program to LLVM IR --------------------*- C++ -*-===//

#ifndef PLUMB_EXECUTION_COMPILE_H
#define PLUMB_EXECUTION_COMPILE_H

#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Target/TargetMachine.h"
#include <memory>

namespace mlir {
class ModuleOp;
}

namespace plumb::execution {

/// Whether the module has a function `main` with a body.
bool definesMain(mlir::ModuleOp module);

/// What is made of the module will have line tables: docs/debugging.md.
void requestDebugLines(mlir::ModuleOp module);

/// Lowers the module to the LLVM dialect, in place, and translates it. With
/// `wholeProgram`, its @main becomes a C main. The C compilers of `target`
/// decide how it calls the runtime; without one, those of the module's own
/// triple. Null on failure, which the context's diagnostic handler has been
/// told about; also when the module says that it is for another target.
std::unique_ptr<llvm::Module>
compileToLLVM(mlir::ModuleOp module, llvm::LLVMContext &context,
              bool wholeProgram, const llvm::TargetMachine *target = nullptr);

} // namespace plumb::execution

#endif // PLUMB_EXECUTION_COMPILE_H
