//===- Arguments.h - the program's arguments --------------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_ABI_ARGUMENTS_H
#define PLUMB_RUNTIME_ABI_ARGUMENTS_H

#include <span>

namespace plumb::rt {

/// Those given to plumb_host_start, without the program's name.
std::span<char *const> arguments() noexcept;

} // namespace plumb::rt

#endif // PLUMB_RUNTIME_ABI_ARGUMENTS_H
