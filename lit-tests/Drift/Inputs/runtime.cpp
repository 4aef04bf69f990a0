// The runtime of the family in C++, as Plumb's own families are written.
// clang-format off: tests replace whole lines.
#include "plumb/clock.bodies.h"

struct plumb_clock_zone_s {
  int64_t offset;
};
static plumb_clock_zone_s theZone;

PLUMB_BODY(clock, open) {
  theZone.offset = offset;
  return &theZone;
}

PLUMB_BODY(clock, shift) {
  return time + zone->offset + leap;
}

PLUMB_BODY(clock, dim) {
  return level > (night ? 10 : 200);
}

PLUMB_BODY(clock, name) {
  return static_cast<int64_t>(zone->len);
}

PLUMB_BODY(clock, every) {
  int32_t count = 0;
  while (on_tick(count, zone, on_tick_env))
    ++count;
  return count < 3 ? PLUMB_OK : PLUMB_CLOCK_ERR_LATE;
}

PLUMB_BODY(clock, weekday) {
  return date->month > 6 ? PLUMB_CLOCK_DAY_FRIDAY : PLUMB_CLOCK_DAY_MONDAY;
}
