//===- Compile.h - From a program to LLVM IR --------------------*- C++ -*-===//

#ifndef PLUMB_TOOLS_SUPPORT_COMPILE_H
#define PLUMB_TOOLS_SUPPORT_COMPILE_H

#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include <memory>

namespace mlir {
class ModuleOp;
}

namespace plumb {

/// Whether the module has a function `main` with a body.
bool definesMain(mlir::ModuleOp module);

/// Lowers the module to the LLVM dialect, in place, and translates it. With
/// `wholeProgram`, its @main becomes a C main. Null on failure, which the
/// context's diagnostic handler has been told about.
std::unique_ptr<llvm::Module> compileToLLVM(mlir::ModuleOp module,
                                            llvm::LLVMContext &context,
                                            bool wholeProgram);

} // namespace plumb

#endif // PLUMB_TOOLS_SUPPORT_COMPILE_H
