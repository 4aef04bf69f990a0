//===- Loop.cpp - an event loop -------------------------------------------===//

#include "runtime/net/Loop.h"
#include "runtime/net/Stop.h"

#include <algorithm>
#include <climits>

namespace plumb::rt::net {

static thread_local Loop *currentLoop = nullptr;

Loop *Loop::current() noexcept { return currentLoop; }
Loop::Running::Running(Loop &loop) noexcept { currentLoop = &loop; }
Loop::Running::~Running() { currentLoop = nullptr; }

Loop::Loop(std::unique_ptr<Poller> from)
    : poller(std::move(from)), queue(poller->now()), peerQueue(poller->now()),
      turnTime(poller->now()), stopsBefore(stopCount()) {}

Loop::~Loop() = default;

void Loop::turn(bool wait) {
  int64_t begin = poller->now();
  int timeout = 0;
  if (wait) {
    int64_t next = queue.next(), patient = peerQueue.next();
    if (patient != TimerQueue::never)
      next = std::min(next, patient + unheard);
    timeout =
        next == TimerQueue::never
            ? -1
            : static_cast<int>(std::clamp<int64_t>(next - begin, 0, INT_MAX));
  }
  epoll_event events[1024];
  // Without a deadline there is nothing to be late for.
  finishTurn(poller->wait(events, timeout), begin,
             timeout < 0 ? INT64_MAX : timeout);
}

bool Loop::turnFor(std::chrono::nanoseconds maxWait) {
  int64_t begin = poller->now();
  epoll_event events[1024];
  return finishTurn(
      poller->waitShortly(events, maxWait), begin,
      std::chrono::ceil<std::chrono::milliseconds>(maxWait).count());
}

/// Many connections may be due for a ping at once; others want their turn.
static constexpr size_t timersATurn = 256;

/// False when there was nothing to do.
bool Loop::finishTurn(std::span<const epoll_event> ready, int64_t waitBegan,
                      int64_t maxWait) {
  int64_t now = poller->now();
  int64_t overslept = std::max<int64_t>(now - waitBegan - maxWait, 0);
  gap = waitBegan - turnTime + overslept;
  unheard += std::max<int64_t>(gap - heldUp, 0);
  turnTime = now;
  // Cleared before the user looks at what other threads left: a wake() from
  // here on leads to another turn, and what the ones that found it set had left
  // is in sight: a plain store would not wait for that on machines that
  // reorder.
  woken.exchange(false, std::memory_order_acq_rel);
  for (const epoll_event &event : ready)
    if (event.data.ptr)
      static_cast<EventHandler *>(event.data.ptr)->onEvents(event.events);
  runPosted();
  queue.fireDue(turnTime, timersATurn);
  peerQueue.fireDue(peerTime(), timersATurn);
  return !ready.empty();
}

void Loop::wake() noexcept {
  if (woken.exchange(true, std::memory_order_acq_rel))
    return;
  if (!poller->wake()) // The next one tries again.
    woken.exchange(false, std::memory_order_acq_rel);
}

void Loop::post(std::function<void()> function) {
  {
    std::lock_guard lock(postLock);
    posted.push_back(std::move(function));
  }
  wake();
}

void Loop::runPosted() {
  std::vector<std::function<void()>> now;
  {
    std::lock_guard lock(postLock);
    now.swap(posted);
  }
  for (auto &function : now)
    function();
}

bool Loop::stopRequested() const noexcept { return stopCount() != stopsBefore; }

} // namespace plumb::rt::net
