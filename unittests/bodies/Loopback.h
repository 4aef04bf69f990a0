//===- Loopback.h - sockets without a codec ---------------------*- C++ -*-===//
#ifndef PLUMB_UNITTESTS_ABI_LOOPBACK_H
#define PLUMB_UNITTESTS_ABI_LOOPBACK_H

#include <cerrno>
#include <cstdint>
#include <netinet/in.h>
#include <sys/socket.h>

namespace plumb::test {

inline sockaddr_in loopback(uint16_t port) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

/// connect(2) to a port of 127.0.0.1; errno is its own. A signal (libFuzzer's
/// clock) does not end it.
inline int connectTo(int fd, uint16_t port) {
  sockaddr_in to = loopback(port);
  bool interrupted = false;
  while (::connect(fd, reinterpret_cast<sockaddr *>(&to), sizeof to) != 0) {
    if (errno != EINTR)
      return interrupted && errno == EISCONN ? 0 : -1;
    interrupted = true;
  }
  return 0;
}

} // namespace plumb::test

#endif // PLUMB_UNITTESTS_ABI_LOOPBACK_H
