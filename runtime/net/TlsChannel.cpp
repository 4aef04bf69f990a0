//===- TlsChannel.cpp - between OpenSSL and a socket ----------------------===//

#include "runtime/net/TlsChannel.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <new>
#include <sys/socket.h>

namespace plumb::rt::net {

namespace {
/// Input belongs to one channel until it has read it all; output is sent or
/// kept before another channel writes.
struct Buffers {
  TlsChannel *reader = nullptr;
  size_t begin = 0, end = 0;
  size_t filled = 0;
  uint8_t in[64 * 1024];
  /// A slice, and what its records have around them.
  uint8_t out[TlsChannel::slice + 4096];
};
} // namespace

static Buffers *buffers() noexcept {
  static thread_local std::unique_ptr<Buffers> own(new (std::nothrow) Buffers);
  return own.get();
}

static ssize_t sendTo(int socket, const uint8_t *bytes, size_t size) noexcept {
  ssize_t put;
  do
    put = ::send(socket, bytes, size, MSG_NOSIGNAL);
  while (put < 0 && errno == EINTR);
  return put;
}

int TlsChannel::onRead(BIO *bio, char *into, size_t wanted,
                       size_t *got) noexcept {
  auto *self = static_cast<TlsChannel *>(BIO_get_data(bio));
  BIO_clear_retry_flags(bio);
  *got = 0;
  Buffers *shared = buffers();
  if (!shared || self->lost)
    return 0;
  if (shared->reader != self) {
    if (shared->reader && shared->begin < shared->end)
      shared->reader->lost = true;
    shared->reader = self;
    shared->begin = shared->end = 0;
  }
  if (shared->begin == shared->end) {
    if (self->ended)
      return 0;
    if (self->received) {
      // Mostly it would say EAGAIN; the loop reports what else there is.
      self->received = false;
      BIO_set_retry_read(bio);
      return 0;
    }
    ssize_t size;
    do
      size = ::recv(self->socket, shared->in, sizeof shared->in, 0);
    while (size < 0 && errno == EINTR);
    if (size < 0) {
      if (errno == EAGAIN)
        BIO_set_retry_read(bio);
      return 0;
    }
    self->ended = size == 0;
    if (self->ended)
      return 0;
    shared->begin = 0;
    shared->end = static_cast<size_t>(size);
    self->received = true;
  }
  *got = std::min(wanted, shared->end - shared->begin);
  std::memcpy(into, shared->in + shared->begin, *got);
  shared->begin += *got;
  return 1;
}

bool TlsChannel::hasInput() const noexcept {
  const Buffers *shared = buffers();
  return shared && shared->reader == this && shared->begin < shared->end;
}

int TlsChannel::onWrite(BIO *bio, const char *bytes, size_t size,
                        size_t *put) noexcept {
  auto *self = static_cast<TlsChannel *>(BIO_get_data(bio));
  BIO_clear_retry_flags(bio);
  *put = 0;
  Buffers *shared = buffers();
  if (!shared || self->lost)
    return 0;
  if (size > sizeof shared->out - shared->filled &&
      self->send() == Sent::Failed)
    return 0;
  if (!self->held.empty() || size > sizeof shared->out) {
    // A handshake with a long chain; nothing else is written meanwhile.
    try {
      self->held.insert(self->held.end(), bytes, bytes + size);
    } catch (const std::bad_alloc &) {
      self->lost = true;
      return 0;
    }
  } else {
    std::memcpy(shared->out + shared->filled, bytes, size);
    shared->filled += size;
  }
  *put = size;
  return 1;
}

TlsChannel::Sent TlsChannel::sendSome(std::span<const uint8_t> bytes,
                                      size_t &done) noexcept {
  while (done < bytes.size()) {
    ssize_t put = sendTo(socket, bytes.data() + done, bytes.size() - done);
    if (put < 0)
      return errno == EAGAIN ? Sent::Waits : Sent::Failed;
    done += static_cast<size_t>(put);
  }
  return Sent::All;
}

TlsChannel::Sent TlsChannel::send() noexcept {
  if (lost)
    return Sent::Failed;
  size_t done = 0;
  if (!held.empty()) {
    Sent sent = sendSome(held, done);
    if (sent == Sent::All)
      held = {}; // With its memory.
    else
      held.erase(held.begin(), held.begin() + static_cast<ptrdiff_t>(done));
    return sent;
  }
  Buffers *shared = buffers();
  if (!shared || shared->filled == 0)
    return Sent::All;
  std::span<const uint8_t> bytes(shared->out, shared->filled);
  shared->filled = 0;
  Sent sent = sendSome(bytes, done);
  if (sent != Sent::Waits)
    return sent;
  try {
    held.assign(bytes.begin() + static_cast<ptrdiff_t>(done), bytes.end());
  } catch (const std::bad_alloc &) {
    lost = true;
    return Sent::Failed;
  }
  return Sent::Waits;
}

long TlsChannel::onControl(BIO *bio, int command, long, void *) noexcept {
  switch (command) {
  case BIO_CTRL_FLUSH:
    return 1; // Stream sends.
  case BIO_CTRL_EOF:
    return static_cast<TlsChannel *>(BIO_get_data(bio))->ended;
  default:
    return 0;
  }
}

int TlsChannel::onDestroy(BIO *bio) noexcept {
  auto *self = static_cast<TlsChannel *>(BIO_get_data(bio));
  Buffers *shared = buffers();
  if (shared && shared->reader == self)
    shared->reader = nullptr;
  delete self;
  return 1;
}

const BIO_METHOD *TlsChannel::method() {
  static const BIO_METHOD *const made = [] {
    BIO_METHOD *fresh =
        BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "plumb");
    if (!fresh)
      throw std::bad_alloc();
    BIO_meth_set_read_ex(fresh, onRead);
    BIO_meth_set_write_ex(fresh, onWrite);
    BIO_meth_set_ctrl(fresh, onControl);
    BIO_meth_set_destroy(fresh, onDestroy);
    return fresh;
  }();
  return made;
}

void TlsChannel::attach(SSL *ssl, int socket) {
  BIO *bio = BIO_new(method());
  if (!bio)
    throw std::bad_alloc();
  auto *channel = new (std::nothrow) TlsChannel(socket);
  BIO_set_data(bio, channel);
  BIO_set_init(bio, 1);
  if (!channel) {
    BIO_free(bio);
    throw std::bad_alloc();
  }
  SSL_set_bio(ssl, bio, bio); // Owns it from here on.
}

TlsChannel &TlsChannel::of(const SSL *ssl) noexcept {
  return *static_cast<TlsChannel *>(BIO_get_data(SSL_get_rbio(ssl)));
}

} // namespace plumb::rt::net
