#include "plumb/bell.bodies.h"
#include <cstdio>
#include <stdexcept>

PLUMB_BODY(bell, ring) {
  if (times < 0)
    throw std::runtime_error("cannot be unrung");
  while (times-- > 0)
    std::puts("dong");
  std::fflush(stdout);
  return 0;
}
