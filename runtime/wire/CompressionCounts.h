//===- CompressionCounts.h - what compression has done ----------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_WIRE_COMPRESSIONCOUNTS_H
#define PLUMB_RUNTIME_WIRE_COMPRESSIONCOUNTS_H

#include <atomic>
#include <cstdint>

namespace plumb::rt::wire {

/// A number that one thread adds to and any thread may read. It only grows.
class Count {
public:
  void add(uint64_t more) noexcept {
    value.store(read() + more, std::memory_order_relaxed);
  }
  uint64_t read() const noexcept {
    return value.load(std::memory_order_relaxed);
  }

private:
  std::atomic<uint64_t> value{0};
};

/// Of a Deflater or an Inflater. Bytes are of payloads, of the messages that
/// were compressed or inflated to their end; a message of a room counts once.
struct CompressionCounts {
  Count messages, inputBytes, outputBytes;
  // Messages that an Inflater refused, by the limit that they broke.
  Count damaged, tooLarge, ratio;
};

} // namespace plumb::rt::wire

#endif // PLUMB_RUNTIME_WIRE_COMPRESSIONCOUNTS_H
