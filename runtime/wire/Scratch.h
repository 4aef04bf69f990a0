//===- Scratch.h - where whole frames are unmasked --------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_WIRE_SCRATCH_H
#define PLUMB_RUNTIME_WIRE_SCRATCH_H

#include "runtime/wire/CompressionCounts.h"
#include "runtime/wire/MessageBuffer.h"

#include <memory>

namespace plumb::rt::wire {

class Inflater;

/// One reusable buffer a shard: a frame that lies whole in the read buffer is
/// unmasked into it, so the frame path needs no malloc. It grows to the
/// largest frame that fits a read and stays. Not thread safe, and a decoder's
/// sink must not feed another decoder with the same scratch.
class Scratch {
public:
  explicit Scratch(size_t initialBytes = 4096) noexcept;
  ~Scratch();

  /// At least `bytes` bytes, 16-byte aligned, 8 writable bytes in front. Null
  /// when memory is out. Invalidates what was returned before.
  uint8_t *reserve(size_t bytes) noexcept {
    if (bytes <= size && size != 0) [[likely]]
      return buffer.data();
    return grow(bytes);
  }

  /// For compressed messages; made when first asked for. Null when memory is
  /// out.
  Inflater *inflater() noexcept;
  /// What it has done. Any thread.
  const CompressionCounts &inflated() const noexcept { return counts; }

private:
  uint8_t *grow(size_t bytes) noexcept;

  MessageBuffer buffer;
  size_t size = 0;
  CompressionCounts counts;
  std::unique_ptr<Inflater> inflating;
};

} // namespace plumb::rt::wire

#endif // PLUMB_RUNTIME_WIRE_SCRATCH_H
