//===- Environment.h - options from the environment -------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_ABI_ENVIRONMENT_H
#define PLUMB_RUNTIME_ABI_ENVIRONMENT_H

#include "runtime/rooms/Options.h"

namespace plumb::rt {

/// Sets every option whose environment variable is set. False, with a line in
/// the log for each, when a value is malformed or out of its range.
bool readOptions(rooms::Options &options);

} // namespace plumb::rt

#endif // PLUMB_RUNTIME_ABI_ENVIRONMENT_H
