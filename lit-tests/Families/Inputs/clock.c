#include "plumb/clock.h"

static int64_t now;

PLUMB_API plumb_clock_zone plumb_clock_find(int64_t east) {
  return (plumb_clock_zone)(intptr_t)(east + 100);
}
PLUMB_API int64_t plumb_clock_hour(plumb_clock_zone zone, int64_t hour) {
  return (hour + (intptr_t)zone - 100 + 24) % 24;
}
PLUMB_API void plumb_clock_set(int64_t hour) { now = hour; }
PLUMB_API void plumb_clock_tick(plumb_clock_on_tick on_tick, void *env) {
  now = (now + 1) % 24;
  on_tick(now, env);
}
