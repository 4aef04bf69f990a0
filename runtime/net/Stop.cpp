//===- Stop.cpp - asking every loop of the process to stop ----------------===//

#include "runtime/net/Stop.h"
#include "runtime/net/DefaultCourse.h"
#include "runtime/net/SharedEvent.h"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <mutex>
#include <pthread.h>
#include <sys/eventfd.h>

namespace plumb::rt::net {

static std::atomic<uint64_t> stops{0}, hastyStops{0};
static_assert(std::atomic<uint64_t>::is_always_lock_free,
              "signal handlers use it");

static constinit SharedEvent stopEvent(EFD_NONBLOCK | EFD_CLOEXEC);

int stopFd() noexcept { return stopEvent.fd(); }

uint64_t stopCount() noexcept { return stops.load(std::memory_order_acquire); }

uint64_t hastyStopCount() noexcept {
  return hastyStops.load(std::memory_order_acquire);
}

void requestStop(Stop kind) noexcept {
  if (kind == Stop::AtOnce)
    hastyStops.fetch_add(1, std::memory_order_acq_rel);
  stops.fetch_add(1, std::memory_order_acq_rel);
  stopEvent.ring();
}

static constexpr int stopSignals[] = {SIGINT, SIGTERM};

extern "C" {
static void onStopSignal(int number) {
  // The next one of either kind takes its default course.
  struct sigaction plain = {}, now;
  plain.sa_handler = defaultCourse();
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

} // namespace plumb::rt::net
