//===- Uninterrupted.h - system calls that signals interrupt ----*- C++ -*-===//
#ifndef PLUMB_RUNTIME_BASE_UNINTERRUPTED_H
#define PLUMB_RUNTIME_BASE_UNINTERRUPTED_H

#include <cerrno>

namespace plumb::rt::base {

/// What `call()` returns, a system call that is made again as long as a signal
/// interrupts it (negative, with EINTR). Keeps its errno.
template <typename Call> auto uninterrupted(Call &&call) noexcept {
  while (true)
    if (auto result = call(); result >= 0 || errno != EINTR)
      return result;
}

} // namespace plumb::rt::base

#endif // PLUMB_RUNTIME_BASE_UNINTERRUPTED_H
