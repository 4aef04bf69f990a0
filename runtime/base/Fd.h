//===- Fd.h - an owned file descriptor --------------------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_BASE_FD_H
#define PLUMB_RUNTIME_BASE_FD_H

#include <cerrno>
#include <unistd.h>
#include <utility>

namespace plumb::rt::base {

/// Owns one descriptor and closes it; -1 is none.
class Fd {
public:
  Fd() noexcept = default;
  explicit Fd(int fd) noexcept : fd(fd) {}
  Fd(Fd &&other) noexcept : fd(std::exchange(other.fd, -1)) {}
  Fd &operator=(Fd &&other) noexcept {
    std::swap(fd, other.fd);
    return *this;
  }
  ~Fd() { reset(); }

  int get() const noexcept { return fd; }
  explicit operator bool() const noexcept { return fd >= 0; }
  /// Keeps errno: who gives up a descriptor mostly tells why.
  void reset() noexcept {
    if (fd < 0)
      return;
    int before = errno;
    ::close(std::exchange(fd, -1));
    errno = before;
  }

private:
  int fd = -1;
};

} // namespace plumb::rt::base

#endif // PLUMB_RUNTIME_BASE_FD_H
