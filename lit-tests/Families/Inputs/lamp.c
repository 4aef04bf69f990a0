#include "plumb/lamp.h"
#include <stdio.h>

PLUMB_API void plumb_lamp_light(int64_t which, const plumb_str *settings,
                                int64_t seconds) {
  printf("lamp %d for %d:", (int)which, (int)seconds);
  for (uint64_t i = 0; i < settings->len; ++i)
    putchar(settings->data[i] ? settings->data[i] : ';');
  putchar('\n');
  fflush(stdout);
}
