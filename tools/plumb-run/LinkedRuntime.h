//===- LinkedRuntime.h - The runtime in this tool ---------------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_RUN_LINKEDRUNTIME_H
#define PLUMB_TOOLS_PLUMB_RUN_LINKEDRUNTIME_H

#include "plumb/Execution/Runtimes.h"

namespace plumb {

/// All built-in families, and the function that starts a program; nothing in a
/// tool that was built with PLUMB_BUILD_RUNTIME=OFF.
std::unique_ptr<execution::Runtime> linkedRuntime();

} // namespace plumb

#endif // PLUMB_TOOLS_PLUMB_RUN_LINKEDRUNTIME_H
