#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* Open addressing, doubled at a load of one half. */
static int64_t *keys, *values;
static uint64_t capacity, size;

static uint64_t find(int64_t key) {
  uint64_t at = ((uint64_t)key * 0x9e3779b97f4a7c15u) >> 20 & (capacity - 1);
  while (keys[at] >= 0 && keys[at] != key)
    at = (at + 1) & (capacity - 1);
  return at;
}

static void put(int64_t key, int64_t value) {
  if (2 * size >= capacity) {
    int64_t *old_keys = keys, *old_values = values;
    uint64_t old = capacity;
    capacity = old ? 2 * old : 16;
    keys = malloc(capacity * sizeof *keys);
    values = malloc(capacity * sizeof *values);
    for (uint64_t i = 0; i < capacity; ++i)
      keys[i] = -1;
    for (uint64_t i = 0; i < old; ++i)
      if (old_keys[i] >= 0) {
        uint64_t at = find(old_keys[i]);
        keys[at] = old_keys[i];
        values[at] = old_values[i];
      }
    free(old_keys);
    free(old_values);
  }
  uint64_t at = find(key);
  size += keys[at] < 0;
  keys[at] = key;
  values[at] = value;
}

int main(void) {
  int64_t sum = 0;
  for (int64_t i = 0; i < 1000000; ++i)
    put(i * 7919 % 1000003, i);
  for (int64_t i = 0; i < 1000000; ++i)
    sum += values[find(i * 7919 % 1000003)];
  printf("%llu %lld\n", (unsigned long long)size, (long long)sum);
}
