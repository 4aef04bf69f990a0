//===- MessageBuffer.h - a growing, aligned payload -------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_WIRE_MESSAGEBUFFER_H
#define PLUMB_RUNTIME_WIRE_MESSAGEBUFFER_H

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

namespace plumb::rt::wire {

/// Payload bytes on the heap, 16-byte aligned, with 8 writable bytes in front
/// so that a length can be put there in place. One pointer; owns nothing until
/// it grows. Not thread safe.
class MessageBuffer {
public:
  MessageBuffer() noexcept = default;
  MessageBuffer(MessageBuffer &&other) noexcept
      : block(std::exchange(other.block, nullptr)) {}
  MessageBuffer &operator=(MessageBuffer &&other) noexcept {
    std::swap(block, other.block);
    return *this;
  }
  ~MessageBuffer() { reset(); }

  void reset() noexcept {
    if (block)
      release();
  }

  /// Null before the first grow().
  uint8_t *data() noexcept { return block ? block + front : nullptr; }
  const uint8_t *data() const noexcept {
    return block ? block + front : nullptr;
  }
  size_t capacity() const noexcept {
    size_t size = 0;
    if (block)
      std::memcpy(&size, block, sizeof size);
    return size;
  }

  /// Makes room for at least `needed` bytes and keeps what is there. Grows by
  /// doubling, from 1 MiB on to eight times as much, but not above `max` (or
  /// `needed`, if that is larger). False when memory is out; the contents are
  /// then as they were.
  bool grow(size_t needed, size_t max) noexcept;

private:
  void release() noexcept;

  // 8 bytes of capacity, 8 that the user may write, then the payload.
  static constexpr size_t front = 16;
  uint8_t *block = nullptr;
};

} // namespace plumb::rt::wire

#endif // PLUMB_RUNTIME_WIRE_MESSAGEBUFFER_H
