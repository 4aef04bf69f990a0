//===- NumberBodies.cpp - the bodies of family `number` -------------------===//

#include "plumb/number.bodies.h"
#include "runtime/values/Object.h"

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace plumb::rt;
using namespace plumb::rt::values;

PLUMB_BODY(number, int_to_float) { return static_cast<double>(value); }

/// The nearest Int of a whole number; 0 of NaN.
static int64_t saturated(double value) {
  if (std::isnan(value))
    return 0;
  if (value >= 0x1p63)
    return INT64_MAX;
  if (value < -0x1p63)
    return INT64_MIN;
  return static_cast<int64_t>(value);
}

PLUMB_BODY(number, float_to_int) { return saturated(value); }

PLUMB_BODY(number, abs) {
  if (A_kind == PLUMB_FLOAT)
    return slotOf(std::fabs(floatOf(value)));
  return static_cast<int64_t>(value) < 0 ? -value : value;
}

PLUMB_BODY(number, min) {
  if (A_kind == PLUMB_FLOAT)
    return slotOf(std::fmin(floatOf(left), floatOf(right)));
  return static_cast<plumb_slot>(
      std::min(static_cast<int64_t>(left), static_cast<int64_t>(right)));
}

PLUMB_BODY(number, max) {
  if (A_kind == PLUMB_FLOAT)
    return slotOf(std::fmax(floatOf(left), floatOf(right)));
  return static_cast<plumb_slot>(
      std::max(static_cast<int64_t>(left), static_cast<int64_t>(right)));
}

PLUMB_BODY(number, pi) { return std::numbers::pi; }

PLUMB_BODY(number, pow) { return std::pow(base, exponent); }

PLUMB_BODY(number, sqrt) { return std::sqrt(value); }

PLUMB_BODY(number, floor) { return saturated(std::floor(value)); }

PLUMB_BODY(number, ceil) { return saturated(std::ceil(value)); }

PLUMB_BODY(number, round) { return saturated(std::round(value)); }
