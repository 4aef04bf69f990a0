//===- OutQueue.h - what waits to be sent to one connection -----*- C++ -*-===//
#ifndef PLUMB_RUNTIME_OUTPUT_OUTQUEUE_H
#define PLUMB_RUNTIME_OUTPUT_OUTQUEUE_H

#include "runtime/base/Utf8.h"
#include "runtime/wire/Bytes.h"
#include "runtime/wire/Frame.h"
#include "runtime/wire/Mask.h"
#include "runtime/wire/MessageBuffer.h"

#include <cstddef>
#include <cstdint>
#include <new>
#include <span>
#include <sys/uio.h>
#include <vector>

namespace plumb::rt::output {

/// References to frames, ranges of shared bytes and small frames of its own, in
/// the order in which they go out. Used by one thread.
class OutQueue {
public:
  bool empty() const noexcept { return head == items.size(); }
  size_t bytes() const noexcept { return waiting; }
  size_t messages() const noexcept { return frames; }

  void push(wire::FrameRef frame);
  /// bytes[begin, end), whole data frames; the vector may grow meanwhile.
  void push(wire::SharedBytes bytes, size_t begin, size_t end);
  enum class Small : uint8_t { Pushed, TooLarge, NotUtf8 };
  /// Encodes a small data frame, of `size` bytes with its header, into the
  /// queue's own buffer. TooLarge also when the buffer is full: push() a frame
  /// then. A text is checked on the way.
  Small pushSmall(wire::Opcode opcode, std::span<const uint8_t> payload,
                  size_t size);
  /// What is no frame and never dropped: a response of HTTP.
  void pushResponse(wire::SharedBytes bytes);
  void pushResponseFront(wire::SharedBytes bytes);

  /// The bytes to send next: the first item in place when it is large or alone,
  /// else as many as fit, copied one after the other into `scratch`, because
  /// for small frames one buffer is cheaper than a vector of them. A second
  /// call without consume() between begins with the same bytes, and has as many
  /// or more.
  std::span<const uint8_t> gather(std::span<uint8_t> scratch) const noexcept;
  /// The same without a copy, as ranges: how many of `parts` are set.
  size_t gatherParts(std::span<iovec> parts) const noexcept;
  /// The first `count` bytes have been sent.
  void consume(size_t count) noexcept;

  /// Drops all items of which nothing can have been sent: the first `keep`
  /// bytes, and whole items around them, stay.
  void dropUnsent(size_t keep) noexcept;
  /// Drops messages, the oldest first, until `size` bytes more fit into the
  /// limits, or none is left that may go: control frames stay, and what
  /// dropUnsent(keep) would keep. Returns how many went.
  size_t dropOldest(size_t keep, size_t size, size_t maxBytes,
                    size_t maxMessages);
  bool fits(size_t size, size_t maxBytes, size_t maxMessages) const noexcept {
    return waiting + size <= maxBytes && frames < maxMessages;
  }
  void clear() noexcept;
  /// Gives memory back that the next user of this queue need not have.
  void trim() noexcept;

private:
  /// Larger payloads are cheaper as a frame that is written in place.
  static constexpr size_t maxSmallPayload = 4096;
  /// What a turn may lay out here; a peer that reads slowly gets references.
  static constexpr size_t maxOwn = 64 * 1024;

  /// What an item refers to: a frame, shared bytes, or (neither) `own`.
  struct Item {
    wire::FrameRef frame{};
    wire::SharedBytes shared{};
    size_t begin = 0, end = 0;
    uint32_t frames = 1;
    bool isResponse = false;
  };
  std::span<const uint8_t> bytesOf(const Item &item) const noexcept;
  void consumeSome(size_t count) noexcept;
  void split(size_t index, size_t offset);
  size_t protectedItems(size_t keep) noexcept;
  void dropItem(size_t index) noexcept;

  std::vector<Item> items;
  wire::MessageBuffer own; // small frames; emptied with the queue
  size_t ownSize = 0;
  size_t head = 0;    // index of the first item that is not sent
  size_t sent = 0;    // bytes of it that are
  size_t waiting = 0; // bytes that are not sent, of all items
  size_t frames = 0;  // of all items that are not sent to their end
};

[[gnu::always_inline]] inline OutQueue::Small
OutQueue::pushSmall(wire::Opcode opcode, std::span<const uint8_t> payload,
                    size_t size) {
  size_t begin = ownSize, end = begin + size;
  if (payload.size() > maxSmallPayload || end > maxOwn)
    return Small::TooLarge;
  if (end > own.capacity() && !own.grow(end, maxOwn))
    throw std::bad_alloc();
  uint8_t *to =
      wire::writeFrameHeader(own.data() + begin, opcode, true, payload.size());
  // Copied and looked at in one pass: nearly all texts are ASCII.
  bool ascii = wire::maskCopy(to, payload.data(), payload.size(), 0);
  if (!ascii && opcode == wire::Opcode::Text && !base::isValidUtf8(payload))
    return Small::NotUtf8;
  if (!empty() && !items.back().frame && !items.back().shared) {
    items.back().end = end;
    ++items.back().frames;
  } else {
    items.push_back({.begin = begin, .end = end});
  }
  ownSize = end;
  waiting += size;
  ++frames;
  return Small::Pushed;
}

inline void OutQueue::clear() noexcept {
  items.clear();
  ownSize = head = sent = waiting = frames = 0;
}

inline void OutQueue::consume(size_t count) noexcept {
  if (count == waiting) // Nearly always.
    return clear();
  consumeSome(count);
}

} // namespace plumb::rt::output

#endif // PLUMB_RUNTIME_OUTPUT_OUTQUEUE_H
