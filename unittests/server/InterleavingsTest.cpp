//===- InterleavingsTest.cpp - what is promised, whatever comes first -----===//
//
// Random clients on random shards, thousands of times a second: see World.h for
// what must hold. PLUMB_INTERLEAVINGS sets how many (2,000 when unset), and
// PLUMB_INTERLEAVING_SEED runs one that failed.
//
//===----------------------------------------------------------------------===//

#include "World.h"
#include "runtime/base/Number.h"

#include <cstdlib>
#include <gtest/gtest.h>

using namespace plumb::rt;
using namespace plumb::test;
using server::Options;

namespace {
uint64_t fromEnvironment(const char *name, uint64_t otherwise) {
  const char *value = std::getenv(name);
  return value ? base::parseNumber<uint64_t>(value).value_or(otherwise)
               : otherwise;
}

/// What one run does, by its seed.
class Story {
public:
  Story(const Options &options, uint64_t seed)
      : world(options, 1 + static_cast<unsigned>(seed % 3), seed) {}

  World world;

  void step() {
    unsigned what = random(100);
    if (world.peers.empty() ||
        (what < 8 && world.peers.size() < 8 && !world.stopping)) {
      Peer &peer = world.connect(random(world.shardCount()));
      if (random(3) == 0)
        peer.link->maxAtOnce = 1 + random(300);
      if (random(3) == 0)
        peer.link->room = 100 + random(5000);
    } else if (what < 45) {
      say();
    } else if (what < 80) {
      world.turn(random(world.shardCount()));
    } else if (what < 90) {
      somebody().read(random(2) ? SIZE_MAX : random(200));
    } else if (what < 94) {
      world.broadcast(random(4), 0);
    } else if (what < 96) {
      world.sendTo(somebody(), "nobody", 0);
    } else if (what < 98) {
      world.pass(random(30));
      world.checkCounts();
    } else {
      leave();
    }
  }

private:
  unsigned random(unsigned below) {
    return static_cast<unsigned>(world.net.random() % below);
  }
  Peer &somebody() {
    return *world.peers[random(static_cast<unsigned>(world.peers.size()))];
  }

  /// Some commands in one message.
  void say() {
    static constexpr std::string_view letters = "jjjjlbbbbBsss";
    std::string commands;
    for (unsigned count = 1 + random(3); count > 0; --count)
      commands +=
          letters[random(letters.size())] + std::to_string(random(4)) + ";";
    if (random(40) == 0)
      commands += "c4001;";
    else if (random(40) == 0)
      commands += "C" + std::to_string(random(8)) + ";";
    somebody().send(commands);
  }

  void leave() {
    Peer &peer = somebody();
    switch (random(3)) {
    case 0:
      return peer.close(1000);
    case 1:
      return peer.reset();
    default:
      peer.isLost = true;
      return peer.finish();
    }
  }
};

/// Runs that are made of steps, each with its end.
template <typename Prepare, typename Step>
void runAll(const Options &options, Prepare &&prepare, Step &&step) {
  uint64_t first = fromEnvironment("PLUMB_INTERLEAVING_SEED", 1);
  uint64_t count = std::getenv("PLUMB_INTERLEAVING_SEED")
                       ? 1
                       : fromEnvironment("PLUMB_INTERLEAVINGS", 2000);
  unsigned calls = 0;
  for (uint64_t seed = first; seed < first + count; ++seed) {
    Story run(options, seed);
    prepare(run);
    for (int i = 0; i < 80; ++i)
      step(run);
    run.world.end();
    run.world.check();
    calls += run.world.calls;
    ASSERT_FALSE(testing::Test::HasFailure())
        << "PLUMB_INTERLEAVING_SEED=" << seed;
  }
  EXPECT_GT(calls, 5 * count) << "little has happened";
}
} // namespace

TEST(Interleavings, EveryPromiseHolds) {
  runAll(Options(), [](Story &) {}, [](Story &run) { run.step(); });
}

namespace {
struct Policy {
  const char *name;
  Options::QueuePolicy value;
};
void PrintTo(const Policy &policy, std::ostream *out) { *out << policy.name; }
} // namespace

class SlowMembers : public testing::TestWithParam<Policy> {};
INSTANTIATE_TEST_SUITE_P(
    Interleavings, SlowMembers,
    testing::Values(Policy{"Disconnect", Options::QueuePolicy::Disconnect},
                    Policy{"DropNewest", Options::QueuePolicy::DropNewest},
                    Policy{"DropOldest", Options::QueuePolicy::DropOldest}),
    [](const auto &info) { return std::string(info.param.name); });

/// Small queues, and readers that take a while: messages may be lost, but what
/// comes is in order, and all the rest holds.
TEST_P(SlowMembers, LoseMessagesAndNothingElse) {
  Options options;
  options.max_queue_bytes = 1024;
  options.max_queue_messages = 4;
  options.queue_policy = GetParam().value;
  runAll(
      options, [](Story &run) { run.world.slow = true; },
      [](Story &run) {
        run.step();
        run.world.peers.back()->link->room = 300;
      });
}

/// A stop amid all of it.
TEST(Interleavings, AStopEndsAll) {
  Options options;
  options.drain_window_ms = 20;
  int steps = 0;
  runAll(
      options, [&](Story &) { steps = 0; },
      [&](Story &run) {
        if (++steps == 60)
          run.world.stop();
        run.step();
      });
}
