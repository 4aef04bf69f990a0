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

bool Inbox::push(Request &&request) {
  {
    std::lock_guard guard(lock);
    size_t size = sizeOf(request);
    if (closed || (bytes + size > limits.bytes && !requests.empty()))
      return false;
    requests.push_back(std::move(request));
    bytes += size;
    count.store(requests.size(), std::memory_order_release);
  }
  wake();
  return true;
}

size_t Inbox::pushMessage(Request &&request, size_t members) {
  metrics::Series why = metrics::Series::DroppedTooLarge;
  if (request.frame.bytes().size() <= limits.maxFrame) {
    if (push(std::move(request)))
      return 0;
    why = metrics::Series::DroppedInboxFull;
  }
  counters.addShared(why, members);
  return members;
}

std::vector<Request> Inbox::take() {
  std::lock_guard guard(lock);
  bytes = 0;
  count.store(0, std::memory_order_release);
  return std::exchange(requests, {});
}

std::vector<Request> Inbox::close() {
  std::lock_guard guard(lock);
  closed = true;
  count.store(0, std::memory_order_release);
  return std::exchange(requests, {});
}

} // namespace plumb::rt::rooms
