//===- Inbox.cpp - what other threads ask of a shard ----------------------===//

#include "runtime/rooms/Inbox.h"

namespace plumb::rt::rooms {

void Waiter::finish(Status result) {
  // Notified under the lock: the waiting thread destroys this when it is free.
  std::lock_guard guard(lock);
  done = true;
  status = result;
  changed.notify_one();
}

Status Waiter::wait() {
  std::unique_lock guard(lock);
  changed.wait(guard, [&] { return done; });
  return status;
}

bool Inbox::push(Command &&command) {
  {
    std::lock_guard guard(lock);
    size_t size = sizeOf(command);
    if (closed || (bytes + size > limits.bytes && !commands.empty()))
      return false;
    commands.push_back(std::move(command));
    bytes += size;
    count.store(commands.size(), std::memory_order_release);
  }
  wake();
  return true;
}

size_t Inbox::pushMessage(Command &&command, size_t members) {
  metrics::Series why = metrics::Series::DroppedTooLarge;
  if (command.frame.bytes().size() <= limits.maxFrame) {
    if (push(std::move(command)))
      return 0;
    why = metrics::Series::DroppedInboxFull;
  }
  counters.addShared(why, members);
  return members;
}

std::vector<Command> Inbox::take() {
  std::lock_guard guard(lock);
  bytes = 0;
  count.store(0, std::memory_order_release);
  return std::exchange(commands, {});
}

std::vector<Command> Inbox::close() {
  std::lock_guard guard(lock);
  closed = true;
  count.store(0, std::memory_order_release);
  return std::exchange(commands, {});
}

} // namespace plumb::rt::rooms
