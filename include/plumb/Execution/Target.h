//===- Target.h - The machine that code is for ------------------*- C++ -*-===//

#ifndef PLUMB_EXECUTION_TARGET_H
#define PLUMB_EXECUTION_TARGET_H

#include "llvm/Support/Error.h"
#include "llvm/Target/TargetMachine.h"
#include <memory>

namespace plumb::execution {

/// For this machine when `triple` is empty. `cpu` is a processor of LLVM's,
/// "native", or "generic" for the oldest of the architecture; `level` is 0 to
/// 3. Fails for an unknown triple or processor.
llvm::Expected<std::unique_ptr<llvm::TargetMachine>>
createTargetMachine(llvm::StringRef triple, llvm::StringRef cpu,
                    unsigned level);

} // namespace plumb::execution

#endif // PLUMB_EXECUTION_TARGET_H
