//===- Main.cpp - plumb-limit-server PORT ---------------------------------===//
//
// Prints "listening on PORT" to stderr once it listens (0: any free port).
//
//===----------------------------------------------------------------------===//

#include "bench/limit/Server.h"

#include <sys/resource.h>

#include <charconv>
#include <cstdio>
#include <cstring>
#include <exception>

int main(int argc, char **argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: plumb-limit-server PORT\n");
    return 2;
  }
  uint16_t port = 0;
  const char *end = argv[1] + strlen(argv[1]);
  if (std::from_chars(argv[1], end, port).ptr != end) {
    fprintf(stderr, "plumb-limit-server: '%s' is not a port\n", argv[1]);
    return 2;
  }
  rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  try {
    plumb::bench::LimitServer server(port);
    fprintf(stderr, "listening on %u\n", server.port());
    server.run();
  } catch (const std::exception &error) {
    fprintf(stderr, "plumb-limit-server: %s\n", error.what());
    return 1;
  }
}
