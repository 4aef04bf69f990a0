//===- NumberTest.cpp - the bodies of family `number` ---------------------===//

#include "plumb/number.h"
#include "unittests/library/Functions.h"

#include <cmath>

using namespace plumb::rt::values;

namespace {
constexpr int32_t I = PLUMB_INT, F = PLUMB_FLOAT;

TEST(NumberLibrary, FloatsToInts) {
  EXPECT_EQ(plumb_number_float_to_int(-1.9), -1);
  EXPECT_EQ(plumb_number_float_to_int(std::nan("")), 0);
  EXPECT_EQ(plumb_number_float_to_int(1e30), INT64_MAX);
  EXPECT_EQ(plumb_number_float_to_int(-INFINITY), INT64_MIN);
  EXPECT_EQ(plumb_number_floor(-1.5), -2);
  EXPECT_EQ(plumb_number_ceil(-1.5), -1);
  EXPECT_EQ(plumb_number_round(0.5), 1);
  EXPECT_EQ(plumb_number_round(-2.5), -3);
  EXPECT_EQ(plumb_number_round(0.49999999999999994), 0);
  EXPECT_EQ(plumb_number_ceil(9.3e18), INT64_MAX);
  EXPECT_EQ(plumb_number_int_to_float(3), 3.0);
}

TEST(NumberLibrary, OfEitherType) {
  auto number = [](int64_t whole) { return static_cast<plumb_slot>(whole); };
  EXPECT_EQ(plumb_number_abs(number(-5), I), 5u);
  EXPECT_EQ(plumb_number_abs(number(INT64_MIN), I), number(INT64_MIN));
  EXPECT_EQ(floatOf(plumb_number_abs(slotOf(-2.5), F)), 2.5);
  EXPECT_EQ(plumb_number_min(number(-1), 1, I), number(-1));
  EXPECT_EQ(plumb_number_max(number(-1), 1, I), 1u);
  EXPECT_EQ(floatOf(plumb_number_min(slotOf(-1.0), slotOf(1.0), F)), -1.0);
  EXPECT_EQ(floatOf(plumb_number_max(slotOf(-1.0), slotOf(1.0), F)), 1.0);
  EXPECT_EQ(floatOf(plumb_number_max(slotOf(std::nan("")), slotOf(1.0), F)),
            1.0);
  EXPECT_EQ(plumb_number_pow(2, 10), 1024);
  EXPECT_EQ(plumb_number_sqrt(9), 3);
  EXPECT_EQ(plumb_number_pi(), 3.141592653589793);
}

} // namespace
