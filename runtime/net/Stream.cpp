//===- Stream.cpp - a byte stream, plain or TLS ---------------------------===//

#include "runtime/net/Stream.h"
#include "runtime/base/Uninterrupted.h"
#include "runtime/net/TlsChannel.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstddef>
#include <linux/sockios.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <new>
#include <openssl/err.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

namespace plumb::rt::net {

Stream::Stream(base::Fd connected, SSL_CTX *context)
    : socket(std::move(connected)) {
  if (!context)
    return;
  std::unique_ptr<SSL, decltype(&SSL_free)> ssl(SSL_new(context), SSL_free);
  if (!ssl)
    throw std::bad_alloc();
  over = &TlsChannel::attach(ssl.get(), socket.get());
  kind = Kind::Tls;
  SSL_set_accept_state(ssl.release());
}

static_assert(sizeof(Stream) == 16);

Stream::Stream(Stream &&other) noexcept
    : over(std::exchange(other.over, nullptr)), socket(std::move(other.socket)),
      kind(std::exchange(other.kind, Kind::Plain)),
      handshaken(other.handshaken), broken(other.broken),
      heldByte(other.heldByte) {}

void Stream::freeTls() noexcept {
  if (isTls()) {
    SSL_free(tls().ssl());
    over = nullptr;
    kind = Kind::Plain;
  }
}

const SSL *Stream::ssl() const noexcept {
  return isTls() ? tls().ssl() : nullptr;
}

/// Of an earlier call: SSL_get_error looks at them. Clearing costs as much as
/// the rest of a small record, and there are hardly ever any.
static void forgetErrors() noexcept {
  if (ERR_peek_error() != 0)
    ERR_clear_error();
}

Io Stream::failure(int result) noexcept {
  switch (SSL_get_error(tls().ssl(), result)) {
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
  if (!isTls())
    return Io::Done;
  forgetErrors();
  TlsChannel::Call call(tls());
  int result = SSL_accept(tls().ssl());
  Io io = result == 1 ? Io::Done : failure(result);
  handshaken = result == 1;
  TlsChannel::Sent sent = call.finish();
  if (sent == TlsChannel::Sent::All || io == Io::Failed || io == Io::Closed)
    return io;
  broken = sent == TlsChannel::Sent::Failed;
  return broken ? Io::Failed : Io::WantWrite;
}

IoResult Stream::readTls(std::span<uint8_t> into) noexcept {
  forgetErrors();
  TlsChannel::Call call(tls()); // Sends what OpenSSL answers.
  size_t got = 0;
  int result = SSL_read_ex(tls().ssl(), into.data(), into.size(), &got);
  if (result != 1)
    return {failure(result)};
  tls().gaveData();
  return {Io::Done, got};
}

IoResult Stream::read(std::span<uint8_t> into) noexcept {
  if (kind != Kind::Plain)
    return isTls() ? readTls(into) : transport().read(into);
  ssize_t got = base::uninterrupted(
      [&] { return ::recv(socket.get(), into.data(), into.size(), 0); });
  if (got > 0)
    return {Io::Done, static_cast<size_t>(got)};
  if (got == 0)
    return {Io::Closed};
  return {errno == EAGAIN ? Io::WantRead : Io::Failed};
}

bool Stream::hasMore() noexcept {
  if (!isTls())
    return false;
  if (SSL_has_pending(tls().ssl()) == 1 || tls().hasInput())
    return true;
  tls().turnIsOver();
  return false;
}

bool Stream::holdsOutput() const noexcept {
  return isTls() && tls().holdsOutput();
}

Io Stream::flush() noexcept {
  if (!isTls())
    return Io::Done;
  switch (tls().sendHeld()) {
  case TlsChannel::Sent::All:
    return Io::Done;
  case TlsChannel::Sent::Waits:
    return Io::WantWrite;
  case TlsChannel::Sent::Failed:
    break;
  }
  broken = true;
  return Io::Failed;
}

uint32_t Stream::takeControls() noexcept {
  return isTls() ? tls().takeControls() : 0;
}

/// After a system call. A socket that has taken a part is full: to ask again
/// would cost a call, and epoll says when it is not.
static IoResult written(ssize_t put, size_t wanted) noexcept {
  if (put < 0)
    return {errno == EAGAIN ? Io::WantWrite : Io::Failed};
  auto done = static_cast<size_t>(put);
  return {done == wanted ? Io::Done : Io::WantWrite, done};
}

IoResult Stream::write(std::span<const uint8_t> bytes) noexcept {
  if (kind != Kind::Plain)
    return isTls() ? writeTls(bytes) : transport().write(bytes);
  ssize_t put = base::uninterrupted([&] {
    return ::send(socket.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
  });
  return written(put, bytes.size());
}

/// As one system call would: until a part is not taken whole.
static IoResult writeEach(Transport &to, std::span<const iovec> parts) {
  IoResult result{Io::Done};
  for (const iovec &part : parts) {
    size_t before = result.bytes;
    result =
        to.write({static_cast<const uint8_t *>(part.iov_base), part.iov_len});
    result.bytes += before;
    if (result.io != Io::Done)
      break;
  }
  return result;
}

IoResult Stream::writeParts(std::span<const iovec> parts) noexcept {
  if (kind == Kind::Transport)
    return writeEach(transport(), parts);
  size_t wanted = 0;
  for (const iovec &part : parts)
    wanted += part.iov_len;
  msghdr message = {};
  message.msg_iov = const_cast<iovec *>(parts.data());
  message.msg_iovlen = parts.size();
  ssize_t put = base::uninterrupted(
      [&] { return ::sendmsg(socket.get(), &message, MSG_NOSIGNAL); });
  return written(put, wanted);
}

/// Whatever TLS has encrypted is taken, but while some of it waits for the
/// socket one byte is not reported: so the caller comes back.
IoResult Stream::writeTls(std::span<const uint8_t> bytes) noexcept {
  auto failed = [&](size_t done) {
    broken = true;
    return IoResult{Io::Failed, done};
  };
  if (broken)
    return failed(0);
  TlsChannel::Call call(tls());
  TlsChannel::Sent sent = call.send();
  if (sent == TlsChannel::Sent::Waits)
    return {Io::WantWrite};
  size_t done = std::exchange(heldByte, false) && !bytes.empty() ? 1 : 0;
  while (sent == TlsChannel::Sent::All && done < bytes.size()) {
    forgetErrors();
    std::span<const uint8_t> slice =
        bytes.subspan(done, std::min(bytes.size() - done, TlsChannel::slice));
    size_t put = 0;
    if (SSL_write_ex(tls().ssl(), slice.data(), slice.size(), &put) != 1)
      return failed(done);
    done += put;
    sent = call.send();
  }
  if (sent == TlsChannel::Sent::Failed)
    return failed(done);
  heldByte = sent == TlsChannel::Sent::Waits;
  return heldByte ? IoResult{Io::WantWrite, done - 1}
                  : IoResult{Io::Done, done};
}

bool Stream::seal(std::span<const uint8_t> bytes) noexcept {
  if (!isTls() || broken || heldByte || tls().holdsOutput() ||
      bytes.size() > TlsChannel::maxSealable)
    return false;
  forgetErrors();
  TlsChannel::Call call(tls());
  size_t put = 0;
  broken = SSL_write_ex(tls().ssl(), bytes.data(), bytes.size(), &put) != 1;
  if (!broken)
    call.seal();
  return !broken;
}

void Stream::fetchFirst() const noexcept {
  if (isTls())
    __builtin_prefetch(over);
}

void Stream::fetch() const noexcept {
  if (isTls())
    tls().fetch();
}

IoResult Stream::sendSealed(size_t size) noexcept {
  Io io = flush();
  heldByte = io == Io::WantWrite;
  return {io, heldByte ? size - 1 : size};
}

uint64_t Stream::readersMark() const noexcept {
  if (kind == Kind::Transport)
    return transport().readersMark();
  tcp_info info = {};
  socklen_t size = sizeof info;
  if (::getsockopt(socket.get(), IPPROTO_TCP, TCP_INFO, &info, &size) == 0 &&
      size >= offsetof(tcp_info, tcpi_snd_wnd) + sizeof info.tcpi_snd_wnd)
    return info.tcpi_bytes_acked * 1'000'003 + info.tcpi_snd_wnd;
  return untaken(); // An older kernel, or another kind of socket.
}

size_t Stream::untaken() const noexcept {
  if (kind == Kind::Transport)
    return transport().untaken();
  int waiting = 0;
  return ::ioctl(socket.get(), SIOCOUTQ, &waiting) == 0 && waiting > 0
             ? static_cast<size_t>(waiting)
             : 0;
}

void Stream::finishWriting() noexcept {
  if (kind == Kind::Transport)
    return transport().finishWriting();
  if (isTls() && handshaken && !broken) {
    forgetErrors();
    TlsChannel::Call call(tls());
    SSL_shutdown(tls().ssl());
  }
  ::shutdown(socket.get(), SHUT_WR);
}

void Stream::close() noexcept {
  freeTls();
  if (kind == Kind::Transport)
    delete &transport();
  over = nullptr;
  kind = Kind::Plain;
  socket.reset();
}

} // namespace plumb::rt::net
