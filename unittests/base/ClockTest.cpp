//===- ClockTest.cpp - what time it is ------------------------------------===//

#include "runtime/base/Clock.h"

#include <chrono>
#include <gtest/gtest.h>

using namespace plumb::rt::base;
using namespace std::chrono;

/// Between two readings of the standard library's clock.
TEST(Clock, UnitsAndEpochs) {
  auto steady = [] { return steady_clock::now().time_since_epoch(); };
  int64_t before = floor<milliseconds>(steady()).count();
  int64_t now = steadyMilliseconds();
  EXPECT_LE(before, now);
  EXPECT_LE(now, floor<milliseconds>(steady()).count());

  before = nanoseconds(steady()).count();
  now = steadyNanoseconds();
  EXPECT_LE(before, now);
  EXPECT_LE(now, nanoseconds(steady()).count());

  // Somebody may set this one meanwhile: an hour is near enough.
  int64_t wall =
      floor<milliseconds>(system_clock::now().time_since_epoch()).count();
  EXPECT_NEAR(static_cast<double>(wallMilliseconds()),
              static_cast<double>(wall), 3.6e6);
}
