//===- SharedEvent.cpp - an eventfd of the process ------------------------===//

#include "runtime/net/SharedEvent.h"
#include "runtime/base/Uninterrupted.h"

#include <cerrno>
#include <cstdint>
#include <sys/eventfd.h>
#include <unistd.h>

namespace plumb::rt::net {

int SharedEvent::fd() noexcept {
  int fd = made.load(std::memory_order_acquire);
  if (fd >= 0)
    return fd;
  int fresh = ::eventfd(0, flags);
  if (fresh < 0 ||
      made.compare_exchange_strong(fd, fresh, std::memory_order_acq_rel))
    return fresh;
  ::close(fresh); // Another thread was first.
  return fd;
}

void SharedEvent::ring() noexcept {
  int saved = errno;
  if (int fd = made.load(std::memory_order_acquire); fd >= 0)
    ringEvent(fd);
  errno = saved;
}

bool ringEvent(int fd) noexcept {
  uint64_t one = 1;
  ssize_t n =
      base::uninterrupted([&] { return ::write(fd, &one, sizeof one); });
  // A counter that is full is one that can be read.
  return n == sizeof one || errno == EAGAIN;
}

} // namespace plumb::rt::net
