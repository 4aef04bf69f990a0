#include <plumb/str.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static plumb_str *text(const char *data) {
  plumb_str *made = malloc(sizeof(*made) + strlen(data));
  made->len = strlen(data);
  memcpy(made->data, data, made->len);
  return made;
}

int main(void) {
  const plumb_str *both = plumb_str_concat(text("both "), text("sides"));
  printf("%.*s\n", (int)both->len, (const char *)both->data);
  return 0;
}
