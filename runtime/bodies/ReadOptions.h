//===- ReadOptions.h - options of a server ----------------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_ABI_READOPTIONS_H
#define PLUMB_RUNTIME_ABI_READOPTIONS_H

#include "runtime/server/Options.h"

#include <string_view>

namespace plumb::rt {

/// Sets the options of `program`, which has "name=value" and a zero byte for
/// each, then those whose environment variable is set: an operator changes a
/// limit without compiling again. False, with a line in the log for each, when
/// a value is malformed or out of its range, or the program gives an option
/// that there is not.
bool readOptions(std::string_view program, server::Options &options);

} // namespace plumb::rt

#endif // PLUMB_RUNTIME_ABI_READOPTIONS_H
