//===- TimerQueueTest.cpp - the timing wheel ------------------------------===//

#include "runtime/net/TimerQueue.h"

#include <algorithm>
#include <functional>
#include <gtest/gtest.h>
#include <memory>
#include <random>
#include <set>
#include <stdexcept>

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

TEST(TimerQueue, SomeOfManyFireInTheirOrder) {
  TimerQueue queue;
  std::vector<int> fired;
  std::vector<std::unique_ptr<TestTimer>> timers;
  for (int i = 0; i < 10; ++i) {
    timers.push_back(std::make_unique<TestTimer>());
    timers.back()->action = [&fired, i] { fired.push_back(i); };
    queue.arm(*timers.back(), 5 + i / 4);
  }
  queue.fireDue(7, 3);
  EXPECT_EQ(fired, (std::vector{0, 1, 2}));
  EXPECT_LE(queue.next(), 7) << "the rest is due";
  queue.disarm(*timers[3]); // It waits, and may be taken away.
  TestTimer late;
  late.action = [&] { fired.push_back(99); };
  queue.arm(late, 6);
  queue.fireDue(8, 4);
  EXPECT_EQ(fired, (std::vector{0, 1, 2, 4, 5, 6, 7}));
  queue.fireDue(8, 4);
  EXPECT_EQ(fired, (std::vector{0, 1, 2, 4, 5, 6, 7, 8, 9, 99}));
  EXPECT_EQ(queue.next(), TimerQueue::never);
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

TEST(TimerQueue, ADeadlineThatHasPassedCountsAsNow) {
  TimerQueue queue;
  queue.fireDue(100);
  std::vector<int> fired;
  TestTimer late, later, now;
  late.action = [&] { fired.push_back(1); };
  later.action = [&] { fired.push_back(2); };
  now.action = [&] { fired.push_back(3); };
  queue.arm(late, 50);
  queue.arm(later, -7);
  queue.arm(now, 100);
  EXPECT_EQ(queue.next(), 100);
  queue.fireDue(100);
  EXPECT_EQ(fired, (std::vector<int>{1, 2, 3}));
}

/// Every digit of a deadline, up to the last that there is.
TEST(TimerQueue, FarDeadlines) {
  for (int shift = 0; shift < 63; ++shift)
    for (int64_t offset : {-1, 0, 1}) {
      int64_t start = 1'000'003, wait = (int64_t(1) << shift) + offset;
      if (wait < 1 || wait > TimerQueue::never - start)
        continue;
      TimerQueue queue(start);
      TestTimer timer;
      bool fired = false;
      timer.action = [&] { fired = true; };
      queue.arm(timer, start + wait);
      EXPECT_LE(queue.next(), start + wait);
      // As a loop does: the wheel may ask for a few turns, each of use.
      for (int turns = 0; turns < 12 && queue.next() < start + wait; ++turns)
        queue.fireDue(queue.next());
      EXPECT_EQ(queue.next(), start + wait);
      queue.fireDue(start + wait - 1);
      EXPECT_FALSE(fired) << wait;
      queue.fireDue(start + wait);
      EXPECT_TRUE(fired) << wait;
    }
  TimerQueue queue;
  TestTimer last;
  bool fired = false;
  last.action = [&] { fired = true; };
  queue.arm(last, INT64_MAX);
  queue.fireDue(INT64_MAX - 1);
  EXPECT_FALSE(fired);
  queue.fireDue(INT64_MAX);
  EXPECT_TRUE(fired);
}

TEST(TimerQueue, OneThatThrowsLosesNoOther) {
  TimerQueue queue;
  TestTimer bad, good, next;
  std::vector<int> fired;
  bad.action = [&] { throw std::runtime_error("bad"); };
  good.action = [&] { fired.push_back(1); };
  next.action = [&] { fired.push_back(2); };
  queue.arm(bad, 5);
  queue.arm(good, 6);
  EXPECT_THROW(queue.fireDue(6), std::runtime_error);
  EXPECT_EQ(queue.size(), 1u);
  EXPECT_EQ(queue.next(), 6);
  queue.arm(next, 7);
  queue.fireDue(7);
  EXPECT_EQ(fired, (std::vector<int>{1, 2}));
  EXPECT_EQ(queue.size(), 0u);
}

namespace {
/// A queue beside a sorted list that does the same; timers arm and disarm
/// others while they fire.
struct Differential {
  using Key = std::tuple<int64_t, uint64_t, int>; // deadline, order, timer
  static constexpr int timers = 200;

  std::mt19937_64 random;
  TimerQueue queue;
  std::set<Key> model;
  std::vector<TestTimer> timer{timers};
  std::vector<Key> keyOf{timers};
  int64_t now = 5'000'000;
  uint64_t orders = 0, firedInAll = 0;
  std::vector<int> expected;

  explicit Differential(uint64_t seed) : random(seed), queue(5'000'000) {
    for (int i = 0; i < timers; ++i)
      timer[i].action = [this, i] { fired(i); };
  }
  ~Differential() {
    for (TestTimer &each : timer)
      queue.disarm(each);
  }

  int64_t distance() {
    int64_t range = int64_t(1) << (random() % 40);
    return static_cast<int64_t>(random() % static_cast<uint64_t>(range));
  }
  void disarm(int i) {
    queue.disarm(timer[i]);
    model.erase(keyOf[i]);
    std::erase(expected, i);
  }
  void arm(int i) {
    disarm(i);
    int64_t deadline = now + distance() - 3;
    queue.arm(timer[i], deadline);
    keyOf[i] = {std::max(deadline, now), orders++, i};
    model.insert(keyOf[i]);
  }
  void act() {
    int i = static_cast<int>(random() % timers);
    if (random() % 3 == 0)
      disarm(i);
    else
      arm(i);
  }
  void fired(int i) {
    ++firedInAll;
    ASSERT_FALSE(expected.empty());
    ASSERT_EQ(i, expected.front());
    expected.erase(expected.begin());
    ASSERT_LE(std::get<0>(keyOf[i]), now) << "early";
    model.erase(keyOf[i]);
    ASSERT_FALSE(timer[i].armed());
    if (random() % 4 == 0)
      act();
  }
  void step() {
    for (uint64_t n = random() % 20; n > 0; --n)
      act();
    ASSERT_EQ(queue.size(), model.size());
    int64_t first =
        model.empty() ? TimerQueue::never : std::get<0>(*model.begin());
    ASSERT_LE(queue.next(), first);
    ASSERT_TRUE(model.empty() || queue.next() >= now);
    // The next one exactly, or some way on.
    if (random() % 2)
      now =
          std::max(now, queue.next() == TimerQueue::never ? now : queue.next());
    else
      now += distance() % 100000;
    for (const Key &key : model)
      if (std::get<0>(key) <= now)
        expected.push_back(std::get<2>(key));
    queue.fireDue(now);
    ASSERT_TRUE(expected.empty());
  }
};
} // namespace

TEST(TimerQueue, DoesWhatASortedListDoes) {
  uint64_t fired = 0;
  for (uint64_t seed = 1; seed <= 5; ++seed) {
    Differential both(seed);
    for (int i = 0; i < 2000 && !testing::Test::HasFatalFailure(); ++i)
      both.step();
    ASSERT_FALSE(testing::Test::HasFatalFailure()) << "seed " << seed;
    fired += both.firedInAll;
  }
  EXPECT_GT(fired, 20000u) << "the test tests something";
}
