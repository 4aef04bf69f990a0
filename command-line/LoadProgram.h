//===- LoadProgram.h - A program and its diagnostics ------------*- C++ -*-===//

#ifndef PLUMB_COMMANDLINE_LOADPROGRAM_H
#define PLUMB_COMMANDLINE_LOADPROGRAM_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Target/TargetMachine.h"
#include <memory>

namespace plumb::execution {
class Families;
}

namespace plumb {

/// A verified program in a context that knows every dialect. While it lives,
/// diagnostics of its context go to stderr with the line of the source file.
class Program {
public:
  /// Reads MLIR text or bytecode from the file, or from stdin for "-". On
  /// failure says on stderr what is wrong and returns null.
  static std::unique_ptr<Program> load(llvm::StringRef path,
                                       const execution::Families &families);

  mlir::ModuleOp getModule() { return module.get(); }
  /// As in messages: "<stdin>" for "-".
  llvm::StringRef getName() const { return name; }

  /// When there is no function `main`, says so on stderr, with how to fix it.
  bool requireMain();

  /// Lowers the module and translates it; see compileToLLVM. On failure says so
  /// on stderr and returns null.
  std::unique_ptr<llvm::Module> compile(llvm::LLVMContext &llvmContext,
                                        const llvm::TargetMachine &target,
                                        bool wholeProgram);

private:
  Program(llvm::StringRef name, const execution::Families &families);

  std::string name;
  mlir::MLIRContext context;
  std::shared_ptr<llvm::SourceMgr> sources;
  mlir::SourceMgrDiagnosticHandler diagnostics;
  mlir::OwningOpRef<mlir::ModuleOp> module;
};

} // namespace plumb

#endif // PLUMB_COMMANDLINE_LOADPROGRAM_H
