//===- LoadedAbiTable.h - What a loaded runtime was built from --*- C++ -*-===//

#ifndef PLUMB_TOOLS_SUPPORT_LOADEDABITABLE_H
#define PLUMB_TOOLS_SUPPORT_LOADEDABITABLE_H

#include "tools/support/AbiTable.h"

namespace plumb {

/// The family's table in a library that dlopen has loaded; none when the
/// library has none that can be read.
std::optional<AbiTable> readLoadedAbiTable(void *library,
                                           llvm::StringRef family);

} // namespace plumb

#endif // PLUMB_TOOLS_SUPPORT_LOADEDABITABLE_H
