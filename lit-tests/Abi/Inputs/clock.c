#include "clock.h"

struct clock_zone {
  char name[8];
};
static struct clock_zone zone;

long clock_now(void) { return 1; }
uint8_t clock_mix(signed char a, uint8_t b, short c, uint16_t d, int e,
                  unsigned f, size_t g, float h, double i, bool j) {
  return a + b + c + d + e + f + g + (int)h + (int)i + j;
}
struct clock_zone *clock_open(const char *place, size_t place_len,
                              int32_t *problem) {
  *problem = (int32_t)place_len;
  return *place ? &zone : 0;
}
void clock_close(struct clock_zone *z) { z->name[0] = 0; }
enum clock_day clock_weekday(clock_date date) {
  return date.month ? CLOCK_SUNDAY : CLOCK_MONDAY;
}
bool clock_valid(const clock_date *date) { return date->year > 0; }
void clock_every(int64_t ms, clock_on_tick on_tick, void *user) {
  on_tick(ms, false, user);
}
void clock_after(int64_t ms, bool (*on_tick)(int64_t, bool, void *),
                 void *env) {
  on_tick(ms, true, env);
}
int clock_log(const char *format, ...) { return *format; }
void clock_broken_down(struct tm *to, uint64_t any) {}
CLOCK_QUICK void clock_quick(void) {}
int64_t tick_read(const plumb_str *text) { return text != 0; }
