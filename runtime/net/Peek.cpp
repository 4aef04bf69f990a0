//===- Peek.cpp - what a socket has received, below TLS -------------------===//

#include "runtime/net/Peek.h"
#include "runtime/base/Uninterrupted.h"

#include <cerrno>
#include <sys/socket.h>

namespace plumb::rt::net {

static ssize_t receive(int socket, std::span<uint8_t> into,
                       int flags) noexcept {
  return base::uninterrupted(
      [&] { return ::recv(socket, into.data(), into.size(), flags); });
}

IoResult peek(int socket, std::span<uint8_t> into) noexcept {
  ssize_t got = receive(socket, into, MSG_PEEK);
  if (got > 0)
    return {Io::Done, static_cast<size_t>(got)};
  if (got == 0)
    return {Io::Closed};
  return {errno == EAGAIN ? Io::WantRead : Io::Failed};
}

void take(int socket, std::span<uint8_t> peeked) noexcept {
  while (!peeked.empty()) {
    ssize_t got = receive(socket, peeked, 0);
    if (got <= 0)
      return; // The next read says what is wrong.
    peeked = peeked.subspan(static_cast<size_t>(got));
  }
}

} // namespace plumb::rt::net
