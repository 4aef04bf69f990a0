//===- Stream.cpp - a byte stream, plain or TLS ---------------------------===//

#include "runtime/net/Stream.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <new>
#include <openssl/err.h>
#include <sys/socket.h>

namespace plumb::rt::net {

Stream::Stream(Fd connected, SSL_CTX *tls) : socket(std::move(connected)) {
  if (!tls)
    return;
  ssl.reset(SSL_new(tls));
  if (!ssl || SSL_set_fd(ssl.get(), socket.get()) != 1)
    throw std::bad_alloc();
  SSL_set_accept_state(ssl.get());
}

Io Stream::failure(int result) noexcept {
  switch (SSL_get_error(ssl.get(), result)) {
  case SSL_ERROR_WANT_READ:
    return Io::WantRead;
  case SSL_ERROR_WANT_WRITE:
    return Io::WantWrite;
  case SSL_ERROR_ZERO_RETURN:
    return Io::Closed;
  default:
    broken = true; // No close_notify may follow (SSL_shutdown(3)).
    return Io::Failed;
  }
}

Io Stream::handshake() noexcept {
  if (!ssl)
    return Io::Done;
  ERR_clear_error();
  int result = SSL_accept(ssl.get());
  if (result != 1)
    return failure(result);
  handshaken = true;
  return Io::Done;
}

IoResult Stream::read(std::span<uint8_t> into) noexcept {
  if (ssl) {
    ERR_clear_error();
    size_t got = 0;
    int result = SSL_read_ex(ssl.get(), into.data(), into.size(), &got);
    return result == 1 ? IoResult{Io::Done, got} : IoResult{failure(result)};
  }
  while (true) {
    ssize_t got = ::recv(socket.get(), into.data(), into.size(), 0);
    if (got > 0)
      return {Io::Done, static_cast<size_t>(got)};
    if (got == 0)
      return {Io::Closed};
    if (errno == EAGAIN)
      return {Io::WantRead};
    if (errno != EINTR)
      return {Io::Failed};
  }
}

IoResult Stream::write(std::span<const uint8_t> bytes) noexcept {
  size_t done = 0;
  while (done < bytes.size()) {
    if (ssl) {
      ERR_clear_error();
      size_t put = 0;
      int result = SSL_write_ex(ssl.get(), bytes.data() + done,
                                bytes.size() - done, &put);
      if (result != 1)
        return {failure(result), done};
      done += put;
      continue;
    }
    ssize_t put = ::send(socket.get(), bytes.data() + done, bytes.size() - done,
                         MSG_NOSIGNAL);
    if (put >= 0)
      done += static_cast<size_t>(put);
    else if (errno == EAGAIN)
      return {Io::WantWrite, done};
    else if (errno != EINTR)
      return {Io::Failed, done};
  }
  return {Io::Done, done};
}

IoResult Stream::writeParts(std::span<const iovec> parts) noexcept {
  size_t wanted = 0;
  for (const iovec &part : parts)
    wanted += part.iov_len;
  msghdr message = {};
  message.msg_iov = const_cast<iovec *>(parts.data());
  message.msg_iovlen = parts.size();
  ssize_t put;
  do
    put = ::sendmsg(socket.get(), &message, MSG_NOSIGNAL);
  while (put < 0 && errno == EINTR);
  if (put >= 0)
    return {static_cast<size_t>(put) == wanted ? Io::Done : Io::WantWrite,
            static_cast<size_t>(put)};
  return {errno == EAGAIN ? Io::WantWrite : Io::Failed};
}

void Stream::finishWriting() noexcept {
  if (ssl && handshaken && !broken) {
    ERR_clear_error();
    SSL_shutdown(ssl.get());
  }
  ::shutdown(socket.get(), SHUT_WR);
}

void Stream::close() noexcept {
  if (!socket)
    return;
  ssl.reset();
  socket.reset();
}

} // namespace plumb::rt::net
