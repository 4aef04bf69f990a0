//===- TlsChannelOutput.cpp - what OpenSSL writes -------------------------===//

#include "runtime/base/Uninterrupted.h"
#include "runtime/net/TlsBuffers.h"

#include <cerrno>
#include <cstring>
#include <new>
#include <openssl/opensslv.h>
#include <sys/socket.h>

namespace plumb::rt::net {

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
  return shared && shared->out.sealed() + maxSealable <= Buffers::maxSealed;
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
    ssize_t put = base::uninterrupted([&] {
      return ::send(socket, bytes.data() + done, bytes.size() - done,
                    MSG_NOSIGNAL);
    });
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
/// other. Nothing is read: should another OpenSSL be loaded, it fetches
/// something else.
void TlsChannel::fetch() const noexcept {
#if OPENSSL_VERSION_MAJOR == 3 && OPENSSL_VERSION_MINOR == 0
  static constexpr int places[] = {0x8,    0x44,   0x84,  0x184, 0x1ac, 0x2e0,
                                   0x4c0,  0x868,  0x890, 0x918, 0x9f0, 0xa18,
                                   0xa9c,  0xba4,  0xc70, 0xcb0, 0xcd0, 0x1cb8,
                                   0x1ce0, 0x1d00, 0x1d50};
  for (int place : places)
    __builtin_prefetch(reinterpret_cast<const char *>(own) + place);
#endif
}

} // namespace plumb::rt::net
