//===- SlidingWindow.h - what a compressed message may refer to -*- C++ -*-===//
#ifndef PLUMB_RUNTIME_WIRE_SLIDINGWINDOW_H
#define PLUMB_RUNTIME_WIRE_SLIDINGWINDOW_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace plumb::rt::wire {

/// The last bytes of what a sender's compressed messages inflated to: with
/// context takeover its next one may refer to them (RFC 7692 section 7.2.2).
/// One pointer; on the heap, in one block of at most twice as much as was
/// added, and never more than the limit. Not thread safe.
class SlidingWindow {
public:
  SlidingWindow() noexcept = default;
  SlidingWindow(SlidingWindow &&) noexcept = default;
  SlidingWindow &operator=(SlidingWindow &&) noexcept = default;
  ~SlidingWindow() = default;

  /// Appends a message. `limit` is a power of two, at most 32 KiB, and always
  /// the same. False when memory is out: it is then as it was.
  bool add(std::span<const uint8_t> message, size_t limit) noexcept;

  /// All of it, the oldest byte first, in two pieces of which any may be empty.
  std::array<std::span<const uint8_t>, 2> pieces() const noexcept;

  /// Heap bytes held.
  size_t heapBytes() const noexcept {
    return block ? sizeof(Head) + block->capacity : 0;
  }

private:
  /// In front of the bytes. Below the limit they begin at 0; once there are as
  /// many as the limit, a new one takes the place of the oldest.
  struct Head {
    uint32_t capacity, size;
    uint32_t next; ///< where the next byte goes
    uint8_t *bytes() noexcept { return reinterpret_cast<uint8_t *>(this + 1); }
  };
  struct Free {
    void operator()(Head *head) const noexcept;
  };
  bool reserve(size_t bytes, size_t limit) noexcept;

  std::unique_ptr<Head, Free> block;
};

} // namespace plumb::rt::wire

#endif // PLUMB_RUNTIME_WIRE_SLIDINGWINDOW_H
