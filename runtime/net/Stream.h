//===- Stream.h - a byte stream, plain or TLS -------------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_NET_STREAM_H
#define PLUMB_RUNTIME_NET_STREAM_H

#include "runtime/net/Fd.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <openssl/ssl.h>
#include <span>
#include <sys/uio.h>

namespace plumb::rt::net {

/// What became of an attempt to read or write.
enum class Io : uint8_t {
  Done,      ///< at least one byte read; all bytes written; handshake over
  WantRead,  ///< try again when readable
  WantWrite, ///< try again when writable
  Closed,    ///< the peer has finished sending
  Failed,    ///< the stream is broken
};

struct IoResult {
  Io io;
  size_t bytes = 0; ///< read or written, also when not all were
};

/// A connected, non-blocking socket with OpenSSL on it or not. Owns both. Used
/// by one thread; blocks never and allocates only within OpenSSL. 16 bytes.
class Stream {
public:
  Stream(Fd socket, SSL_CTX *tls);

  int fd() const noexcept { return socket.get(); }
  bool isTls() const noexcept { return ssl != nullptr; }

  /// Server side of the TLS handshake; Done at once without TLS.
  Io handshake() noexcept;
  IoResult read(std::span<uint8_t> into) noexcept;
  /// After WantWrite the next write must begin with the same bytes and have as
  /// many of them or at least `retryBytes`, because TLS has encrypted them.
  IoResult write(std::span<const uint8_t> bytes) noexcept;
  static constexpr size_t retryBytes = 16384;

  /// Several ranges with one system call; without TLS only.
  IoResult writeParts(std::span<const iovec> parts) noexcept;

  /// Tells the peer that nothing more will come; reading stays possible.
  void finishWriting() noexcept;
  void close() noexcept;

private:
  struct FreeSsl {
    void operator()(SSL *ssl) const noexcept { SSL_free(ssl); }
  };
  Io failure(int result) noexcept;

  std::unique_ptr<SSL, FreeSsl> ssl;
  Fd socket;
  bool handshaken = false, broken = false;
};

} // namespace plumb::rt::net

#endif // PLUMB_RUNTIME_NET_STREAM_H
