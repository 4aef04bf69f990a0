#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __clang__
#define CLOCK_QUICK __attribute__((preserve_most))
#else
#define CLOCK_QUICK
#endif

#ifdef __cplusplus
extern "C" {
#endif

struct clock_zone;
struct tm;
typedef struct plumb_str plumb_str;
enum clock_day { CLOCK_MONDAY, CLOCK_SUNDAY = 6 };
typedef struct {
  int32_t year;
  unsigned char month;
  double fraction;
} clock_date;
typedef bool (*clock_on_tick)(int64_t now, bool last, void *user);

/// The time of day. In milliseconds.
long clock_now(void);
uint8_t clock_mix(signed char a, uint8_t b, short c, uint16_t d, int e,
                  unsigned f, size_t g, float h, double i, bool j);
/** Opens a zone by its name. */
struct clock_zone *clock_open(const char *place, size_t place_len,
                              int32_t *problem);
void clock_close(struct clock_zone *zone);
enum clock_day clock_weekday(clock_date date);
bool clock_valid(const clock_date *date);
void clock_every(int64_t ms, clock_on_tick on_tick, void *user);
void clock_after(int64_t ms, bool (*on_tick)(int64_t, bool, void *), void *env);
int clock_log(const char *format, ...);
void clock_broken_down(struct tm *to, uint64_t any);
CLOCK_QUICK void clock_quick(void);
int64_t tick_read(const plumb_str *text);

#ifdef __cplusplus
}
#endif
