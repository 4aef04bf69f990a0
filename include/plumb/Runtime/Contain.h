//===- Contain.h - calls of the program, which may fail ---------*- C++ -*-===//
//
// Every call of the program goes through `contain`. A program that fails there
// (plumb_intr_abort, a fault that FaultGuard turns into one, a C++ exception)
// leaves its own frames and the call returns false; the innermost call of the
// thread gets it. Why it is done so: docs/decisions/failing-handlers.md.
//
// Frames of compiled programs have nothing to clean up. Frames of bodies do,
// and are never jumped over: while a body runs, the thread is outside of the
// program.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_CONTAIN_H
#define PLUMB_RUNTIME_CONTAIN_H

#include "plumb/Runtime/Text.h"

#include <csetjmp>
#include <string_view>

namespace plumb::rt::base {
class LogGate;
}

namespace plumb::rt {

/// Why the program failed: UTF-8, cut at a bounded length.
class Failure {
public:
  std::string_view why() const noexcept { return {text, size}; }
  /// What a reader does not see becomes `\xNN`: a log line stays one.
  void set(std::string_view why) noexcept;

private:
  unsigned size = 0;
  char text[400];
};

/// One call of the program, in the frame of the function that made it.
struct ProgramCall {
#if defined(__x86_64__) && !defined(__SANITIZE_THREAD__) &&                    \
    !(defined(__has_feature) && __has_feature(thread_sanitizer))
  // A third of what setjmp costs: the compiler saves what it needs itself.
#define PLUMB_SETJMP(JUMP) __builtin_setjmp(JUMP)
#define PLUMB_LONGJMP(JUMP) __builtin_longjmp(JUMP, 1)
  void *jump[5];
#else
  // ThreadSanitizer knows these, and has to count the frames.
#define PLUMB_SETJMP(JUMP) _setjmp(JUMP)
#define PLUMB_LONGJMP(JUMP) longjmp(JUMP, 1)
  std::jmp_buf jump;
#endif
  ProgramCall *outer;
  Failure &failure;
};

/// The call that this thread's program code is in; null outside of the program
/// and while a body runs. A signal handler reads it, so it is never allocated
/// when first used.
extern constinit thread_local ProgramCall *programCall
    [[gnu::tls_model("initial-exec")]];

/// While one exists, the thread is outside of the program: around every body.
class OutsideProgram {
public:
  OutsideProgram() noexcept : before(programCall) { programCall = nullptr; }
  ~OutsideProgram() { programCall = before; }
  OutsideProgram(const OutsideProgram &) = delete;
  OutsideProgram &operator=(const OutsideProgram &) = delete;

private:
  ProgramCall *before;
};

/// In a handler of exceptions: what the current one says.
void describeException(Failure &failure) noexcept;

namespace detail {
/// A function of its own: what is changed in one that calls setjmp is lost.
template <typename Call>
[[gnu::noinline]] bool callProgram(Failure &failure, Call &call) noexcept {
  try {
    call();
    return true;
  } catch (...) {
    programCall = nullptr;
    describeException(failure);
    return false;
  }
}
} // namespace detail

/// Calls `call`, which does nothing but call the program. False when the
/// program failed; `failure` says why. What the program has done until then
/// stays. Texts made meanwhile live until the outermost call ends.
template <typename Call>
[[gnu::noinline]] bool contain(Failure &failure, Call &&call) noexcept {
  CallbackScope texts;
  ProgramCall frame{{}, programCall, failure};
  bool good = false;
  if (PLUMB_SETJMP(frame.jump) == 0) {
    programCall = &frame;
    good = detail::callProgram(failure, call);
    programCall = frame.outer;
    return good;
  }
  programCall = frame.outer;
  return false;
}

/// For lines about what is called `name`, a handler or an intrinsic: one that
/// fails all the time does not hide what another has to say.
base::LogGate &gateOf(std::string_view name) noexcept;

/// Says that `handler` ("on_message") failed for `whom`, when that is not
/// empty.
void logFailure(std::string_view handler, std::string_view whom,
                const Failure &failure) noexcept;

/// Leaves the innermost call of the program. Called by program code only. When
/// there is none, logs why and ends the process with exit code 70.
[[noreturn]] void abortProgram(std::string_view why) noexcept;

/// While one exists, a SIGFPE that program code raises within a call of the
/// program aborts it, on x86-64 (others do not trap, or are not known here).
/// Any other takes the course that it had before. Thread safe.
class FaultGuard {
public:
  FaultGuard();
  ~FaultGuard();
  FaultGuard(const FaultGuard &) = delete;
  FaultGuard &operator=(const FaultGuard &) = delete;
};

} // namespace plumb::rt

#endif // PLUMB_RUNTIME_CONTAIN_H
