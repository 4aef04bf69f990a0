//===- Fail.h - runtime errors of programs ----------------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_VALUES_FAIL_H
#define PLUMB_RUNTIME_VALUES_FAIL_H

#include <cstdint>
#include <string_view>

namespace plumb::rt::values {

/// Says `error: why` and the program's call stack on standard error, and ends
/// the process with code 1: see plumb_fail. In `why` a `%` stands for the
/// numbers in turn.
[[noreturn]] void fail(std::string_view why) noexcept;
[[noreturn]] void fail(const char *why, int64_t first,
                       int64_t second = 0) noexcept;

/// Writes to standard error, after what the log has, and ends the process.
[[noreturn]] void endProgram(int code, std::string_view text) noexcept;

/// Fails when this thread has little stack left: called by what recurses over
/// values.
void checkStack() noexcept;

/// What this thread's stack may not grow below; null while it is not known.
extern constinit thread_local char *stackLimit
    [[gnu::tls_model("initial-exec")]];
/// Finds out what this thread's stack is.
void findStackLimit() noexcept;

inline void checkStack() noexcept {
  if (!stackLimit) [[unlikely]]
    findStackLimit();
  if (static_cast<char *>(__builtin_frame_address(0)) < stackLimit) [[unlikely]]
    fail("stack overflow");
}

} // namespace plumb::rt::values

#endif // PLUMB_RUNTIME_VALUES_FAIL_H
