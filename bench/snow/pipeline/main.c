#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static int64_t triple(int64_t x) { return x * 3 + 1; }
static int64_t even(int64_t x) { return x % 2 == 0; }
static int64_t half(int64_t x) { return x / 2; }
static int64_t add(int64_t sum, int64_t x) { return (sum + x) % 1000003; }

static int64_t once(int64_t n) {
  int64_t *range = malloc(n * sizeof *range),
          *mapped = malloc(n * sizeof *range),
          *kept = malloc(n * sizeof *range),
          *halves = malloc(n * sizeof *range);
  int64_t count = 0, sum = 0;
  for (int64_t i = 0; i < n; ++i)
    range[i] = i;
  for (int64_t i = 0; i < n; ++i)
    mapped[i] = triple(range[i]);
  for (int64_t i = 0; i < n; ++i)
    if (even(mapped[i]))
      kept[count++] = mapped[i];
  for (int64_t i = 0; i < count; ++i)
    halves[i] = half(kept[i]);
  for (int64_t i = 0; i < count; ++i)
    sum = add(sum, halves[i]);
  free(range);
  free(mapped);
  free(kept);
  free(halves);
  return sum;
}

int main(void) {
  int64_t sum = 0;
  for (int i = 0; i < 20; ++i)
    sum += once(1000000);
  printf("%lld\n", (long long)sum);
}
