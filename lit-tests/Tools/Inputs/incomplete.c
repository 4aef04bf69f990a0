/* A runtime with one intrinsic and the host. */

#include <stdint.h>
#include <stdio.h>

void plumb_host_start(int argc, char **argv) {
  printf("host %d %s\n", argc, argc > 1 ? argv[1] : "");
}

int64_t plumb_io_print(const void *text) {
  puts("from the library");
  return 0;
}
