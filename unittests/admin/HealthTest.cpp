//===- HealthTest.cpp - whether loops turn --------------------------------===//

#include "runtime/admin/Health.h"

#include <gtest/gtest.h>

using namespace plumb::rt::admin;

namespace {
struct Loop {
  uint64_t turns = 0;
  int woken = 0;
  bool ended = false;
  Health::Loop as(uint32_t number) {
    return {number, [this] { return turns; }, [this] { ++woken; },
            [this] { return ended; }};
  }
};
using Numbers = std::vector<uint32_t>;
} // namespace

TEST(Health, LoopThatIsWokenAndDoesNotTurnIsStuckUntilItTurns) {
  Loop good, bad;
  Health health({good.as(1), bad.as(2)}, 100, 0);
  for (int64_t now = 0; now < 100; now += 25) {
    EXPECT_EQ(health.stuck(now), Numbers()) << now;
    health.look(now);
    ++good.turns;
  }
  EXPECT_EQ(good.woken, 4);
  EXPECT_EQ(bad.woken, 4) << "an idle loop turns only because it is woken";
  health.look(100);
  EXPECT_EQ(health.stuck(100), Numbers{2});
  ++bad.turns;
  ++good.turns;
  health.look(125);
  EXPECT_EQ(health.stuck(125), Numbers());
}

TEST(Health, LoopThatHasEndedIsWell) {
  Loop loop;
  Health health({loop.as(1)}, 100, 0);
  loop.ended = true;
  health.look(1000);
  EXPECT_EQ(health.stuck(1000), Numbers());
}

TEST(Health, PauseOfTheWatcherMakesNoLoopStuck) {
  Loop loop;
  Health health({loop.as(1)}, 100, 0);
  health.look(0);
  ++loop.turns;
  health.look(100000); // The process was stopped meanwhile.
  EXPECT_EQ(health.stuck(100000), Numbers());
}
