//===- Version.h - Which Plumb this is --------------------------*- C++ -*-===//

#ifndef PLUMB_EXECUTION_VERSION_H
#define PLUMB_EXECUTION_VERSION_H

#include <string>

namespace plumb::execution {

/// "Plumb 0.3.0 (LLVM and MLIR 22.1.8)".
std::string versionText();

} // namespace plumb::execution

#endif // PLUMB_EXECUTION_VERSION_H
