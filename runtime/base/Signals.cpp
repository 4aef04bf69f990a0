//===- Signals.cpp - signals of a thread, for the length of a scope -------===//

#include "runtime/base/Signals.h"

#include <cerrno>
#include <pthread.h>
#include <unistd.h>

namespace plumb::rt::base {

SignalBlock::SignalBlock() noexcept {
  sigset_t all;
  sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
}

SignalBlock::SignalBlock(std::initializer_list<int> signals) noexcept {
  sigset_t set;
  sigemptyset(&set);
  for (int signal : signals)
    sigaddset(&set, signal);
  ::pthread_sigmask(SIG_BLOCK, &set, &before);
}

SignalBlock::~SignalBlock() {
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

WriteSignalBlock::WriteSignalBlock() noexcept {
  sigset_t before;
  ::pthread_sigmask(SIG_BLOCK, nullptr, &before);
  sigemptyset(&ours);
  for (int signal : {SIGPIPE, SIGXFSZ})
    if (sigismember(&before, signal) == 0)
      sigaddset(&ours, signal);
  ::pthread_sigmask(SIG_BLOCK, &ours, nullptr);
}

WriteSignalBlock::~WriteSignalBlock() {
  int saved = errno;
  // One of ours may be pending and would end the process when unblocked.
  timespec now = {};
  while (::sigtimedwait(&ours, nullptr, &now) > 0) {
  }
  ::pthread_sigmask(SIG_UNBLOCK, &ours, nullptr);
  errno = saved;
}

void SignalHandler::install(int signal,
                            const struct sigaction &action) noexcept {
  before = of(signal);
  ::sigaction(signal, &action, nullptr);
  installed = signal;
}

void SignalHandler::install(int signal, void (*handler)(int),
                            int flags) noexcept {
  struct sigaction action = {};
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigemptyset(&action.sa_mask);
  install(signal, action);
}

void SignalHandler::install(int signal,
                            void (*handler)(int, siginfo_t *, void *),
                            int flags) noexcept {
  struct sigaction action = {};
  action.sa_sigaction = handler;
  action.sa_flags = flags;
  sigemptyset(&action.sa_mask);
  install(signal, action);
}

void SignalHandler::remove() noexcept {
  if (installed != 0)
    ::sigaction(installed, &before, nullptr);
  installed = 0;
}

struct sigaction SignalHandler::of(int signal) noexcept {
  struct sigaction now = {};
  ::sigaction(signal, nullptr, &now);
  return now;
}

extern "C" {
static void endAtOnce(int number) { ::_exit(128 + number); }
}

void (*defaultCourse() noexcept)(int) {
  return ::getpid() == 1 ? endAtOnce : SIG_DFL;
}

void takeDefaultCourse(int signal) noexcept {
  struct sigaction plain = {};
  plain.sa_handler = defaultCourse();
  ::sigaction(signal, &plain, nullptr);
}

} // namespace plumb::rt::base
