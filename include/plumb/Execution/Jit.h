//===- Jit.h - Runs LLVM IR in this process ---------------------*- C++ -*-===//

#ifndef PLUMB_EXECUTION_JIT_H
#define PLUMB_EXECUTION_JIT_H

#include "llvm/ExecutionEngine/Orc/ThreadSafeModule.h"
#include "llvm/Support/Error.h"
#include "llvm/Target/TargetMachine.h"
#include <memory>

namespace llvm::orc {
class LLJIT;
}

namespace plumb::execution {

class Runtimes;

/// Machine code in the memory of this process.
class Jit {
public:
  /// Compiles the module for `target`'s processor, and runs its constructors.
  /// `runtimes` must have every symbol that the module uses and does not
  /// define: Runtimes::check says so.
  static llvm::Expected<std::unique_ptr<Jit>>
  create(llvm::orc::ThreadSafeModule module, const llvm::TargetMachine &target,
         Runtimes &runtimes);
  /// Removes the code: no thread, and no callback that a runtime has kept, may
  /// run it any more.
  ~Jit();
  /// Runs the module's destructors, once; ~Jit does so, but cannot say what
  /// fails.
  llvm::Error finish();

  /// The address of a public function. Fails when there is none.
  llvm::Expected<void *> lookup(llvm::StringRef function);
  /// Calls the program's C main; `arguments` are its own, the name first.
  /// They must live as long as threads that it has started.
  llvm::Expected<int> runMain(int numArguments, char **arguments);

private:
  explicit Jit(std::unique_ptr<llvm::orc::LLJIT> jit);
  std::unique_ptr<llvm::orc::LLJIT> jit;
  bool isFinished = false;
};

} // namespace plumb::execution

#endif // PLUMB_EXECUTION_JIT_H
