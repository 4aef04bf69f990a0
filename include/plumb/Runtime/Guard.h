//===- Guard.h - around every body ------------------------------*- C++ -*-===//
//
// The generated C functions call their bodies through these: no exception
// leaves the C interface, and PLUMB_TRACE (any value, read once) makes every
// call say its result on standard error, as in `plumb-trace: Ws.join -> 0`.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_GUARD_H
#define PLUMB_RUNTIME_GUARD_H

#include "plumb/Runtime/Contain.h"
#include "plumb/Runtime/Text.h"
#include "plumb/intr.h"

#include <cerrno>
#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <type_traits>

namespace plumb::rt {

extern const bool isTracing;
inline bool traceIsOn() noexcept { return isTracing; }
/// These leave errno alone, too.
void trace(const char *sourceName, int64_t value) noexcept;
void trace(const char *sourceName, double value) noexcept;
void trace(const char *sourceName, const plumb_str *text) noexcept;
void trace(const char *sourceName, const plumb_bytes *data) noexcept;
void traceHandle(const char *sourceName, bool isNull) noexcept;
void traceVoid(const char *sourceName) noexcept;
/// Called in a handler: logs the exception that is being handled.
void logException(const char *sourceName) noexcept;

/// Thrown by a body: the program that called it fails, as by intr.abort, and
/// `why` says so. For arguments that no result of its kind can refuse.
struct AbortsProgram {
  std::string why;
};

/// Compiled code may assume that a call leaves errno alone (the declarations
/// say `errnoMem = none`); bodies make system calls.
class KeptErrno {
public:
  KeptErrno() noexcept : before(errno) {}
  ~KeptErrno() { errno = before; }
  KeptErrno(const KeptErrno &) = delete;
  KeptErrno &operator=(const KeptErrno &) = delete;

private:
  int before;
};

namespace detail {
/// What the thread's body has thrown last; `abort` ends the program's call with
/// it, once no frame of the body is left.
void remember(const AbortsProgram &thrown) noexcept;
[[noreturn]] void abortAsRemembered() noexcept;

template <typename Result, typename Body>
Result callBody(const char *sourceName, Result onError, bool &aborts,
                Body &&body) noexcept {
  OutsideProgram outside;
  KeptErrno kept;
  try {
    return body();
  } catch (const AbortsProgram &thrown) {
    remember(thrown);
    aborts = true;
  } catch (const std::bad_alloc &) {
    logException(sourceName);
    // Only a status has this value for failure.
    if constexpr (std::is_same_v<Result, int64_t>)
      if (onError == PLUMB_ERR_INTERNAL)
        return PLUMB_ERR_NO_MEMORY;
  } catch (...) {
    logException(sourceName);
  }
  return onError;
}
template <typename Result>
void traceResult(const char *sourceName, Result result) noexcept {
  if constexpr (std::is_integral_v<Result>)
    trace(sourceName, static_cast<int64_t>(result));
  else if constexpr (std::is_floating_point_v<Result>)
    trace(sourceName, static_cast<double>(result));
  else if constexpr (std::is_same_v<Result, const plumb_str *> ||
                     std::is_same_v<Result, const plumb_bytes *>)
    trace(sourceName, result);
  else if constexpr (std::is_pointer_v<Result>)
    traceHandle(sourceName, result == nullptr);
  else
    traceVoid(sourceName); // a struct
}
} // namespace detail

/// The body's result, or `onError` when it throws; a body that was out of
/// memory and returns a status gives PLUMB_ERR_NO_MEMORY. The tracing is
/// outside of what keeps errno: where the compiler sees a body that leaves it
/// alone, nothing is left to keep.
template <typename Result, typename Body>
Result guard(const char *sourceName, Result onError, Body &&body) noexcept {
  bool aborts = false;
  Result result = detail::callBody<Result>(sourceName, onError, aborts, body);
  if (aborts) [[unlikely]]
    detail::abortAsRemembered();
  if (traceIsOn()) [[unlikely]]
    detail::traceResult(sourceName, result);
  return result;
}

/// The body's result, of a type that has no value for failure: when the body
/// throws, `fail` is told why, and does not come back. Such a row's declaration
/// says nothing of memory, so errno need not be kept.
template <typename Result, typename Fail, typename Body>
Result guardOrFail(const char *sourceName, Fail &&fail, Body &&body) noexcept {
  char why[200];
  const char *reason;
  Result result{};
  {
    OutsideProgram outside;
    try {
      result = body();
      reason = nullptr;
    } catch (const std::bad_alloc &) {
      reason = "out of memory";
    } catch (const std::exception &error) {
      std::snprintf(why, sizeof why, "%s: %s", sourceName, error.what());
      reason = why;
    } catch (...) {
      reason = sourceName;
    }
  }
  if (reason)
    fail(reason);
  if (traceIsOn()) [[unlikely]]
    detail::traceResult(sourceName, result);
  return result;
}

/// For intrinsics without a result.
template <typename Body>
void guardVoid(const char *sourceName, Body &&body) noexcept {
  bool aborts = false;
  {
    OutsideProgram outside;
    KeptErrno kept;
    try {
      body();
    } catch (const AbortsProgram &thrown) {
      detail::remember(thrown);
      aborts = true;
    } catch (...) {
      logException(sourceName);
    }
  }
  if (aborts) [[unlikely]]
    detail::abortAsRemembered();
  if (traceIsOn()) [[unlikely]]
    traceVoid(sourceName);
}

} // namespace plumb::rt

#endif // PLUMB_RUNTIME_GUARD_H
