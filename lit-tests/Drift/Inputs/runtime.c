// The runtime of the family in C, as somebody writes it who has the header.

#include "plumb/clock.asserts.h"

struct plumb_clock_zone_s {
  int64_t offset;
};
static struct plumb_clock_zone_s theZone;

plumb_clock_zone plumb_clock_open(int64_t offset) {
  theZone.offset = offset;
  return &theZone;
}

int64_t plumb_clock_shift(plumb_clock_zone zone, int64_t time, int32_t leap) {
  return time + zone->offset + leap;
}

bool plumb_clock_dim(bool night, uint8_t level) {
  return level > (night ? 10 : 200);
}

int64_t plumb_clock_name(const plumb_str *zone) {
  return (int64_t)zone->len;
}

int64_t plumb_clock_every(plumb_clock_zone zone, plumb_clock_on_tick on_tick,
                          void *on_tick_env) {
  int32_t count = 0;
  while (on_tick(count, zone, on_tick_env))
    ++count;
  return count < 3 ? PLUMB_OK : PLUMB_CLOCK_ERR_LATE;
}

plumb_clock_day plumb_clock_weekday(const plumb_clock_date *date) {
  return date->month > 6 ? PLUMB_CLOCK_DAY_FRIDAY : PLUMB_CLOCK_DAY_MONDAY;
}
