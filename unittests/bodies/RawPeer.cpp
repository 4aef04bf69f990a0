//===- RawPeer.cpp - a WebSocket client of a socket and a page ------------===//

#include "RawPeer.h"
#include "../Patience.h"
#include "Loopback.h"

#include <algorithm>
#include <cerrno>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace plumb::test {

std::string frameOf(uint8_t first, const std::string &payload) {
  std::string out(1, static_cast<char>(first));
  if (payload.size() < 126) {
    out += static_cast<char>(0x80 | payload.size());
  } else {
    out += static_cast<char>(0x80 | 127);
    for (int shift = 56; shift >= 0; shift -= 8)
      out += static_cast<char>(uint64_t(payload.size()) >> shift);
  }
  return out + std::string(4, '\0') + payload;
}

KeptPort::KeptPort() : fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  int on = 1;
  ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in any = loopback(0);
  socklen_t size = sizeof any;
  EXPECT_EQ(::bind(fd, reinterpret_cast<sockaddr *>(&any), size), 0);
  ::getsockname(fd, reinterpret_cast<sockaddr *>(&any), &size);
  number = ntohs(any.sin_port);
}

KeptPort::~KeptPort() { ::close(fd); }

bool isServed(uint16_t port) {
  int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  bool served = connectTo(fd, port) == 0;
  ::close(fd);
  return served;
}

RawPeer::RawPeer(uint16_t port, How how)
    : fd(::socket(AF_INET, SOCK_STREAM, 0)) {
  timeval wait{patience.count(), 0};
  ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
  ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
  if (how.receiveBuffer)
    ::setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &how.receiveBuffer,
                 sizeof how.receiveBuffer);
  connectTo(fd, port);
  if (how.tls) {
    ssl = SSL_new(how.tls);
    SSL_set_fd(ssl, fd);
    SSL_connect(ssl); // If that fails, so does all that follows.
  }
  if (!how.upgrade)
    return;
  std::string request =
      "GET /?key=value HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n"
      "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  if (how.deflate)
    request += "Sec-WebSocket-Extensions: permessage-deflate\r\n";
  write(request + "\r\n");
  read("\r\n\r\n");
}

RawPeer::~RawPeer() {
  SSL_free(ssl);
  ::close(fd);
}

void RawPeer::write(const std::string &bytes) {
  if (ssl)
    SSL_write(ssl, bytes.data(), static_cast<int>(bytes.size()));
  else
    ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

std::string RawPeer::read(const std::string &end) {
  std::string all;
  char buffer[65536];
  size_t from = 0;
  while (end.empty() || all.find(end, from) == std::string::npos) {
    from = all.size() - std::min(all.size(), end.size());
    errno = 0;
    ssize_t got = ssl ? SSL_read(ssl, buffer, sizeof buffer)
                      : ::recv(fd, buffer, sizeof buffer, 0);
    EXPECT_FALSE(got < 0 && errno == EAGAIN) << "the server has forgotten us";
    if (got <= 0)
      break;
    all.append(buffer, static_cast<size_t>(got));
  }
  return all;
}

} // namespace plumb::test
