//===- Version.cpp - Which Plumb this is ----------------------------------===//

#include "plumb/Execution/Version.h"
#include "llvm/Config/llvm-config.h"

std::string plumb::execution::versionText() {
  return "Plumb " PLUMB_VERSION " (LLVM and MLIR " LLVM_VERSION_STRING ")";
}
