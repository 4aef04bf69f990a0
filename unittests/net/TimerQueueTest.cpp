//===- TimerQueueTest.cpp - the timer heap --------------------------------===//

#include "runtime/net/TimerQueue.h"

#include <algorithm>
#include <functional>
#include <gtest/gtest.h>
#include <memory>
#include <random>

using namespace plumb::rt::net;

namespace {
struct TestTimer final : Timer {
  std::function<void()> action;
  void onTimer() override { action(); }
};
} // namespace

TEST(TimerQueue, FiresInOrderOfDeadlineThenOfArming) {
  TimerQueue queue;
  std::mt19937 random(1);
  std::vector<std::pair<int64_t, int>> expected, fired;
  std::vector<std::unique_ptr<TestTimer>> timers;
  for (int i = 0; i < 500; ++i) {
    int64_t deadline = static_cast<int64_t>(random() % 40);
    timers.push_back(std::make_unique<TestTimer>());
    timers.back()->action = [&fired, deadline, i] {
      fired.emplace_back(deadline, i);
    };
    queue.arm(*timers.back(), deadline);
    if (i % 3 != 0)
      expected.emplace_back(deadline, i);
  }
  for (size_t i = 0; i < timers.size(); i += 3)
    queue.disarm(*timers[i]);
  EXPECT_EQ(queue.size(), expected.size());
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(queue.next(), expected.front().first);
  queue.fireDue(39);
  EXPECT_EQ(fired, expected);
  EXPECT_EQ(queue.next(), TimerQueue::never);
}

TEST(TimerQueue, OnlyWhatIsDueFires) {
  TimerQueue queue;
  TestTimer early, late;
  int fired = 0;
  early.action = [&] { fired += 1; };
  late.action = [&] { fired += 10; };
  queue.arm(late, 11);
  queue.arm(early, 10);
  queue.fireDue(10);
  EXPECT_EQ(fired, 1);
  EXPECT_FALSE(early.armed());
  EXPECT_TRUE(late.armed());
  queue.disarm(late);
}

TEST(TimerQueue, RearmedTimerWaitsForTheNextCall) {
  TimerQueue queue;
  TestTimer timer;
  int fired = 0;
  timer.action = [&] {
    ++fired;
    queue.arm(timer, 5);
  };
  queue.arm(timer, 5);
  queue.fireDue(5); // Would never return otherwise.
  EXPECT_EQ(fired, 1);
  queue.fireDue(5);
  EXPECT_EQ(fired, 2);
  queue.disarm(timer);
}

TEST(TimerQueue, TimerMayDisarmAnotherThatIsDue) {
  TimerQueue queue;
  TestTimer first, second;
  bool secondFired = false;
  first.action = [&] { queue.disarm(second); };
  second.action = [&] { secondFired = true; };
  queue.arm(first, 1);
  queue.arm(second, 1);
  queue.fireDue(1);
  EXPECT_FALSE(secondFired);
}
