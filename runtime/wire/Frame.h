//===- Frame.h - an encoded frame, shared by many queues --------*- C++ -*-===//
//
// A server's frames are not masked (RFC 6455 section 5.1), so the bytes of a
// broadcast are the same for every member: they are encoded once and every
// queue holds a reference.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_WIRE_FRAME_H
#define PLUMB_RUNTIME_WIRE_FRAME_H

#include "runtime/wire/CloseCode.h"
#include "runtime/wire/FrameHeader.h"

#include <atomic>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace plumb::rt::wire {

class Deflater;

/// A reference to an immutable, encoded frame; one allocation holds the count
/// and the bytes. Copies may live on any threads; the last one frees. As with
/// a shared_ptr, one FrameRef object belongs to one thread at a time.
class FrameRef {
public:
  FrameRef() noexcept = default;
  FrameRef(const FrameRef &other) noexcept : block(other.block) {
    if (block)
      block->references.fetch_add(1, std::memory_order_relaxed);
  }
  FrameRef(FrameRef &&other) noexcept
      : block(std::exchange(other.block, nullptr)) {}
  FrameRef &operator=(FrameRef other) noexcept {
    std::swap(block, other.block);
    return *this;
  }
  ~FrameRef() {
    // The acquire half orders the other threads' reads before the free.
    if (block && block->references.fetch_sub(1, std::memory_order_acq_rel) == 1)
      release(block);
  }

  explicit operator bool() const noexcept { return block != nullptr; }
  bool operator==(const FrameRef &other) const noexcept = default;

  /// Header and payload as they go on the wire; empty for a null reference.
  std::span<const uint8_t> bytes() const noexcept {
    return block ? std::span<const uint8_t>(block->data(), block->size)
                 : std::span<const uint8_t>();
  }
  std::span<const uint8_t> payload() const noexcept {
    return block ? bytes().subspan(block->headerSize) : bytes();
  }
  size_t payloadSize() const noexcept { return payload().size(); }
  /// Must not be asked of a null reference.
  Opcode opcode() const noexcept {
    return static_cast<Opcode>(block->data()[0] & 15);
  }

  /// The frame to send in this one's place to a peer that takes compressed
  /// messages: made by the first caller, with its deflater, and kept with this
  /// frame for all others, on any thread, which wait for it. The frame itself
  /// when compressing does not pay or memory is out. Data frames only.
  FrameRef compressed(Deflater &deflater) const noexcept;

private:
  struct Block {
    std::atomic<uint32_t> references;
    uint32_t headerSize;
    size_t size;
    /// Null: nobody has asked yet. `busy`: being made. The block itself: there
    /// is none. Else this block's reference to it.
    std::atomic<Block *> twin{nullptr};
    uint8_t *data() { return reinterpret_cast<uint8_t *>(this + 1); }
  };
  explicit FrameRef(Block *block) noexcept : block(block) {}
  static void release(Block *block) noexcept;
  static Block *busy() noexcept { return reinterpret_cast<Block *>(8); }
  static FrameRef make(Opcode opcode, size_t payloadSize, uint8_t *&payload);

  friend FrameRef encodeMessage(Opcode opcode,
                                std::span<const uint8_t> payload);
  friend FrameRef encode(Opcode opcode, std::span<const uint8_t> payload);
  friend FrameRef encodeCompressed(Opcode opcode,
                                   std::span<const uint8_t> payload);
  friend FrameRef encodeClose(uint16_t code, std::string_view reason);

  Block *block = nullptr;
};

/// A final, unmasked frame. The payload of a control frame must not be over
/// 125 bytes and that of a text must be valid UTF-8; both are the caller's
/// promise. Throws std::bad_alloc.
FrameRef encode(Opcode opcode, std::span<const uint8_t> payload);

/// The same for a message that has been compressed already: sets RSV1 (RFC 7692
/// section 6). Deflater in Deflater.h makes such payloads.
FrameRef encodeCompressed(Opcode opcode, std::span<const uint8_t> payload);

/// The same for Text, which is checked in the pass that copies it (a null
/// reference when it is not UTF-8), and Binary.
FrameRef encodeMessage(Opcode opcode, std::span<const uint8_t> payload);

/// A close frame. `reason` is cut to 123 bytes, or where it stops being valid
/// UTF-8, at a character boundary. 1005 gives an empty payload (section 7.1.5)
/// and a code that no peer may accept goes out as 1011. Throws std::bad_alloc.
FrameRef encodeClose(uint16_t code, std::string_view reason);

/// Appends a masked frame, as a client sends it (section 5.3). `key` is taken
/// in memory order: its first byte masks the payload's first.
void encodeMasked(std::vector<uint8_t> &out, Opcode opcode, bool fin,
                  std::span<const uint8_t> payload, uint32_t key);

} // namespace plumb::rt::wire

#endif // PLUMB_RUNTIME_WIRE_FRAME_H
