//===- QueueLimits.h - what may wait for a peer that is slow ----*- C++ -*-===//
#ifndef PLUMB_RUNTIME_OUTPUT_QUEUELIMITS_H
#define PLUMB_RUNTIME_OUTPUT_QUEUELIMITS_H

#include <cstddef>
#include <cstdint>

namespace plumb::rt::output {

/// What a message for a connection whose queue is full does.
enum class QueuePolicy : uint8_t { Disconnect, DropNewest, DropOldest };

/// What waits for one peer.
struct Load {
  size_t bytes = 0, messages = 0;

  Load operator+(Load other) const noexcept {
    return {bytes + other.bytes, messages + other.messages};
  }
};

/// What is to become of a message.
enum class Fate : uint8_t {
  Queue,      ///< there is room for it
  DropOldest, ///< older ones make room for it
  DropNewest, ///< it is dropped; the program is told when the queue is empty
  Disconnect, ///< it is dropped, and the connection closed with 1013
  TooLarge,   ///< it alone is more than any queue may have
};

/// The limits of every queue of a server. Plain data.
struct QueueLimits {
  size_t maxBytes, maxMessages;
  QueuePolicy policy = QueuePolicy::Disconnect;

  /// For a message of `size` bytes. `queue` is what waits in the peer's queue;
  /// `underway` what other threads have put on its way there, of which nothing
  /// can be dropped any more. This is the one place where that is decided.
  Fate fateOf(size_t size, Load queue, Load underway = {}) const noexcept {
    if (size > maxBytes) [[unlikely]]
      return Fate::TooLarge;
    if (fits(size, queue + underway)) [[likely]]
      return Fate::Queue;
    if (policy == QueuePolicy::DropOldest && fits(size, underway))
      return Fate::DropOldest;
    return whenFull();
  }
  /// For one that does not fit, when nothing can be dropped for it.
  Fate whenFull() const noexcept {
    return policy == QueuePolicy::Disconnect ? Fate::Disconnect
                                             : Fate::DropNewest;
  }

private:
  bool fits(size_t size, Load waiting) const noexcept {
    return waiting.bytes + size <= maxBytes && waiting.messages < maxMessages;
  }
};

} // namespace plumb::rt::output

#endif // PLUMB_RUNTIME_OUTPUT_QUEUELIMITS_H
