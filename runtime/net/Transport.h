//===- Transport.h - bytes that no socket carries ---------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_NET_TRANSPORT_H
#define PLUMB_RUNTIME_NET_TRANSPORT_H

#include <cstddef>
#include <cstdint>
#include <span>

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

/// One end of a connection that stands in for a socket: a test's, in memory.
/// Used by one thread; nothing waits.
class Transport {
public:
  virtual ~Transport() = default;
  /// What its Poller knows it by; no descriptor of the process.
  virtual int number() const noexcept = 0;
  /// As recv(2) and send(2) on a socket that does not block.
  virtual IoResult read(std::span<uint8_t> into) noexcept = 0;
  virtual IoResult write(std::span<const uint8_t> bytes) noexcept = 0;
  /// As shutdown(2) for writing.
  virtual void finishWriting() noexcept = 0;
  /// Bytes on their way to the peer.
  virtual size_t untaken() const noexcept = 0;
  /// See Stream::readersMark().
  virtual uint64_t readersMark() const noexcept = 0;
};

} // namespace plumb::rt::net

#endif // PLUMB_RUNTIME_NET_TRANSPORT_H
