//===- Faults.cpp - a division that traps is a program that failed --------===//
//
// The handler only moves the faulting thread to a function of ours, on its own
// stack; the abort happens there, after the handler has returned.
//
//===----------------------------------------------------------------------===//

#include "plumb/Runtime/Contain.h"
#include "runtime/base/GuardCount.h"
#include "runtime/base/Signals.h"

#include <csignal>
#include <cstdint>
#include <ucontext.h>

namespace plumb::rt {

#if defined(__x86_64__)

static constinit base::GuardCount guards;
static base::SignalHandler handler;

[[noreturn]] static void failInteger() {
  abortProgram("division by zero, or a division that overflows");
}
[[noreturn]] static void failFloat() {
  abortProgram("a floating-point exception");
}

/// As if the faulting instruction had called `function`.
static void divert(ucontext_t &context, void (*function)()) {
  greg_t *registers = context.uc_mcontext.gregs;
  // Below the red zone, and as the ABI has it at a function's entry.
  greg_t stack = ((registers[REG_RSP] - 128) & ~greg_t(15)) - 8;
  *reinterpret_cast<greg_t *>(stack) = registers[REG_RIP]; // for debuggers
  registers[REG_RSP] = stack;
  registers[REG_RIP] = reinterpret_cast<greg_t>(function);
  registers[REG_EFL] &= ~greg_t(0x400); // DF: strings go upwards
}

/// What would have happened without us.
static void takePreviousCourse(int signal, siginfo_t *info, void *context) {
  const struct sigaction &previous = handler.previous();
  if (previous.sa_flags & SA_SIGINFO)
    return previous.sa_sigaction(signal, info, context);
  bool isFault = info->si_code > 0;
  if (previous.sa_handler == SIG_IGN && !isFault)
    return;
  if (previous.sa_handler != SIG_IGN && previous.sa_handler != SIG_DFL)
    return previous.sa_handler(signal);
  struct sigaction plain = {};
  plain.sa_handler = SIG_DFL;
  ::sigaction(SIGFPE, &plain, nullptr);
  // A fault happens again; one that was sent does not.
  if (!isFault)
    ::raise(signal);
}

extern "C" {
static void onFault(int signal, siginfo_t *info, void *context) {
  if (info->si_code <= 0 || !programCall)
    return takePreviousCourse(signal, info, context);
  bool isInteger = info->si_code == FPE_INTDIV || info->si_code == FPE_INTOVF;
  divert(*static_cast<ucontext_t *>(context),
         isInteger ? failInteger : failFloat);
}
}

FaultGuard::FaultGuard() {
  guards.enter([] {
    handler.install(SIGFPE, onFault, SA_SIGINFO | SA_ONSTACK | SA_RESTART);
  });
}
FaultGuard::~FaultGuard() {
  guards.leave([] { handler.remove(); });
}

#else

FaultGuard::FaultGuard() = default;
FaultGuard::~FaultGuard() = default;

#endif

} // namespace plumb::rt
