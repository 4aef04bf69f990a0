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
