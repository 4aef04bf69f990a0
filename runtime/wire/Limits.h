//===- Limits.h - what a peer may make us hold ------------------*- C++ -*-===//
//
// One object is shared by all connections of a server and must outlive their
// decoders and request readers. Plain data: fill it before the first
// connection, then only read it; any thread may read.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_WIRE_LIMITS_H
#define PLUMB_RUNTIME_WIRE_LIMITS_H

#include <cstdint>

namespace plumb::rt::wire {

struct Limits {
  /// Bytes of payload of one message, summed over its fragments. A frame whose
  /// header goes over it fails with 1009 before anything is allocated.
  uint64_t maxMessage = 1 << 20;
  /// Frames of one message. Empty fragments cost the sender nothing, so their
  /// number is limited too; one more fails with 1009.
  uint32_t maxFragments = 4096;
  /// With permessage-deflate maxMessage is the inflated size; and a message of
  /// more than `inflateFloor` bytes fails with 1009 as well when it is more
  /// than this many times as large as its compressed form. 0: no such limit.
  uint32_t maxInflateRatio = 100;
  uint32_t inflateFloor = 1 << 20;
  /// Bytes of one HTTP request up to and including its empty line.
  uint32_t maxHeader = 16384;

  /// What a message may be in its compressed form: a little more than plain,
  /// since DEFLATE has its own headers.
  constexpr uint64_t compressedLimit() const noexcept {
    return maxMessage + maxMessage / 8 + 64;
  }
  /// What a message of so many compressed bytes may inflate to.
  constexpr uint64_t inflatedLimit(uint64_t compressed) const noexcept {
    if (maxInflateRatio == 0 || maxMessage <= inflateFloor ||
        compressed > maxMessage / maxInflateRatio)
      return maxMessage;
    uint64_t max = compressed * maxInflateRatio;
    return max < inflateFloor ? inflateFloor : max;
  }
};

} // namespace plumb::rt::wire

#endif // PLUMB_RUNTIME_WIRE_LIMITS_H
