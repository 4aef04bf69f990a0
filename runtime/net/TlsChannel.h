//===- TlsChannel.h - between OpenSSL and a socket --------------*- C++ -*-===//
//
// OpenSSL by itself makes two system calls to read a record, one more to learn
// that there is none, and one to write each. Here a socket is received from
// once and sent to once, through two buffers that all connections of a thread
// share; a connection keeps bytes of its own only when its socket has not taken
// them.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_NET_TLSCHANNEL_H
#define PLUMB_RUNTIME_NET_TLSCHANNEL_H

#include <cstddef>
#include <cstdint>
#include <openssl/bio.h>
#include <openssl/ssl.h>
#include <span>
#include <vector>

namespace plumb::rt::net {

/// One for each TLS connection, owned by its SSL. The connection's thread only.
class TlsChannel {
public:
  /// Makes OpenSSL read and write through a new channel. Throws
  /// std::bad_alloc.
  static void attach(SSL *ssl, int socket);
  static TlsChannel &of(const SSL *ssl) noexcept;

  enum class Sent : uint8_t { All, Waits, Failed };
  /// Sends what OpenSSL has written. After Waits the rest is kept: call again
  /// when the socket is writable, and let OpenSSL write no more until then.
  Sent send() noexcept;

  /// Whether there is received input that OpenSSL has not taken.
  bool hasInput() const noexcept;
  /// Once it has received, OpenSSL is told to wait, so that a peer that sends
  /// without end has one receive a turn. This spares it being told.
  void turnIsOver() noexcept { received = false; }

  /// How much OpenSSL should be given at once, so that it fits the buffer.
  static constexpr size_t slice = 32 * 1024;

private:
  explicit TlsChannel(int socket) noexcept : socket(socket) {}
  static const BIO_METHOD *method();
  static int onRead(BIO *bio, char *into, size_t size, size_t *got) noexcept;
  static int onWrite(BIO *bio, const char *bytes, size_t size,
                     size_t *put) noexcept;
  static long onControl(BIO *bio, int command, long, void *) noexcept;
  static int onDestroy(BIO *bio) noexcept;

  Sent sendSome(std::span<const uint8_t> bytes, size_t &done) noexcept;

  int socket;
  bool received = false;     ///< and OpenSSL has not been told to wait since
  bool ended = false;        ///< the peer has finished
  bool lost = false;         ///< input of it was dropped, or output
  std::vector<uint8_t> held; ///< what the socket did not take
};

} // namespace plumb::rt::net

#endif // PLUMB_RUNTIME_NET_TLSCHANNEL_H
