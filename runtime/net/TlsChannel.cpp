//===- TlsChannel.cpp - between OpenSSL and a socket ----------------------===//

#include "runtime/base/Uninterrupted.h"
#include "runtime/net/TlsBuffers.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <new>
#include <sys/socket.h>

namespace plumb::rt::net {

/// Null without memory for them.
TlsChannel::Buffers *TlsChannel::buffers() noexcept {
  static thread_local std::unique_ptr<Buffers> own(new (std::nothrow) Buffers);
  return own.get();
}

TlsChannel &TlsChannel::of(const SSL *ssl) noexcept {
  return *static_cast<TlsChannel *>(BIO_get_data(SSL_get_rbio(ssl)));
}

//===----------------------------------------------------------------------===//
// Input
//===----------------------------------------------------------------------===//

void TlsChannel::keepInput(std::span<const uint8_t> bytes) noexcept {
  try {
    heldInput =
        std::make_unique<std::vector<uint8_t>>(bytes.begin(), bytes.end());
  } catch (const std::bad_alloc &) {
    lost = true;
  }
}

/// With what the channel had to take out of it before.
void TlsChannel::takeInputBuffer() noexcept {
  auto &in = buffers()->in;
  if (in.isOf(*this))
    return;
  in.lendTo(*this, [](TlsChannel &before, std::span<const uint8_t> bytes) {
    before.keepInput(bytes);
  });
  if (!heldInput)
    return;
  std::memcpy(in.room().data(), heldInput->data(), heldInput->size());
  in.added(heldInput->size());
  heldInput.reset();
}

/// False when there is nothing; the BIO then says whether to try again.
bool TlsChannel::receive(BIO *bio) noexcept {
  if (ended)
    return false;
  if (received) {
    // Mostly it would say EAGAIN; the loop reports what else there is.
    received = false;
    BIO_set_retry_read(bio);
    return false;
  }
  std::span<uint8_t> room = buffers()->in.room();
  ssize_t size = base::uninterrupted(
      [&] { return ::recv(socket, room.data(), room.size(), 0); });
  if (size < 0 && errno == EAGAIN)
    BIO_set_retry_read(bio);
  ended = size == 0;
  if (size <= 0)
    return false;
  buffers()->in.added(static_cast<size_t>(size));
  received = true;
  return true;
}

int TlsChannel::onRead(BIO *bio, char *into, size_t wanted,
                       size_t *got) noexcept {
  auto *self = static_cast<TlsChannel *>(BIO_get_data(bio));
  BIO_clear_retry_flags(bio);
  *got = 0;
  if (!buffers() || self->lost)
    return 0;
  if (self->established && self->controlsInARow > maxControlsInARow) {
    self->lost = true;
    return 0;
  }
  self->takeInputBuffer();
  auto &in = buffers()->in;
  if (in.bytes().empty() && !self->receive(bio))
    return 0;
  *got = std::min(wanted, in.bytes().size());
  std::memcpy(into, in.bytes().data(), *got);
  in.taken(*got);
  return 1;
}

bool TlsChannel::hasInput() const noexcept {
  Buffers *shared = buffers();
  return heldInput ||
         (shared && shared->in.isOf(*this) && !shared->in.bytes().empty());
}

//===----------------------------------------------------------------------===//
// The BIO
//===----------------------------------------------------------------------===//

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

/// SSL_set_info_callback(3).
void TlsChannel::onInfo(const SSL *ssl, int where, int) noexcept {
  TlsChannel &channel = of(ssl);
  if (channel.established && (where & (SSL_CB_LOOP | SSL_CB_ALERT))) {
    ++channel.controls;
    ++channel.controlsInARow;
  }
  if (where & SSL_CB_HANDSHAKE_DONE)
    channel.established = true;
}

int TlsChannel::onDestroy(BIO *bio) noexcept {
  auto *self = static_cast<TlsChannel *>(BIO_get_data(bio));
  if (Buffers *shared = self ? buffers() : nullptr) {
    shared->in.release(*self);
    shared->out.release(*self);
  }
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

TlsChannel &TlsChannel::attach(SSL *ssl, int socket) {
  BIO *bio = BIO_new(method());
  if (!bio)
    throw std::bad_alloc();
  auto *channel = new (std::nothrow) TlsChannel(ssl, socket);
  BIO_set_data(bio, channel);
  BIO_set_init(bio, 1);
  if (!channel) {
    BIO_free(bio);
    throw std::bad_alloc();
  }
  SSL_set_bio(ssl, bio, bio); // Owns it from here on.
  SSL_set_info_callback(ssl, onInfo);
  return *channel;
}

} // namespace plumb::rt::net
