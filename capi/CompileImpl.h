//===- CompileImpl.h - What compiling and the JIT share ---------*- C++ -*-===//

#ifndef PLUMB_CAPI_COMPILEIMPL_H
#define PLUMB_CAPI_COMPILEIMPL_H

#include "plumb-c/Compile.h"
#include "llvm/IR/Module.h"
#include "llvm/Target/TargetMachine.h"
#include <memory>

namespace plumb::capi {

/// Fills in the defaults; false after an error.
bool checkOptions(PlumbModule *module, const char *caller,
                  const PlumbCompileOptions *given,
                  PlumbCompileOptions &options);

/// Null after an error.
std::unique_ptr<llvm::TargetMachine> createTarget(PlumbModule *module,
                                                  const char *triple,
                                                  const char *cpu,
                                                  unsigned level);

/// A copy of the module, lowered and translated for the target; null after an
/// error.
std::unique_ptr<llvm::Module> translate(PlumbModule *module,
                                        llvm::LLVMContext &llvmContext,
                                        const llvm::TargetMachine &target,
                                        const PlumbCompileOptions &options);

} // namespace plumb::capi

#endif // PLUMB_CAPI_COMPILEIMPL_H
