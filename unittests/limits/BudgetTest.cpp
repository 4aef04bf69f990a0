//===- BudgetTest.cpp - how much one peer may have done in one go ---------===//

#include "runtime/limits/Budget.h"

#include <gtest/gtest.h>

using namespace plumb::rt::limits;

namespace {
struct TestClock {
  static inline int64_t time = 0;
  static inline int looks = 0;
  static int64_t now() noexcept {
    ++looks;
    return time;
  }
};
using Tested = BasicBudget<TestClock>;

/// How many units of `cost` nanoseconds are done.
int unitsOf(int64_t cost, uint32_t each = 1) {
  Tested budget;
  budget.begin();
  for (int done = 1;; ++done) {
    TestClock::time += cost;
    if (!budget.spend(each))
      return done;
  }
}
} // namespace

TEST(Budget, CheapUnitsAreCounted) {
  TestClock::looks = 0;
  EXPECT_EQ(unitsOf(0), 4096);
  EXPECT_LT(TestClock::looks, 4096 / 50) << "a look costs as much as a unit";
  EXPECT_EQ(unitsOf(0, Tested::unitsFor(1 << 20)), 4);
  EXPECT_EQ(unitsOf(0, Tested::unitsFor(SIZE_MAX)), 1);
  EXPECT_EQ(Tested::unitsFor(0), 1u);
}

TEST(Budget, DearUnitsAreTimed) {
  for (int64_t cost = 1000; cost <= 1'000'000'000; cost *= 10) {
    int64_t done = unitsOf(cost);
    // From the second unit on, at doubling distances.
    EXPECT_LE(done, std::max<int64_t>(4, 2 * (2 + Tested::time / cost)))
        << cost;
    EXPECT_GE(done * cost, Tested::time) << cost;
    EXPECT_LE(unitsOf(cost, Tested::expensive),
              2 + (Tested::time + cost - 1) / cost)
        << cost;
  }
}

TEST(Budget, StaysSpent) {
  Tested budget;
  budget.begin();
  while (budget.spend(Tested::expensive))
    TestClock::time += 1'000'000;
  EXPECT_FALSE(budget.spend(Tested::expensive));
  budget.begin();
  EXPECT_TRUE(budget.spend(Tested::expensive));
}
