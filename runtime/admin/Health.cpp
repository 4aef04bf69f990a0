//===- Health.cpp - whether the loops of a server turn --------------------===//

#include "runtime/admin/Health.h"

namespace plumb::rt::admin {

Health::Health(std::vector<Loop> loops, int64_t timeout, int64_t now)
    : timeout(timeout) {
  for (Loop &loop : loops) {
    uint64_t turns = loop.turns();
    watched.push_back({std::move(loop), turns, now});
  }
}

void Health::look(int64_t now) {
  for (Watched &one : watched) {
    uint64_t turns = one.loop.turns();
    if (turns != one.turns || one.loop.ended()) {
      one.turns = turns;
      one.since = now;
    }
    one.loop.wake();
  }
}

std::vector<uint32_t> Health::stuck(int64_t now) const {
  std::vector<uint32_t> numbers;
  for (const Watched &one : watched)
    if (now - one.since >= timeout)
      numbers.push_back(one.loop.number);
  return numbers;
}

} // namespace plumb::rt::admin
