//===- EnvironmentTest.cpp - environments that were given away ------------===//

#include "Support.h"

#include "plumb/intr.h"

#include <atomic>

using namespace plumb::test;

namespace {
/// An environment that knows what was done with it.
struct Counted {
  int calls = 0;
  int releases = 0;
  std::thread::id releasedBy = {};
  plumb_time_timer timer = nullptr;
  bool wasReleasedAtACall = false;
};

Counted &countedOf(void *env) { return *static_cast<Counted *>(env); }

void release(void *env) {
  ++countedOf(env).releases;
  countedOf(env).releasedBy = std::this_thread::get_id();
}
void called(int64_t, void *env) {
  ++countedOf(env).calls;
  countedOf(env).wasReleasedAtACall |= countedOf(env).releases != 0;
}
void calledTwice(int64_t data, void *env) {
  called(data, env);
  if (countedOf(env).calls == 2)
    EXPECT_EQ(plumb_time_cancel(countedOf(env).timer), 0);
}
void give(Counted &counted) {
  EXPECT_EQ(plumb_intr_give(&counted, release), 0);
}
} // namespace

TEST(Environment, ReleasedOnceATimerHasFired) {
  Counted once;
  give(once);
  plumb_time_after(0, 0, called, &once);
  EXPECT_EQ(once.releases, 0);
  EXPECT_EQ(plumb_time_run(), 0);
  EXPECT_EQ(once.calls, 1);
  EXPECT_EQ(once.releases, 1);
  EXPECT_FALSE(once.wasReleasedAtACall);
  EXPECT_EQ(once.releasedBy, std::this_thread::get_id());
}

TEST(Environment, StaysTheProgramsUnlessItIsGiven) {
  Counted kept;
  plumb_time_after(0, 0, called, &kept);
  EXPECT_EQ(plumb_time_run(), 0);
  EXPECT_EQ(kept.calls, 1);
  EXPECT_EQ(kept.releases, 0);
}

TEST(Environment, ReleasedWhenATimerIsCancelled) {
  Counted before, within;
  give(before);
  plumb_time_timer timer = plumb_time_every(1, 0, called, &before);
  EXPECT_EQ(plumb_time_cancel(timer), 0);
  EXPECT_EQ(before.releases, 1);
  give(within);
  within.timer = plumb_time_every(1, 0, calledTwice, &within);
  EXPECT_EQ(plumb_time_run(), 0);
  EXPECT_EQ(before.calls, 0);
  EXPECT_EQ(within.calls, 2);
  EXPECT_EQ(within.releases, 1);
  EXPECT_FALSE(within.wasReleasedAtACall);
}

TEST(Environment, ReleasedWhenTheCallIsRefused) {
  Counted counted;
  give(counted);
  EXPECT_EQ(plumb_time_after(-1, 0, called, &counted), nullptr);
  EXPECT_EQ(counted.releases, 1);
  give(counted);
  EXPECT_EQ(plumb_time_every(0, 0, called, &counted), nullptr);
  EXPECT_EQ(counted.releases, 2);
  give(counted);
  EXPECT_EQ(plumb_time_after(0, 0, nullptr, &counted), nullptr);
  EXPECT_EQ(counted.releases, 3);
  give(counted);
  EXPECT_EQ(plumb_ws_serve(
                -1, [](plumb_ws_conn, void *) { return true; }, nullptr,
                [](plumb_ws_conn, const plumb_str *, void *) {}, &counted,
                [](plumb_ws_conn, int64_t, const plumb_str *, void *) {},
                nullptr, nullptr, nullptr, nullptr, nullptr, Text("")),
            PLUMB_ERR_INVALID_ARGUMENT);
  EXPECT_EQ(counted.releases, 4);
}

TEST(Environment, ReleasedAfterACallbackThatFails) {
  Counted counted;
  give(counted);
  plumb_time_after(
      0, 0,
      [](int64_t data, void *env) {
        called(data, env);
        static const Text why("on purpose"); // An abort runs no destructors.
        plumb_intr_abort(why);
      },
      &counted);
  EXPECT_EQ(plumb_time_run(), 0);
  EXPECT_EQ(counted.calls, 1);
  EXPECT_EQ(counted.releases, 1);
}

TEST(Environment, AReleaseThatFailsIsLogged) {
  Counted counted;
  EXPECT_EQ(plumb_intr_give(&counted,
                            [](void *) {
                              static const Text why("cannot");
                              plumb_intr_abort(why);
                            }),
            0);
  plumb_time_after(0, 0, called, &counted);
  EXPECT_EQ(plumb_time_run(), 0);
  Log::instance().waitFor("plumb: error: on_release failed: cannot");
}

TEST(Environment, OneForSeveralCallbacksIsGivenForEach) {
  Counted counted;
  give(counted);
  give(counted);
  plumb_time_timer first = plumb_time_every(1, 0, called, &counted);
  plumb_time_timer second = plumb_time_every(1, 0, called, &counted);
  plumb_time_timer third = plumb_time_every(1, 0, called, &counted);
  EXPECT_EQ(plumb_time_cancel(first), 0);
  EXPECT_EQ(counted.releases, 1);
  EXPECT_EQ(plumb_time_cancel(second), 0);
  EXPECT_EQ(counted.releases, 2);
  EXPECT_EQ(plumb_time_cancel(third), 0);
  EXPECT_EQ(counted.releases, 2) << "it was given twice";
}

TEST(Environment, WrongArguments) {
  Counted counted;
  EXPECT_EQ(plumb_intr_give(nullptr, release), PLUMB_ERR_INVALID_ARGUMENT);
  EXPECT_EQ(plumb_intr_give(&counted, nullptr), PLUMB_ERR_INVALID_ARGUMENT);
}

TEST(Environment, AThreadThatGivesAndNeverPassesIsBounded) {
  std::thread([] {
    Counted counted;
    int64_t status = 0;
    int given = 0;
    while ((status = plumb_intr_give(&counted, release)) == 0 && given < 10000)
      ++given;
    EXPECT_EQ(status, PLUMB_ERR_INVALID_ARGUMENT);
    Log::instance().waitFor("too many environments were given away");
    // The room is there again once they are taken over.
    for (int i = 0; i < given; ++i)
      plumb_time_cancel(plumb_time_after(1, 0, called, &counted));
    EXPECT_EQ(counted.releases, given);
    give(counted);
    plumb_time_cancel(plumb_time_after(1, 0, called, &counted));
  }).join();
}

namespace {
class OfServer : public testing::TestWithParam<Config> {};
} // namespace
INSTANTIATE_TEST_SUITE_P(All, OfServer, PLUMB_ALL_CONFIGS, nameOf);

TEST_P(OfServer, ReleasedWhenItHasStopped) {
  Server server(GetParam(), false);
  std::atomic<int> closed = 0, released = 0;
  bool closedBefore = true;
  server.onClose = [&](plumb_ws_conn, int64_t, std::string) { ++closed; };
  server.onRelease = [&] {
    closedBefore &= closed == 2;
    ++released;
  };
  server.start();
  {
    Client a(server), b(server);
    EXPECT_EQ(a.ask("echo here"), "here");
    EXPECT_EQ(b.ask("echo here"), "here");
    EXPECT_EQ(released, 0);
    plumb_ws_stop();
    EXPECT_EQ(a.readClose().first, 1001);
    EXPECT_EQ(b.readClose().first, 1001);
    EXPECT_EQ(server.join(), 0);
  }
  EXPECT_EQ(released, 5);
  EXPECT_TRUE(closedBefore) << "callbacks ran after the release";
}

TEST(EnvironmentOfTimer, ReleasedByTheShardThatRanIt) {
  Server server(Config{false, 3}, false);
  Channel<std::thread::id> released;
  std::thread::id shard;
  server.onMessage = [&](plumb_ws_conn conn, std::string) {
    shard = std::this_thread::get_id();
    EXPECT_EQ(
        plumb_intr_give(&released,
                        [](void *env) {
                          static_cast<Channel<std::thread::id> *>(env)->push(
                              std::this_thread::get_id());
                        }),
        0);
    plumb_time_after(0, 0, [](int64_t, void *) {}, &released);
    plumb_ws_send(conn, Text("made"));
  };
  server.start();
  Client a(server);
  EXPECT_EQ(a.ask("go"), "made");
  EXPECT_EQ(released.pop(), shard);
}
