//===- Descriptors.cpp - how many files the process may open --------------===//

#include "runtime/net/Descriptors.h"
#include "runtime/base/Fd.h"

#include <algorithm>
#include <sys/epoll.h>
#include <sys/resource.h>

namespace plumb::rt::net {

Descriptors &Descriptors::instance() noexcept {
  static Descriptors ofProcess;
  return ofProcess;
}

uint64_t Descriptors::reserve(uint64_t limit) noexcept {
  return std::min<uint64_t>(limit / 8, 64);
}

void Descriptors::look() noexcept {
  rlimit files = {RLIM_INFINITY, RLIM_INFINITY};
  ::getrlimit(RLIMIT_NOFILE, &files);
  max.store(files.rlim_cur, std::memory_order_relaxed);
}

void Descriptors::raise() noexcept {
  rlimit files;
  if (::getrlimit(RLIMIT_NOFILE, &files) == 0 &&
      files.rlim_cur < files.rlim_max) {
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
  }
  look();
}

Descriptors::Use Descriptors::useOf(int fd) noexcept {
  auto number = static_cast<uint64_t>(fd);
  if (number < forClients()) [[likely]]
    return Use::Any;
  look();
  if (number < forClients())
    return Use::Any;
  return number < limit() - reserve(limit()) ? Use::Refusal : Use::None;
}

bool Descriptors::areShort() noexcept {
  base::Fd next(
      ::epoll_create1(EPOLL_CLOEXEC)); // Needs no other to be made of.
  return !next || useOf(next.get()) != Use::Any;
}

} // namespace plumb::rt::net
