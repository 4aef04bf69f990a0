//===- Drain.cpp - how a shard ends ---------------------------------------===//

#include "runtime/rooms/Drain.h"
#include "runtime/base/Log.h"
#include "runtime/net/Stop.h"
#include "runtime/rooms/Connection.h"
#include "runtime/rooms/Shard.h"

#include <algorithm>
#include <cstdio>

namespace plumb::rt::rooms {

size_t DrainPlan::due(size_t done, int64_t elapsed) const noexcept {
  size_t number = 0;
  while (done + number < count && at(done + number) <= elapsed)
    ++number;
  return number;
}

int64_t DrainPlan::next(size_t done) const noexcept {
  return done < count ? at(done) : -1;
}

Drain::Drain(Shard &shard) noexcept
    : shard(shard), hastyStops(net::hastyStopCount()) {}

Drain::~Drain() { shard.loop().timers().disarm(*this); }

void Drain::begin() {
  const Options &options = shard.server().options;
  begun = shard.loop().now();
  deadline = begun + options.drain_timeout_ms;
  plan = DrainPlan(shard.open,
                   std::min(options.drain_window_ms, options.drain_timeout_ms));
}

void Drain::tellNext(size_t number) {
  // By place, not by a list: connections come to their end meanwhile.
  for (; number > 0 && slot < shard.slots.size(); ++slot)
    if (Connection *connection = shard.slots.at(slot)) {
      connection->stop();
      --number;
    }
}

void Drain::tell() {
  int64_t now = shard.loop().now();
  bool allNow =
      now >= deadline || shard.stopAsked || net::hastyStopCount() != hastyStops;
  size_t due = allNow ? SIZE_MAX : plan.due(told, now - begun);
  tellNext(due);
  int64_t next = deadline;
  if (allNow) {
    plan = {};
  } else {
    told += due;
    if (int64_t other = plan.next(told); other >= 0)
      next = std::min(next, begun + other);
  }
  if (now < deadline)
    shard.loop().timers().arm(*this, next);
}

bool Drain::cut() noexcept {
  if (shard.loop().now() < deadline || shard.open == 0)
    return false;
  char line[96];
  std::snprintf(line, sizeof line,
                "%zu connections did not end within drain_timeout_ms and were "
                "cut",
                shard.open);
  static base::LogGate gate;
  base::log(gate, base::LogLevel::Warning, line);
  for (size_t i = 0; i < shard.slots.size(); ++i)
    if (Connection *connection = shard.slots.at(i))
      connection->cut();
  return true;
}

} // namespace plumb::rt::rooms
