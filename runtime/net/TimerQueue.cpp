//===- TimerQueue.cpp - the timers of one event loop ----------------------===//

#include "runtime/net/TimerQueue.h"

namespace plumb::rt::net {

void TimerQueue::place(uint32_t at, const Entry &entry) noexcept {
  heap[at] = entry;
  entry.timer->position = at;
}

void TimerQueue::siftUp(uint32_t at, Entry entry) noexcept {
  while (at > 0) {
    uint32_t parent = (at - 1) / 2;
    if (!entry.before(heap[parent]))
      break;
    place(at, heap[parent]);
    at = parent;
  }
  place(at, entry);
}

void TimerQueue::siftDown(uint32_t at, Entry entry) noexcept {
  uint32_t size = static_cast<uint32_t>(heap.size());
  for (uint32_t child; (child = 2 * at + 1) < size; at = child) {
    if (child + 1 < size && heap[child + 1].before(heap[child]))
      ++child;
    if (!heap[child].before(entry))
      break;
    place(at, heap[child]);
  }
  place(at, entry);
}

void TimerQueue::arm(Timer &timer, int64_t deadline) {
  disarm(timer);
  heap.emplace_back(); // Throws before anything is changed.
  siftUp(static_cast<uint32_t>(heap.size() - 1), {deadline, orders++, &timer});
}

void TimerQueue::disarm(Timer &timer) noexcept {
  if (!timer.armed())
    return;
  uint32_t at = timer.position;
  timer.position = Timer::nowhere;
  Entry last = heap.back();
  heap.pop_back();
  if (at == heap.size())
    return;
  if (at > 0 && last.before(heap[(at - 1) / 2]))
    siftUp(at, last);
  else
    siftDown(at, last);
}

void TimerQueue::fireDue(int64_t now) {
  uint64_t limit = orders;
  while (!heap.empty() && heap.front().deadline <= now &&
         heap.front().order < limit) {
    Timer &timer = *heap.front().timer;
    disarm(timer);
    timer.onTimer();
  }
}

} // namespace plumb::rt::net
