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
  /// Bytes of one HTTP request up to and including its empty line.
  uint32_t maxHeader = 16384;
};

} // namespace plumb::rt::wire

#endif // PLUMB_RUNTIME_WIRE_LIMITS_H
