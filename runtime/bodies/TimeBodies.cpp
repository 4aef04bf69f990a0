//===- TimeBodies.cpp - the bodies of family `time` -----------------------===//

#include "plumb/Runtime/Contain.h"
#include "plumb/Runtime/Environment.h"
#include "plumb/Runtime/Text.h"
#include "plumb/time.bodies.h"
#include "runtime/base/Clock.h"
#include "runtime/base/Log.h"
#include "runtime/net/Stop.h"
#include "runtime/net/TimerService.h"

#include <memory>

using namespace plumb::rt;

static void runTimer(const net::TimerService::Action &action) {
  Failure failure;
  if (!contain(failure, [&] {
        reinterpret_cast<plumb_time_on_timer>(action.function)(
            action.data, action.environment);
      }))
    logFailure("on_timer", {}, failure);
}

static plumb_time_timer startTimer(int64_t delay, int64_t shortest,
                                   int64_t period, int64_t data,
                                   plumb_time_on_timer callback, void *env) {
  GivenEnvironment given = GivenEnvironment::takeOver(env);
  if (!callback || delay < shortest)
    return nullptr;
  std::shared_ptr<void> keeps;
  if (given)
    keeps = std::make_shared<GivenEnvironment>(std::move(given));
  uint64_t token = net::TimerService::instance().start(
      delay, period,
      {runTimer, reinterpret_cast<void (*)()>(callback), env, data,
       std::move(keeps)});
  if (token == 0) {
    static base::LogGate gate;
    base::log(gate, base::LogLevel::Error, "too many timers; cancel some");
  }
  return reinterpret_cast<plumb_time_timer>(token);
}

PLUMB_BODY(time, now) { return base::wallMilliseconds(); }

PLUMB_BODY(time, after) {
  return startTimer(delay, /*shortest=*/0, /*period=*/0, data, on_timer,
                    on_timer_env);
}

PLUMB_BODY(time, every) {
  return startTimer(delay, /*shortest=*/1, /*period=*/delay, data, on_timer,
                    on_timer_env);
}

PLUMB_BODY(time, cancel) {
  return net::TimerService::instance().cancel(reinterpret_cast<uint64_t>(timer))
             ? PLUMB_OK
             : PLUMB_ERR_STALE_HANDLE;
}

PLUMB_BODY(time, run) {
  if (net::Loop::current()) {
    static base::LogGate gate;
    base::log(gate, base::LogLevel::Error,
              "cannot run timers from within a callback: they run anyway");
    return PLUMB_ERR_INVALID_ARGUMENT;
  }
  net::SignalGuard signals;
  FaultGuard faults;
  net::Loop loop;
  net::Loop::Running running(loop);
  net::TimerService &service = net::TimerService::instance();
  struct Attached {
    net::TimerService &service;
    net::Loop &loop;
    ~Attached() { service.detach(loop); }
  } attached{service, loop};
  service.attach(loop, true);
  // The heap holds nothing else; the count sees what has not reached it yet.
  while (!loop.stopRequested() &&
         (loop.timers().size() > 0 || service.countOn(loop) > 0))
    loop.turn(true);
  return PLUMB_OK;
}
