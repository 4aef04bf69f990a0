//===- Stop.cpp - asking every loop of the process to stop ----------------===//

#include "runtime/net/Stop.h"
#include "runtime/base/GuardCount.h"
#include "runtime/base/Signals.h"
#include "runtime/net/SharedEvent.h"

#include <atomic>
#include <csignal>
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
  for (int signal : stopSignals)
    if (base::SignalHandler::of(signal).sa_handler == onStopSignal)
      base::takeDefaultCourse(signal);
  requestStop(number == SIGINT ? Stop::AtOnce : Stop::Orderly);
}
}

static constinit base::GuardCount stopGuards;
static base::SignalHandler handlers[2];

SignalGuard::SignalGuard() {
  stopGuards.enter([] {
    for (int i = 0; i < 2; ++i)
      if (base::SignalHandler::of(stopSignals[i]).sa_handler != SIG_IGN)
        handlers[i].install(stopSignals[i], onStopSignal, SA_RESTART);
  });
}

SignalGuard::~SignalGuard() {
  stopGuards.leave([] {
    for (base::SignalHandler &handler : handlers)
      handler.remove();
  });
}

} // namespace plumb::rt::net
