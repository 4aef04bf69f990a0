#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
static int live;
static char *copy(const char *s, size_t n) { char *p = malloc(n + 1); memcpy(p, s, n); p[n] = 0; ++live; return p; }
void note_free(void *p) { if (!p) abort(); memset(p, '#', strlen(p)); free(p); --live; }
int32_t note_live(void) { return live; }
int32_t note_size(const char *s) { return s ? (int32_t)strlen(s) : -1; }
const char *note_shout(const char *s) {
  static char buffer[64];
  if (!s) return 0;
  size_t i = 0;
  for (; s[i] && i < 63; ++i) buffer[i] = toupper((unsigned char)s[i]);
  buffer[i] = 0;
  return buffer;
}
char *note_join(const char *a, const char *b) {
  size_t n = strlen(a);
  char *p = malloc(n + strlen(b) + 1);
  strcpy(p, a); strcpy(p + n, b);
  ++live;
  return p;
}
bool note_split(const char *s, char **first, const char **rest) {
  const char *at = s ? strchr(s, ' ') : 0;
  if (!at) return false;
  *first = copy(s, at - s);
  *rest = at + 1;
  return true;
}
int32_t note_each(const char *s, void *env, bool (*f)(const char *, int32_t, void *)) {
  int32_t n = 0;
  char line[32];
  while (s && *s) {
    size_t size = strcspn(s, "\n");
    memcpy(line, s, size);
    line[size] = 0;
    if (!f(size ? line : 0, n++, env)) break;
    memset(line, '?', size);
    s += size + (s[size] == '\n');
  }
  return n;
}
void note_skip(const char **s, int32_t *by, bool *up) { *s += *by; *by = -*by; *up = !*up; }
int32_t note_open(const char *name, char **book) {
  if (!name) { if (*book) { free(*book); *book = 0; --live; } return 2; }
  if (*book) return 1;
  *book = copy(name, strlen(name));
  return 0;
}
const char *note_title(const char *book) { return book; }
struct page { int32_t number; const char *title; };
int64_t note_turn(struct page *page, const uint8_t *bytes, int64_t count) {
  int64_t sum = page->number++;
  for (int64_t i = 0; i < count; ++i) sum += bytes[i];
  page->title = "turned";
  return sum;
}
