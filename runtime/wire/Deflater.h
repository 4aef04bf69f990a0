//===- Deflater.h - messages into compressed frames -------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_WIRE_DEFLATER_H
#define PLUMB_RUNTIME_WIRE_DEFLATER_H

#include "runtime/wire/CompressionCounts.h"
#include "runtime/wire/Frame.h"
#include "runtime/wire/MessageBuffer.h"

#include <cstdint>
#include <memory>
#include <span>

namespace plumb::rt::wire {

/// The sending half of RFC 7692 section 7.2.1, each message by itself: its
/// frame can go to every peer whose window takes it (Deflate::takes). One a
/// shard: up to 300 KiB, of which none is there before the first message. No
/// allocation for a message but its frame. Not thread safe.
class Deflater {
public:
  /// `level` 1 (fast) to 9 (small), as zlib has it. Messages of fewer than
  /// `minBytes` are not worth it.
  explicit Deflater(int level = 1, uint64_t minBytes = 0) noexcept;
  ~Deflater();
  Deflater(const Deflater &) = delete;
  Deflater &operator=(const Deflater &) = delete;

  /// A final text or binary frame with RSV1. Null when it would not be smaller
  /// than the plain one, which is always right to send in its place; also when
  /// zlib gets no memory. Throws std::bad_alloc for the frame's.
  FrameRef compress(Opcode opcode, std::span<const uint8_t> payload);

  /// Any thread.
  const CompressionCounts &counts() const noexcept { return done; }

  /// How many messages all deflaters of the process have compressed, or tried
  /// to. Any thread.
  static uint64_t total() noexcept;

private:
  struct Stream;
  Stream *streamFor(size_t payloadSize) noexcept;

  std::unique_ptr<Stream> small, large;
  MessageBuffer buffer;
  CompressionCounts done;
  uint64_t minBytes;
  int level;
};

} // namespace plumb::rt::wire

#endif // PLUMB_RUNTIME_WIRE_DEFLATER_H
