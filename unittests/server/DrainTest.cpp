//===- DrainTest.cpp - closes are spread evenly ---------------------------===//

#include "runtime/server/Drain.h"

#include <gtest/gtest.h>
#include <vector>

using plumb::rt::server::DrainPlan;

/// How many are told in each of the window's parts, by a loop that wakes when
/// the plan says so.
static std::vector<size_t> told(size_t count, int64_t window, size_t parts) {
  DrainPlan plan(count, window);
  std::vector<size_t> result(parts);
  size_t done = 0;
  for (int64_t now = 0; now >= 0; now = plan.next(done)) {
    size_t due = plan.due(done, now);
    EXPECT_GT(due, 0u) << "woken for nothing";
    result[static_cast<size_t>(now) * parts / static_cast<size_t>(window)] +=
        due;
    done += due;
    EXPECT_TRUE(plan.next(done) < 0 || plan.next(done) > now);
  }
  EXPECT_EQ(done, count);
  return result;
}

TEST(DrainPlan, Evenly) {
  EXPECT_EQ(told(200, 1000, 10), std::vector<size_t>(10, 20));
  EXPECT_EQ(told(10, 1000, 10), std::vector<size_t>(10, 1));
  EXPECT_EQ(told(3, 3000, 3), std::vector<size_t>(3, 1));
  // More than one a millisecond.
  EXPECT_EQ(told(100000, 100, 100), std::vector<size_t>(100, 1000));
}

TEST(DrainPlan, FirstAtOnceAndLastWithin) {
  DrainPlan plan(4, 100);
  EXPECT_EQ(plan.due(0, 0), 1u);
  EXPECT_EQ(plan.next(1), 25);
  EXPECT_EQ(plan.due(1, 24), 0u);
  EXPECT_EQ(plan.next(3), 75);
  EXPECT_EQ(plan.due(1, 99), 3u);
  EXPECT_EQ(plan.next(4), -1);
}

TEST(DrainPlan, LateTurnsCatchUp) {
  DrainPlan plan(100, 1000);
  EXPECT_EQ(plan.due(1, 500), 50u);
  EXPECT_EQ(plan.due(51, 5000), 49u);
}

TEST(DrainPlan, NoWindowAndNobody) {
  EXPECT_EQ(DrainPlan(1000, 0).due(0, 0), 1000u);
  EXPECT_EQ(DrainPlan(0, 1000).due(0, 0), 0u);
  EXPECT_EQ(DrainPlan(0, 1000).next(0), -1);
  // No overflow at the limits of the options.
  constexpr int64_t day = 24 * 60 * 60 * 1000;
  EXPECT_LT(DrainPlan(INT32_MAX, day).next(INT32_MAX - 1), day);
  EXPECT_GT(DrainPlan(INT32_MAX, day).next(INT32_MAX - 1), day - 2);
}
