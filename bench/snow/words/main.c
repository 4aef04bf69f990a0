#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct entry {
  const char *word;
  size_t length;
  int64_t count;
};
static struct entry *table, *order[1 << 20];
static uint64_t mask = (1 << 21) - 1, size;

static void add(const char *word, size_t length) {
  uint64_t hash = 14695981039346656037u;
  for (size_t i = 0; i < length; ++i)
    hash = (hash ^ (unsigned char)word[i]) * 1099511628211u;
  struct entry *e = &table[hash & mask];
  while (e->word && (e->length != length || memcmp(e->word, word, length)))
    e = e == table + mask ? table : e + 1;
  if (!e->word) {
    *e = (struct entry){word, length, 0};
    order[size++] = e;
  }
  ++e->count;
}

int main(void) {
  FILE *file = fopen("words.txt", "rb");
  if (!file)
    return 1;
  fseek(file, 0, SEEK_END);
  size_t length = (size_t)ftell(file);
  rewind(file);
  char *text = malloc(length);
  if (fread(text, 1, length, file) != length)
    return 1;
  table = calloc(mask + 1, sizeof *table);
  for (const char *at = text, *end = text + length;;) {
    const char *blank = memchr(at, ' ', (size_t)(end - at));
    add(at, (size_t)((blank ? blank : end) - at));
    if (!blank)
      break;
    at = blank + 1;
  }
  struct entry best = {"", 0, 0};
  for (uint64_t i = 0; i < size; ++i)
    if (order[i]->count > best.count)
      best = *order[i];
  printf("%llu %.*s %lld\n", (unsigned long long)size, (int)best.length,
         best.word, (long long)best.count);
}
