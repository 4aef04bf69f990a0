#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void) {
  size_t length = 0, capacity = 64;
  char *text = malloc(capacity);
  for (int i = 0; i < 3000000; ++i) {
    char item[32];
    size_t n = (size_t)snprintf(item, sizeof item, "item %d, ", i);
    if (length + n > capacity)
      text = realloc(text, capacity *= 2);
    memcpy(text + length, item, n);
    length += n;
  }
  printf("%zu %.10s\n", length, text + 1000000);
  free(text);
}
