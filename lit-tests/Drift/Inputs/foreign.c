// The runtime of the family as somebody has it who never saw Plumb: nothing here
// comes from the records.

#include <stdbool.h>
#include <stdint.h>

struct zone {
  int64_t offset;
};
struct text {
  uint64_t size;
  uint8_t bytes[];
};
struct date {
  int32_t year;
  uint8_t month;
};
static struct zone theZone;

struct zone *plumb_clock_open(int64_t offset) {
  theZone.offset = offset;
  return &theZone;
}

int64_t plumb_clock_shift(struct zone *zone, int64_t time, int32_t leap) {
  return time + zone->offset + leap;
}

bool plumb_clock_dim(bool night, uint8_t level) {
  return level > (night ? 10 : 200);
}

int64_t plumb_clock_name(const struct text *zone) {
  return (int64_t)zone->size;
}

int64_t plumb_clock_every(struct zone *zone,
                          bool (*tick)(int32_t, struct zone *, void *),
                          void *env) {
  int32_t count = 0;
  while (tick(count, zone, env))
    ++count;
  return count < 3 ? 0 : -500;
}

int32_t plumb_clock_weekday(const struct date *date) {
  return date->month > 6 ? 4 : 0;
}
