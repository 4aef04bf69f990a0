//===- TlsChannel.cpp - between OpenSSL and a socket ----------------------===//

#include "runtime/net/TlsChannel.h"
#include "runtime/net/LentBuffer.h"
#include "runtime/net/Stream.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <new>
#include <sys/socket.h>

namespace plumb::rt::net {

/// How much a thread seals before it sends.
static constexpr size_t mostSealed = 64 * 1024;

/// Those of a thread.
struct TlsChannel::Buffers {
  LentBuffer<TlsChannel, 64 * 1024> in;
  /// A slice and what its records have around them, behind what is sealed.
  LentBuffer<TlsChannel, mostSealed + TlsChannel::slice + 4096> out;
};

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
  ssize_t size;
  do
    size = ::recv(socket, room.data(), room.size(), 0);
  while (size < 0 && errno == EINTR);
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
// Output
//===----------------------------------------------------------------------===//

TlsChannel::Call::Call(TlsChannel &channel) noexcept : channel(channel) {
  if (Buffers *shared = buffers())
    shared->out.lendTo(channel,
                       [](TlsChannel &before, std::span<const uint8_t> bytes) {
                         before.keepOutput(bytes);
                       });
}

TlsChannel::Sent TlsChannel::Call::finish() noexcept {
  Sent sent = channel.send();
  if (Buffers *shared = buffers())
    shared->out.release(channel);
  return sent;
}

void TlsChannel::Call::seal() noexcept {
  // Otherwise they are in the channel's own memory already.
  if (Buffers *shared = buffers(); shared && shared->out.isOf(channel)) {
    if (channel.sealed.empty() && !channel.holdsOutput())
      channel.sealed = shared->out.seal();
    else
      channel.keepOutput(shared->out.bytes());
    shared->out.release(channel);
  }
  isSealed = true;
}

void TlsChannel::unseal() noexcept {
  if (Buffers *shared = buffers())
    shared->out.unseal();
}

bool TlsChannel::canSeal() noexcept {
  Buffers *shared = buffers();
  return shared && shared->out.sealed() + Stream::mostSealable <= mostSealed;
}

void TlsChannel::keepOutput(std::span<const uint8_t> bytes) noexcept {
  size_t before = sealed.size() + (heldOutput ? heldOutput->size() : 0);
  if (before + bytes.size() == 0)
    return;
  if (established && before + bytes.size() > maxHeldOutput) {
    lost = true;
    return;
  }
  try {
    if (!heldOutput)
      heldOutput = std::make_unique<std::vector<uint8_t>>();
    // What is sealed comes before.
    heldOutput->insert(heldOutput->end(), sealed.begin(), sealed.end());
    sealed = {};
    heldOutput->insert(heldOutput->end(), bytes.begin(), bytes.end());
  } catch (const std::bad_alloc &) {
    lost = true;
  }
}

int TlsChannel::onWrite(BIO *bio, const char *data, size_t size,
                        size_t *put) noexcept {
  auto *self = static_cast<TlsChannel *>(BIO_get_data(bio));
  std::span bytes(reinterpret_cast<const uint8_t *>(data), size);
  BIO_clear_retry_flags(bio);
  *put = 0;
  if (self->lost)
    return 0;
  Buffers *shared = buffers();
  bool lent = shared && shared->out.isOf(*self);
  if (lent && size > shared->out.room().size() && self->send() == Sent::Failed)
    return 0;
  if (lent && !self->heldOutput && size <= shared->out.room().size()) {
    std::memcpy(shared->out.room().data(), data, size);
    shared->out.added(size);
  } else {
    self->keepOutput(bytes);
  }
  if (self->lost)
    return 0;
  *put = size;
  return 1;
}

TlsChannel::Sent TlsChannel::sendSome(std::span<const uint8_t> bytes,
                                      size_t &done) noexcept {
  while (done < bytes.size()) {
    ssize_t put;
    do
      put = ::send(socket, bytes.data() + done, bytes.size() - done,
                   MSG_NOSIGNAL);
    while (put < 0 && errno == EINTR);
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
  if (heldOutput) {
    Sent sent = sendSome(*heldOutput, done);
    if (sent == Sent::All)
      heldOutput.reset();
    else
      heldOutput->erase(heldOutput->begin(),
                        heldOutput->begin() + static_cast<ptrdiff_t>(done));
    if (sent != Sent::All)
      return sent;
  }
  // Nothing is sealed, nor in the buffer, while there is such output.
  Buffers *shared = buffers();
  bool lent = shared && shared->out.isOf(*this);
  Sent sent = Sent::All;
  for (std::span<const uint8_t> bytes :
       {std::exchange(sealed, {}),
        lent ? std::span<const uint8_t>(shared->out.bytes())
             : std::span<const uint8_t>()}) {
    done = 0;
    if (sent == Sent::All)
      sent = sendSome(bytes, done);
    if (sent == Sent::Waits)
      keepOutput(bytes.subspan(done));
  }
  if (lent)
    shared->out.taken(shared->out.bytes().size());
  return lost ? Sent::Failed : sent;
}

/// Where OpenSSL 3.0 has in an SSL what SSL_write_ex() uses. With a thousand
/// connections each of these places is a wait for the memory, one behind the
/// other. Nothing is read: of another OpenSSL it fetches something else.
void TlsChannel::fetch() const noexcept {
  static constexpr int places[] = {0x8,    0x44,   0x84,  0x184, 0x1ac, 0x2e0,
                                   0x4c0,  0x868,  0x890, 0x918, 0x9f0, 0xa18,
                                   0xa9c,  0xba4,  0xc70, 0xcb0, 0xcd0, 0x1cb8,
                                   0x1ce0, 0x1d00, 0x1d50};
  for (int place : places)
    __builtin_prefetch(reinterpret_cast<const char *>(own) + place);
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
