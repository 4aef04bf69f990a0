//===- Compile.h - From a checked program to LLVM IR ------------*- C++ -*-===//

#ifndef SNOW_EXECUTION_COMPILE_H
#define SNOW_EXECUTION_COMPILE_H

#include "frontends/snow/core/Program.h"
#include "plumb/Execution/LoadFamilies.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/Error.h"
#include "llvm/Target/TargetMachine.h"
#include <memory>

namespace snow::execution {

/// How code is made.
struct CodeOptions {
  unsigned level = 2; ///< 0 to 3
  bool hasDebugLines = false;
  std::string cpu = "generic";       ///< or "native", or a processor of LLVM's
  std::vector<std::string> runtimes; ///< libraries with functions of families
};

/// The program in the dialects that it is lowered to, as text: before counts
/// are inserted, or behind.
enum class Stage { Lowered, Counted };
llvm::Error writeMlir(core::Program &program,
                      const plumb::execution::Families &families, Stage stage,
                      llvm::raw_ostream &os);

/// Bytecode of MLIR that Plumb's tools take: nothing of Snow's dialect is left.
llvm::Error writeForPlumb(core::Program &program,
                          const plumb::execution::Families &families,
                          llvm::raw_ostream &os);

/// A module with a C main, not yet optimised.
llvm::Expected<std::unique_ptr<llvm::Module>>
compile(core::Program &program, const plumb::execution::Families &families,
        llvm::LLVMContext &context, const llvm::TargetMachine &target,
        bool hasDebugLines);

} // namespace snow::execution

#endif // SNOW_EXECUTION_COMPILE_H
