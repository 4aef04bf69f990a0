//===- Drain.cpp - how a shard ends ---------------------------------------===//

#include "runtime/server/Drain.h"
#include "runtime/base/Log.h"
#include "runtime/net/Stop.h"

#include <algorithm>
#include <cstdio>

namespace plumb::rt::server {

size_t DrainPlan::due(size_t done, int64_t elapsed) const noexcept {
  size_t number = 0;
  while (done + number < count && at(done + number) <= elapsed)
    ++number;
  return number;
}

int64_t DrainPlan::next(size_t done) const noexcept {
  return done < count ? at(done) : -1;
}

Drain::Drain(net::Loop &loop, const Options &options) noexcept
    : loop(loop), options(options), hastyStops(net::hastyStopCount()) {}

Drain::~Drain() { loop.timers().disarm(*this); }

void Drain::begin(size_t connections) {
  begun = loop.now();
  deadline = begun + options.drain_timeout_ms;
  plan = DrainPlan(connections,
                   std::min(options.drain_window_ms, options.drain_timeout_ms));
}

size_t Drain::takeDue(bool inHaste) noexcept {
  int64_t now = loop.now();
  bool allNow =
      now >= deadline || inHaste || net::hastyStopCount() != hastyStops;
  size_t due = allNow ? SIZE_MAX : plan.due(told, now - begun);
  int64_t next = deadline;
  if (allNow) {
    plan = {};
  } else {
    told += due;
    if (int64_t other = plan.next(told); other >= 0)
      next = std::min(next, begun + other);
  }
  if (now < deadline)
    loop.timers().arm(*this, next);
  return due;
}

void Drain::warnOfCut(size_t connections) noexcept {
  char line[96];
  std::snprintf(line, sizeof line,
                "%zu connections did not end within drain_timeout_ms and were "
                "cut",
                connections);
  static base::LogGate gate;
  base::log(gate, base::LogLevel::Warning, line);
}

} // namespace plumb::rt::server
