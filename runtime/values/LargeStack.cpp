//===- LargeStack.cpp - where main runs -----------------------------------===//
//
// The stack is a mapping of its own that the kernel fills as it is used, below
// it a range that cannot be touched. Who touches it gets a signal, on a stack
// of the signal's own, and has used all of the stack.
//
//===----------------------------------------------------------------------===//

#include "plumb/object.h"
#include "runtime/values/Fail.h"

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <pthread.h>
#include <string>
#include <sys/mman.h>
#include <ucontext.h>

namespace plumb::rt::values {

constinit thread_local char *stackLimit = nullptr;

static constexpr size_t guardSize = size_t(1) << 20;
/// What functions of the runtime that recurse leave to those that do not.
static constexpr size_t leafSize = size_t(256) << 10;

void findStackLimit() noexcept {
  pthread_attr_t attributes;
  void *low = nullptr;
  size_t size = 0;
  if (pthread_getattr_np(pthread_self(), &attributes) == 0) {
    pthread_attr_getstack(&attributes, &low, &size);
    pthread_attr_destroy(&attributes);
  }
  // Of a main thread's stack that may grow without limit, 6 MiB are there.
  auto *here = static_cast<char *>(__builtin_frame_address(0));
  if (!low || size > (size_t(1) << 40)) {
    stackLimit = here - (size_t(6) << 20);
    return;
  }
  stackLimit =
      static_cast<char *>(low) + (size > 4 * leafSize ? leafSize : size / 4);
}

namespace {
struct LargeStack {
  char *low;   // the guard's begin
  size_t size; // with the guard
  void (*main)(void);
  ucontext_t back, there;
  struct sigaction before;
};
LargeStack *running = nullptr;
} // namespace

extern "C" {
static void onFault(int signal, siginfo_t *info, void *) {
  auto *at = static_cast<char *>(info->si_addr);
  if (running && at >= running->low && at < running->low + guardSize)
    fail("stack overflow"); // Nothing of the program runs any more.
  // With what would have been done without us, a fault happens again; a signal
  // that was sent does not.
  if (running)
    ::sigaction(signal, &running->before, nullptr);
  else
    std::signal(signal, SIG_DFL);
  if (info->si_code <= 0)
    ::raise(signal);
}

static void enter() { running->main(); }
}

/// The largest that the system gives.
static bool map(LargeStack &stack) noexcept {
  for (stack.size = size_t(1) << 30; stack.size > (size_t(8) << 20);
       stack.size /= 2) {
    void *low =
        ::mmap(nullptr, stack.size, PROT_READ | PROT_WRITE,
               MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
    if (low == MAP_FAILED)
      continue;
    stack.low = static_cast<char *>(low);
    return ::mprotect(low, guardSize, PROT_NONE) == 0;
  }
  return false;
}

static void run(void (*main)(void)) noexcept {
  static LargeStack stack;
  if (running || !map(stack))
    return main(); // On the stack that there is.
  stack.main = main;
  static char signalStack[64 << 10];
  stack_t alternative = {};
  alternative.ss_sp = signalStack;
  alternative.ss_size = sizeof signalStack;
  stack_t formerStack = {};
  ::sigaltstack(&alternative, &formerStack);
  struct sigaction action = {};
  action.sa_sigaction = onFault;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  running = &stack;
  ::sigaction(SIGSEGV, &action, &stack.before);
  char *formerLimit = stackLimit;
  stackLimit = stack.low + guardSize + leafSize;
  ::getcontext(&stack.there);
  stack.there.uc_stack.ss_sp = stack.low;
  stack.there.uc_stack.ss_size = stack.size;
  stack.there.uc_link = &stack.back;
  ::makecontext(&stack.there, enter, 0);
  ::swapcontext(&stack.back, &stack.there);
  stackLimit = formerLimit;
  running = nullptr;
  ::sigaction(SIGSEGV, &stack.before, nullptr);
  ::sigaltstack(&formerStack, nullptr);
  ::munmap(stack.low, stack.size);
}

} // namespace plumb::rt::values

using namespace plumb::rt::values;

void plumb_run_main(void (*main)(void)) noexcept {
  run(main);
  const char *check = std::getenv("PLUMB_VALUES_CHECK");
  if (!check || std::strcmp(check, "1") != 0)
    return;
  if (int64_t live = plumb_values_live())
    endProgram(3,
               "error: " + std::to_string(live) + " objects were not freed\n");
}
