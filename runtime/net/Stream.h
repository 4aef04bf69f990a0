//===- Stream.h - a byte stream, plain or TLS -------------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_NET_STREAM_H
#define PLUMB_RUNTIME_NET_STREAM_H

#include "runtime/base/Fd.h"
#include "runtime/net/Transport.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <openssl/types.h>
#include <span>
#include <sys/uio.h>

namespace plumb::rt::net {

class TlsChannel;

/// A connected, non-blocking socket with OpenSSL on it or not, or what stands
/// in for one. Owns them. Used by one thread; blocks never and allocates only
/// for TLS. 16 bytes.
class Stream {
public:
  Stream(base::Fd socket, SSL_CTX *context);
  explicit Stream(std::unique_ptr<Transport> transport) noexcept
      : over(transport.release()), kind(Kind::Transport) {}
  Stream(Stream &&other) noexcept;
  Stream &operator=(Stream &&) = delete;
  ~Stream() { close(); }

  /// For a Poller; without a socket no descriptor of the process.
  int fd() const noexcept {
    return kind == Kind::Transport ? transport().number() : socket.get();
  }
  bool isTls() const noexcept { return kind == Kind::Tls; }
  /// Null without TLS.
  const SSL *ssl() const noexcept;

  /// Server side of the TLS handshake; Done at once without TLS.
  Io handshake() noexcept;
  /// With TLS, room for a record (16 KiB) is needed, and OpenSSL may have
  /// written something: see holdsOutput().
  IoResult read(std::span<uint8_t> into) noexcept;
  /// After a read or a handshake that was Done: whether TLS may have more that
  /// the socket will not report. Then read again, now or in a later turn.
  bool hasMore() noexcept;
  /// Bytes that TLS has encrypted wait for the socket: call flush() when it is
  /// writable. write() and read() try, too.
  bool holdsOutput() const noexcept;
  /// Done when nothing waits any more, else WantWrite or Failed.
  Io flush() noexcept;
  /// How much of the peer's TLS (key updates, refused renegotiations, alerts)
  /// has been dealt with since this was called last, in steps; without TLS 0.
  uint32_t takeControls() noexcept;
  /// After WantWrite the next write must begin with the byte that was not
  /// taken, because TLS has encrypted it.
  IoResult write(std::span<const uint8_t> bytes) noexcept;
  /// How many bytes of the next write must be those (0 or 1).
  size_t retryBytes() const noexcept { return heldByte; }

  /// With TLS, write() in two steps, for many streams to take the first before
  /// any takes the second: that keeps OpenSSL in the caches, and then the
  /// kernel. False when it is not for these bytes: write() them then. After
  /// true, sendSealed() is the next call of the stream, see SealedBatch.h.
  bool seal(std::span<const uint8_t> bytes) noexcept;
  /// Hints to the caches, some streams before its seal(): the second needs what
  /// the first fetches.
  void fetchFirst() const noexcept;
  void fetch() const noexcept;
  /// What write() would have returned for `size` bytes, those of seal().
  IoResult sendSealed(size_t size) noexcept;

  /// Several ranges with one system call; without TLS only.
  IoResult writeParts(std::span<const iovec> parts) noexcept;

  /// A number that is another when the peer has taken bytes since, or has read
  /// of those that its kernel held for it: then it is alive, even if it has not
  /// come to what was written last. For TCP (RFC 9293 section 3.8.6: the window
  /// grows as the user reads).
  uint64_t readersMark() const noexcept;

  /// Bytes that were written and that the peer's kernel has not taken.
  size_t untaken() const noexcept;

  /// After a handshake that has failed, and whose alert is on its way: from
  /// here on the bytes are the socket's own. So they can be waited out.
  void abandonTls() noexcept { freeTls(); }
  /// Tells the peer that nothing more will come; reading stays possible.
  void finishWriting() noexcept;
  void close() noexcept;

private:
  enum class Kind : uint8_t { Plain, Tls, Transport };
  TlsChannel &tls() const noexcept { return *static_cast<TlsChannel *>(over); }
  Transport &transport() const noexcept {
    return *static_cast<Transport *>(over);
  }
  void freeTls() noexcept;
  Io failure(int result) noexcept;
  IoResult readTls(std::span<uint8_t> into) noexcept;
  IoResult writeTls(std::span<const uint8_t> bytes) noexcept;

  void *over = nullptr; ///< by `kind`: none, TlsChannel and OpenSSL behind it,
                        ///< or the Transport
  base::Fd socket;
  Kind kind = Kind::Plain;
  bool handshaken = false, broken = false;
  bool heldByte = false; ///< encrypted, but reported as not taken
};

} // namespace plumb::rt::net

#endif // PLUMB_RUNTIME_NET_STREAM_H
