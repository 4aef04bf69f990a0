//===- StandardDescriptors.cpp - descriptors 0 to 2 -----------------------===//

#include "runtime/net/StandardDescriptors.h"

#include <fcntl.h>

void plumb::rt::net::occupyStandardDescriptors() noexcept {
  for (int fd = 0; fd < 3; ++fd) {
    if (::fcntl(fd, F_GETFD) != -1)
      continue;
    // Each becomes the lowest that is free.
    if (::open("/dev/null", O_RDWR) < 0)
      ::open("/", O_PATH);
  }
}
