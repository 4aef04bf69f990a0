//===- Stop.cpp - asking every loop of the process to stop ----------------===//

#include "runtime/net/Stop.h"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <mutex>
#include <pthread.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace plumb::rt::net {

static std::atomic<uint64_t> stops{0}, hastyStops{0};
static_assert(std::atomic<uint64_t>::is_always_lock_free,
              "signal handlers use it");

int stopFd() noexcept {
  static const int fd = ::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  return fd;
}

uint64_t stopCount() noexcept { return stops.load(std::memory_order_acquire); }

uint64_t hastyStopCount() noexcept {
  return hastyStops.load(std::memory_order_acquire);
}

void requestStop(Stop kind) noexcept {
  int saved = errno;
  if (kind == Stop::AtOnce)
    hastyStops.fetch_add(1, std::memory_order_acq_rel);
  stops.fetch_add(1, std::memory_order_acq_rel);
  uint64_t one = 1;
  [[maybe_unused]] ssize_t n = ::write(stopFd(), &one, sizeof one);
  errno = saved;
}

static constexpr int stopSignals[] = {SIGINT, SIGTERM};

extern "C" {
static void onStopSignal(int number) {
  // The next one of either kind takes its default course.
  struct sigaction plain = {}, now;
  plain.sa_handler = SIG_DFL;
  for (int signal : stopSignals)
    if (::sigaction(signal, nullptr, &now) == 0 &&
        now.sa_handler == onStopSignal)
      ::sigaction(signal, &plain, nullptr);
  requestStop(number == SIGINT ? Stop::AtOnce : Stop::Orderly);
}
}

static std::mutex guardLock;
static unsigned guards = 0;
static struct sigaction previous[2];

SignalGuard::SignalGuard() {
  std::lock_guard lock(guardLock);
  if (guards++ > 0)
    return;
  stopFd(); // Made here, because the handler must not run initialisers.
  struct sigaction action = {};
  action.sa_handler = onStopSignal;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  for (int i = 0; i < 2; ++i) {
    ::sigaction(stopSignals[i], nullptr, &previous[i]);
    if (previous[i].sa_handler != SIG_IGN)
      ::sigaction(stopSignals[i], &action, nullptr);
  }
}

SignalGuard::~SignalGuard() {
  std::lock_guard lock(guardLock);
  if (--guards > 0)
    return;
  for (int i = 0; i < 2; ++i)
    ::sigaction(stopSignals[i], &previous[i], nullptr);
}

static sigset_t pipeSignal() noexcept {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGPIPE);
  return set;
}

PipeSignalBlock::PipeSignalBlock() noexcept {
  sigset_t set = pipeSignal(), old;
  ::pthread_sigmask(SIG_BLOCK, &set, &old);
  wasBlocked = sigismember(&old, SIGPIPE) == 1;
}

PipeSignalBlock::~PipeSignalBlock() {
  if (wasBlocked)
    return;
  // One of ours may be pending and would end the process when unblocked.
  sigset_t set = pipeSignal();
  timespec now = {};
  while (::sigtimedwait(&set, nullptr, &now) > 0) {
  }
  ::pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

} // namespace plumb::rt::net
