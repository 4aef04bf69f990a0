//===- Inbox.h - what other threads ask of a shard --------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_ROOMS_INBOX_H
#define PLUMB_RUNTIME_ROOMS_INBOX_H

#include "runtime/metrics/Metrics.h"
#include "runtime/rooms/Status.h"
#include "runtime/rooms/Token.h"
#include "runtime/wire/Frame.h"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace plumb::rt::rooms {

class RoomPart;

/// Lets a thread that is no shard wait for the outcome of a request.
class Waiter {
public:
  void finish(Status result);
  Status wait();

private:
  std::mutex lock;
  std::condition_variable changed;
  bool done = false;
  Status status = Status::Ok;
};

struct Request {
  enum class Kind : uint8_t { Message, Send, Close, Full, Join, Leave };
  Kind kind;
  uint16_t code = 0;                ///< Close
  Token connection{};               ///< Message: the member to leave out
  std::shared_ptr<RoomPart> part{}; ///< Message
  uint64_t sequence = 0;            ///< Message
  wire::FrameRef frame{};           ///< Message, Send
  std::string text{};       ///< Close: the reason; Join, Leave: the room
  Waiter *waiter = nullptr; ///< Join, Leave; may be null
};

/// A bounded queue, first in, first out, from any thread to one shard.
class Inbox {
public:
  struct Limits {
    size_t bytes;               ///< of all that waits
    size_t maxFrame = SIZE_MAX; ///< what the queues of members take
  };
  /// `counters` are the shard's, for what is dropped here. `wake` is called on
  /// any thread: there is something to take.
  Inbox(Limits limits, metrics::Counters &counters, std::function<void()> wake)
      : limits(limits), counters(counters), wake(std::move(wake)) {}

  /// False when it is full or closed; the request is then untouched.
  bool push(Request &&request);
  /// A message of a room for its `members` here; returns how many of them are
  /// known not to get it, who are counted.
  size_t pushMessage(Request &&request, size_t members);
  bool empty() const noexcept {
    return count.load(std::memory_order_acquire) == 0;
  }
  std::vector<Request> take();
  /// Nothing can be pushed any more; returns what was left.
  std::vector<Request> close();

private:
  static size_t sizeOf(const Request &request) noexcept {
    return sizeof(Request) + request.frame.bytes().size() + request.text.size();
  }

  const Limits limits;
  metrics::Counters &counters;
  const std::function<void()> wake;
  std::mutex lock;
  std::vector<Request> requests; // guarded by lock
  size_t bytes = 0;              // guarded by lock
  bool closed = false;           // guarded by lock
  std::atomic<size_t> count{0};
};

} // namespace plumb::rt::rooms

#endif // PLUMB_RUNTIME_ROOMS_INBOX_H
