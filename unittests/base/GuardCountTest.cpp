//===- GuardCountTest.cpp - what is set up while a guard exists -----------===//

#include "runtime/base/GuardCount.h"

#include <atomic>
#include <gtest/gtest.h>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using plumb::rt::base::GuardCount;

namespace {

TEST(GuardCount, TheFirstSetsUpAndTheLastTakesDown) {
  GuardCount guards;
  std::string calls;
  auto enter = [&] { guards.enter([&] { calls += 'u'; }); };
  auto leave = [&] { guards.leave([&] { calls += 'd'; }); };
  enter();
  EXPECT_EQ(calls, "u");
  enter();
  enter();
  leave();
  leave();
  EXPECT_EQ(calls, "u");
  leave();
  EXPECT_EQ(calls, "ud");
  enter();
  leave();
  EXPECT_EQ(calls, "udud");
}

TEST(GuardCount, WhatFailsIsNotCounted) {
  GuardCount guards;
  int failures = 2, ups = 0, downs = 0;
  auto setUp = [&] {
    if (failures-- > 0)
      throw std::runtime_error("none left");
    ++ups;
  };
  EXPECT_THROW(guards.enter(setUp), std::runtime_error);
  EXPECT_THROW(guards.enter(setUp), std::runtime_error);
  guards.enter(setUp);
  EXPECT_EQ(ups, 1);
  guards.leave([&] { ++downs; });
  EXPECT_EQ(downs, 1);
}

/// Whoever is past enter() finds it set up, whoever set it up.
TEST(GuardCount, ThreadsShareOne) {
  GuardCount guards;
  std::atomic<bool> isUp{false};
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int turn = 0; turn < 5000; ++turn) {
        guards.enter([&] { wrong += isUp.exchange(true); });
        wrong += !isUp;
        guards.leave([&] { wrong += !isUp.exchange(false); });
      }
    });
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_FALSE(isUp);
}

} // namespace
