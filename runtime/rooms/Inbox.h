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

/// Lets a thread that is no shard wait for the outcome of a command.
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

/// What another thread asks of a shard.
struct Command {
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

  /// False when it is full or closed; the command is then untouched.
  bool push(Command &&command);
  /// A message of a room for its `members` here; returns how many of them are
  /// known not to get it, who are counted.
  size_t pushMessage(Command &&command, size_t members);
  bool empty() const noexcept {
    return count.load(std::memory_order_acquire) == 0;
  }
  std::vector<Command> take();
  /// Nothing can be pushed any more; returns what was left.
  std::vector<Command> close();

private:
  static size_t sizeOf(const Command &command) noexcept {
    return sizeof(Command) + command.frame.bytes().size() + command.text.size();
  }

  const Limits limits;
  metrics::Counters &counters;
  const std::function<void()> wake;
  std::mutex lock;
  std::vector<Command> commands; // guarded by lock
  size_t bytes = 0;              // guarded by lock
  bool closed = false;           // guarded by lock
  std::atomic<size_t> count{0};
};

} // namespace plumb::rt::rooms

#endif // PLUMB_RUNTIME_ROOMS_INBOX_H
