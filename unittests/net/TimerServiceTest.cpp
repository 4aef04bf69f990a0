//===- TimerServiceTest.cpp - a program's timers --------------------------===//

#include "runtime/net/TimerService.h"

#include <gtest/gtest.h>
#include <thread>
#include <vector>

using namespace plumb::rt::net;

namespace {
struct Record {
  int fired = 0;
  std::thread::id thread;
};
} // namespace

static TimerService::Action recorder(Record &record) {
  return {[](const TimerService::Action &action) {
            auto &record = *static_cast<Record *>(action.environment);
            record.fired += static_cast<int>(action.data);
            record.thread = std::this_thread::get_id();
          },
          nullptr, &record, 1};
}

/// Runs a loop on this thread until `done`.
template <typename Done> static void runUntil(Loop &loop, Done done) {
  while (!done())
    loop.turn(true);
}

TEST(TimerService, WaitsForAMainLoop) {
  TimerService service;
  Record record;
  uint64_t token = service.start(0, 0, recorder(record));
  EXPECT_NE(token, 0u);
  Loop loop;
  Loop::Running running(loop);
  service.attach(loop, true);
  EXPECT_EQ(service.countOn(loop), 1u);
  runUntil(loop, [&] { return record.fired == 1; });
  EXPECT_EQ(service.countOn(loop), 0u);
  EXPECT_FALSE(service.cancel(token)) << "it has fired";
  service.detach(loop);
}

TEST(TimerService, FiresWhereItWasMade) {
  TimerService service;
  Loop main;
  service.attach(main, true);
  Record record;
  std::thread::id id;
  std::thread([&] {
    Loop own;
    Loop::Running running(own);
    id = std::this_thread::get_id();
    service.start(1, 0, recorder(record));
    runUntil(own, [&] { return record.fired == 1; });
    service.detach(own);
  }).join();
  EXPECT_EQ(record.thread, id);
  service.detach(main);
}

TEST(TimerService, MadeByAnotherThreadFiresOnTheMainLoop) {
  TimerService service;
  Loop main;
  Loop::Running running(main);
  service.attach(main, true);
  Record record;
  std::thread([&] { service.start(1, 0, recorder(record)); }).join();
  runUntil(main, [&] { return record.fired == 1; });
  EXPECT_EQ(record.thread, std::this_thread::get_id());
  service.detach(main);
}

TEST(TimerService, RepeatsUntilCancelled) {
  TimerService service;
  Loop loop;
  Loop::Running running(loop);
  service.attach(loop, true);
  Record record;
  uint64_t token = service.start(1, 1, recorder(record));
  runUntil(loop, [&] { return record.fired >= 3; });
  EXPECT_TRUE(service.cancel(token));
  EXPECT_FALSE(service.cancel(token));
  EXPECT_EQ(loop.timers().size(), 0u);
  service.detach(loop);
}

TEST(TimerService, CancelFromAnotherThread) {
  TimerService service;
  Loop loop;
  Loop::Running running(loop);
  service.attach(loop, true);
  Record record;
  uint64_t token = service.start(3600 * 1000, 0, recorder(record));
  EXPECT_EQ(loop.timers().size(), 1u);
  std::thread([&] { EXPECT_TRUE(service.cancel(token)); }).join();
  EXPECT_EQ(service.countOn(loop), 0u);
  // The loop itself takes it out of its timers.
  runUntil(loop, [&] { return loop.timers().size() == 0; });
  service.detach(loop);
}

TEST(TimerService, OutlivesItsLoop) {
  TimerService service;
  Record record;
  uint64_t token;
  {
    Loop first;
    service.attach(first, true);
    token = service.start(0, 0, recorder(record));
    service.detach(first);
  }
  Loop second;
  Loop::Running running(second);
  service.attach(second, true);
  runUntil(second, [&] { return record.fired == 1; });
  EXPECT_FALSE(service.cancel(token));
  service.detach(second);
}

TEST(TimerService, StaleTokens) {
  TimerService service;
  EXPECT_FALSE(service.cancel(0));
  EXPECT_FALSE(service.cancel(UINT64_MAX));
  Record record;
  uint64_t first = service.start(0, 0, recorder(record));
  EXPECT_TRUE(service.cancel(first));
  uint64_t second = service.start(0, 0, recorder(record));
  EXPECT_NE(first, second) << "the slot is used again";
  EXPECT_FALSE(service.cancel(first));
  EXPECT_TRUE(service.cancel(second));
}

// A token that was given 2^32 timers ago is nobody's now.
TEST(TimerService, TokensEndAndDoNotBeginAnew) {
  TimerService service(UINT32_MAX - 2);
  Record record;
  std::vector<uint64_t> tokens;
  for (int i = 0; i < 5; ++i) {
    uint64_t token = service.start(1000, 0, recorder(record));
    ASSERT_NE(token, 0u);
    for (uint64_t before : tokens) {
      EXPECT_NE(token, before);
      EXPECT_FALSE(service.cancel(before));
    }
    EXPECT_TRUE(service.cancel(token));
    tokens.push_back(token);
  }
}

//===----------------------------------------------------------------------===//
// What a timer keeps
//===----------------------------------------------------------------------===//

namespace {
/// Where and how often what a timer kept has gone. It starts a timer and
/// cancels it then, which needs the service's lock.
struct Release {
  TimerService &service;
  Record other = {};
  int count = 0;
  std::thread::id thread = {};

  std::shared_ptr<void> kept() {
    return {this,
            [](void *release) { static_cast<Release *>(release)->run(); }};
  }
  void run() {
    ++count;
    thread = std::this_thread::get_id();
    EXPECT_TRUE(service.cancel(service.start(3600 * 1000, 0, recorder(other))));
  }
};
} // namespace

static TimerService::Action keeper(Record &record, Release &release) {
  TimerService::Action action = recorder(record);
  action.keeps = release.kept();
  return action;
}

TEST(TimerServiceKeeps, UntilItHasFired) {
  TimerService service;
  Record record;
  Release release{service};
  Loop loop;
  Loop::Running running(loop);
  service.attach(loop, true);
  service.start(0, 0, keeper(record, release));
  EXPECT_EQ(release.count, 0);
  runUntil(loop, [&] { return record.fired == 1; });
  EXPECT_EQ(release.count, 1);
  service.detach(loop);
}

TEST(TimerServiceKeeps, UntilTheCallbackThatCancelsItReturns) {
  TimerService service;
  Release release{service};
  struct Cancelling {
    Release &release;
    uint64_t token = 0;
    int fired = 0;
  } cancelling{release};
  Loop loop;
  Loop::Running running(loop);
  service.attach(loop, true);
  TimerService::Action action{
      [](const TimerService::Action &action) {
        auto &self = *static_cast<Cancelling *>(action.environment);
        ++self.fired;
        EXPECT_TRUE(self.release.service.cancel(self.token));
        EXPECT_EQ(self.release.count, 0) << "it is used until the return";
      },
      nullptr, &cancelling, 0, release.kept()};
  cancelling.token = service.start(1, 1, action);
  action.keeps.reset();
  runUntil(loop, [&] { return cancelling.fired == 1; });
  EXPECT_EQ(release.count, 1);
  service.detach(loop);
}

TEST(TimerServiceKeeps, UntilItIsCancelled) {
  TimerService service;
  Record record;
  Release release{service};
  // One that waits for a loop, then one that has one.
  uint64_t waiting = service.start(1, 0, keeper(record, release));
  EXPECT_TRUE(service.cancel(waiting));
  EXPECT_EQ(release.count, 1);
  Loop loop;
  Loop::Running running(loop);
  service.attach(loop, true);
  uint64_t armed = service.start(1, 1, keeper(record, release));
  EXPECT_TRUE(service.cancel(armed));
  EXPECT_EQ(release.count, 2);
  service.detach(loop);
}

TEST(TimerServiceKeeps, UntilItsOwnThreadHearsOfIt) {
  TimerService service;
  Record record;
  Release release{service};
  Loop loop;
  Loop::Running running(loop);
  service.attach(loop, true);
  uint64_t token = service.start(3600 * 1000, 0, keeper(record, release));
  std::thread([&] { EXPECT_TRUE(service.cancel(token)); }).join();
  EXPECT_EQ(release.count, 0) << "the loop might be running it";
  runUntil(loop, [&] { return release.count == 1; });
  EXPECT_EQ(release.thread, std::this_thread::get_id());
  // One whose loop ends before it has heard of it.
  token = service.start(3600 * 1000, 0, keeper(record, release));
  std::thread([&] { EXPECT_TRUE(service.cancel(token)); }).join();
  service.detach(loop);
  EXPECT_EQ(release.count, 2);
}
