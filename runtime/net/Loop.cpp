//===- Loop.cpp - an event loop on epoll ----------------------------------===//

#include "runtime/net/Loop.h"
#include "runtime/net/SharedEvent.h"
#include "runtime/net/Stop.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <sys/eventfd.h>
#include <system_error>

namespace plumb::rt::net {

static thread_local Loop *currentLoop = nullptr;

Loop *Loop::current() noexcept { return currentLoop; }
Loop::Running::Running(Loop &loop) noexcept { currentLoop = &loop; }
Loop::Running::~Running() { currentLoop = nullptr; }

static std::system_error lastError(const char *what) {
  return {errno, std::generic_category(), what};
}

Loop::Loop()
    : epoll(::epoll_create1(EPOLL_CLOEXEC)),
      wakeEvent(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)),
      queue(base::steadyMilliseconds()), peerQueue(base::steadyMilliseconds()),
      turnTime(base::steadyMilliseconds()), stopsBefore(stopCount()) {
  int stop = epoll && wakeEvent ? stopFd() : -1;
  if (stop < 0)
    throw lastError("cannot make an event loop");
  // The two events without a handler need no call, only the return of turn().
  epoll_event event = {};
  event.events = EPOLLIN | EPOLLET;
  event.data.ptr = nullptr;
  if (::epoll_ctl(epoll.get(), EPOLL_CTL_ADD, wakeEvent.get(), &event) ||
      ::epoll_ctl(epoll.get(), EPOLL_CTL_ADD, stop, &event))
    throw lastError("cannot make an event loop");
}

Loop::~Loop() = default;

bool Loop::watch(int fd, EventHandler &handler, uint32_t events) noexcept {
  epoll_event event = {};
  event.events = events;
  event.data.ptr = &handler;
  return ::epoll_ctl(epoll.get(), EPOLL_CTL_ADD, fd, &event) == 0;
}

bool Loop::change(int fd, EventHandler &handler, uint32_t events) noexcept {
  epoll_event event = {};
  event.events = events;
  event.data.ptr = &handler;
  return ::epoll_ctl(epoll.get(), EPOLL_CTL_MOD, fd, &event) == 0;
}

void Loop::unwatch(int fd) noexcept {
  epoll_event event = {};
  ::epoll_ctl(epoll.get(), EPOLL_CTL_DEL, fd, &event);
}

void Loop::turn(bool wait) {
  int64_t begin = base::steadyMilliseconds();
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
  int count = ::epoll_wait(epoll.get(), events, 1024, timeout);
  // Without a deadline there is nothing to be late for.
  finishTurn(std::span(events, std::max(count, 0)), begin,
             timeout < 0 ? INT64_MAX : timeout);
}

bool Loop::turnFor(std::chrono::nanoseconds most) {
  int64_t begin = base::steadyMilliseconds();
  epoll_event events[1024];
  auto seconds = std::chrono::duration_cast<std::chrono::seconds>(most);
  timespec timeout = {seconds.count(), (most - seconds).count()};
  int count = ::epoll_pwait2(epoll.get(), events, 1024, &timeout, nullptr);
  if (count < 0 && errno != EINTR) // Unknown (Linux 5.11), or forbidden.
    count = ::epoll_wait(epoll.get(), events, 1024, 0);
  return finishTurn(std::span(events, std::max(count, 0)), begin,
                    std::chrono::ceil<std::chrono::milliseconds>(most).count());
}

/// Many connections may be due for a ping at once; others want their turn.
static constexpr size_t timersATurn = 256;

/// False when there was nothing to do.
bool Loop::finishTurn(std::span<const epoll_event> ready, int64_t waitBegan,
                      int64_t mostWait) {
  int64_t now = base::steadyMilliseconds();
  int64_t overslept = std::max<int64_t>(now - waitBegan - mostWait, 0);
  gap = waitBegan - turnTime + overslept;
  unheard += std::max<int64_t>(gap - heldUp, 0);
  turnTime = now;
  // Cleared before the user looks at what other threads left: a wake() from
  // here on leads to another turn, and what the ones that found it set had left
  // is in sight: a plain store would not wait for that on machines that
  // reorder. The eventfd is edge-triggered, so nobody has to read it.
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
  if (!ringEvent(wakeEvent.get())) // The next one tries again.
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
