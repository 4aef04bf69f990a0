//===- OutQueue.h - what waits to be sent to one connection -----*- C++ -*-===//
#ifndef PLUMB_RUNTIME_ROOMS_OUTQUEUE_H
#define PLUMB_RUNTIME_ROOMS_OUTQUEUE_H

#include "runtime/wire/Frame.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace plumb::rt::rooms {

/// Bytes that several queues may share.
using Bytes = std::vector<uint8_t>;
using SharedBytes = std::shared_ptr<const Bytes>;

/// References to frames and to ranges of shared bytes, in the order in which
/// they go out. Used by one thread.
class OutQueue {
public:
  bool empty() const noexcept { return head == items.size(); }
  size_t bytes() const noexcept { return waiting; }
  size_t messages() const noexcept { return items.size() - head; }

  void push(wire::FrameRef frame);
  /// bytes[begin, end); the vector may grow meanwhile.
  void push(SharedBytes bytes, size_t begin, size_t end);
  void pushFront(SharedBytes bytes);

  /// The bytes to send next: the first item in place when it is large, else as
  /// many as fit, copied one after the other into `scratch`, because for small
  /// frames one buffer is cheaper than a vector of them. A second call without
  /// consume() between begins with the same bytes, and has as many or more.
  std::span<const uint8_t> gather(std::span<uint8_t> scratch) const noexcept;
  /// The first `count` bytes have been sent.
  void consume(size_t count) noexcept;
  /// Drops all items of which nothing can have been sent: the first `keep`
  /// bytes, and whole items around them, stay.
  void dropUnsent(size_t keep) noexcept;
  void clear() noexcept;

private:
  struct Item {
    wire::FrameRef frame;
    SharedBytes shared;
    size_t begin = 0, end = 0;
    std::span<const uint8_t> bytes() const noexcept {
      return shared ? std::span(*shared).subspan(begin, end - begin)
                    : frame.bytes();
    }
  };

  std::vector<Item> items;
  size_t head = 0;    // index of the first item that is not sent
  size_t sent = 0;    // bytes of it that are
  size_t waiting = 0; // bytes that are not sent, of all items
};

} // namespace plumb::rt::rooms

#endif // PLUMB_RUNTIME_ROOMS_OUTQUEUE_H
