//===- RateLimitTest.cpp - how much a second ------------------------------===//

#include "runtime/limits/RateLimit.h"

#include <gtest/gtest.h>
#include <random>

using plumb::rt::limits::RateLimit;

TEST(RateLimit, OffTakesEverything) {
  RateLimit limit(0, 5);
  RateLimit::Bucket bucket;
  EXPECT_FALSE(limit);
  for (int i = 0; i < 1000; ++i)
    EXPECT_TRUE(limit.take(bucket, 0, 1000000));
}

TEST(RateLimit, ABurstThenTheRate) {
  RateLimit limit(10, 5); // One in 100 ms.
  RateLimit::Bucket bucket;
  for (int i = 0; i < 5; ++i)
    EXPECT_TRUE(limit.take(bucket, 1000)) << i;
  EXPECT_FALSE(limit.take(bucket, 1000));
  EXPECT_FALSE(limit.take(bucket, 1049));
  EXPECT_TRUE(limit.take(bucket, 1100));
  EXPECT_FALSE(limit.take(bucket, 1100));
  // Never more than the burst, however long nothing came.
  for (int i = 0; i < 5; ++i)
    EXPECT_TRUE(limit.take(bucket, 1000000)) << i;
  EXPECT_FALSE(limit.take(bucket, 1000000));
}

TEST(RateLimit, TheBurstIsASecondsWorthByDefault) {
  RateLimit limit(3, 0);
  RateLimit::Bucket bucket;
  EXPECT_TRUE(limit.take(bucket, 5, 3));
  EXPECT_FALSE(limit.take(bucket, 5));
}

TEST(RateLimit, MoreThanTheBurstAtOnceNeverFits) {
  RateLimit limit(1000, 100);
  RateLimit::Bucket bucket;
  EXPECT_FALSE(limit.take(bucket, 1000, 101));
  EXPECT_TRUE(limit.take(bucket, 1000, 100)) << "nothing was taken before";
}

TEST(RateLimit, LargeNumbers) {
  int64_t max = int64_t(1) << 40;
  RateLimit fast(max, max), slow(1, max);
  RateLimit::Bucket one, two;
  EXPECT_TRUE(fast.take(one, int64_t(1) << 40, static_cast<size_t>(max)));
  EXPECT_FALSE(fast.take(one, int64_t(1) << 40, static_cast<size_t>(max)));
  EXPECT_TRUE(slow.take(two, int64_t(1) << 40, 1 << 20));
}

/// In any time t at most burst + rate * t come through, and a sender that keeps
/// to the rate is never stopped.
TEST(RateLimit, HoldsOverTime) {
  for (int64_t rate : {7, 100, 3333}) {
    RateLimit limit(rate, 20);
    RateLimit::Bucket greedy, fair;
    std::mt19937 random(static_cast<unsigned>(rate));
    int64_t now = 77, taken = 0;
    double owed = 0;
    for (int i = 0; i < 20000; ++i) {
      int64_t step = static_cast<int64_t>(random() % 30);
      now += step;
      while (limit.take(greedy, now))
        ++taken;
      owed += static_cast<double>(rate * step) / 1000;
      while (owed >= 1) {
        owed -= 1;
        if (rate * 30 < 20 * 1000) // Else one step is more than the burst.
          ASSERT_TRUE(limit.take(fair, now));
      }
    }
    double max = 20 + static_cast<double>(rate * (now - 77)) / 1000;
    EXPECT_LE(static_cast<double>(taken), max + 1);
    if (rate * 30 < 20 * 1000)
      EXPECT_GE(static_cast<double>(taken), max * 0.9);
  }
}

TEST(RateLimit, WhatMayHaveComeBeforeHasItsOwnTime) {
  RateLimit limit(10, 10);
  RateLimit::Bucket bucket;
  EXPECT_FALSE(limit.take(bucket, 5000, 30, 1000));
  EXPECT_TRUE(limit.take(bucket, 5000, 30, 2000)) << "10, and 20 in 2 seconds";
  EXPECT_FALSE(limit.take(bucket, 5000, 1, 2000)) << "no more than once";
  EXPECT_FALSE(limit.take(bucket, 5000, 1, 0));
  EXPECT_TRUE(limit.take(bucket, 5200, 1, 0));
}
