// The same runtime, with something wrong in every function.
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct clock_zone;
struct other;
struct tm;
enum clock_day { CLOCK_MONDAY = 1, CLOCK_SUNDAY = 6 };
typedef struct {
  int32_t year;
  uint16_t month;
  float fraction;
} clock_date;

void clock_now(void) {}
uint8_t clock_mix(short a, int8_t b, short c, uint16_t d, double e, unsigned f,
                  void *g, double h, double i, int j) {
  return 0;
}
struct clock_zone *clock_open(const char *place, size_t place_len,
                              int64_t *problem) {
  return 0;
}
void clock_close(struct other *zone) {}
enum clock_day clock_weekday(clock_date date) { return CLOCK_SUNDAY; }
bool clock_valid(clock_date date) { return false; }
void clock_every(int64_t ms, bool (*on_tick)(int32_t, bool, void *),
                 void *user) {}
void clock_after(int64_t ms, bool (*on_tick)(int64_t, bool)) {}
int clock_log(const char *format) { return 0; }
void clock_broken_down(struct clock_zone *to, uint64_t any) {}
void clock_quick(void) {}
static int64_t tick_read(const char *text) { return 0; }
void *clock_keep = (void *)tick_read;
double clock_extra(void) { return 0; }
