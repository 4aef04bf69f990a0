//===- TimerQueue.cpp - the timers of one event loop ----------------------===//

#include "runtime/net/TimerQueue.h"

#include <algorithm>
#include <bit>

namespace plumb::rt::net {

//===----------------------------------------------------------------------===//
// Rings
//===----------------------------------------------------------------------===//

static void makeEmpty(TimerLink &head) noexcept {
  head.next = head.previous = &head;
}
static bool isEmpty(const TimerLink &head) noexcept {
  return head.next == &head;
}
static void append(TimerLink &head, TimerLink &link) noexcept {
  link.next = &head;
  link.previous = head.previous;
  head.previous->next = &link;
  head.previous = &link;
}
static void unlink(TimerLink &link) noexcept {
  link.previous->next = link.next;
  link.next->previous = link.previous;
  link.next = link.previous = nullptr;
}
/// All that `from` has goes behind what `to` has.
static void splice(TimerLink &to, TimerLink &from) noexcept {
  if (isEmpty(from))
    return;
  from.next->previous = to.previous;
  to.previous->next = from.next;
  from.previous->next = &to;
  to.previous = from.previous;
  makeEmpty(from);
}

//===----------------------------------------------------------------------===//
// The wheel
//===----------------------------------------------------------------------===//

TimerQueue::TimerQueue(int64_t now) noexcept : time(std::max<int64_t>(now, 0)) {
  makeEmpty(due);
  makeEmpty(firing);
  for (auto &level : wheel)
    for (TimerLink &slot : level)
      makeEmpty(slot);
}

/// For a deadline after `time`: the level is that of the highest digit (of
/// base 64) in which the two differ.
TimerQueue::Place TimerQueue::placeOf(int64_t deadline) const noexcept {
  unsigned level =
      static_cast<unsigned>(
          std::bit_width(static_cast<uint64_t>(deadline ^ time)) - 1) /
      bits;
  return {level, static_cast<unsigned>(deadline >> (level * bits)) % slots};
}

/// Slots in use lie ahead of `time`, and all of a level lie before the next
/// level's first: so this is the earliest.
TimerQueue::Place TimerQueue::firstPlace() const noexcept {
  unsigned level = static_cast<unsigned>(std::countr_zero(usedLevels));
  return {level, static_cast<unsigned>(std::countr_zero(usedSlots[level]))};
}

int64_t TimerQueue::startOf(Place place) const noexcept {
  unsigned shift = place.level * bits;
  // In two steps: one of 66 bits would not be defined.
  int64_t above = time >> shift >> bits << bits;
  return (above | place.slot) << shift;
}

void TimerQueue::insert(Timer &timer, TimerLink &whenDue) noexcept {
  if (timer.deadline <= time)
    return append(whenDue, timer);
  Place place = placeOf(timer.deadline);
  append(wheel[place.level][place.slot], timer);
  usedSlots[place.level] |= uint64_t(1) << place.slot;
  usedLevels |= 1u << place.level;
}

/// The slot's ring has become empty.
void TimerQueue::clear(Place place) noexcept {
  usedSlots[place.level] &= ~(uint64_t(1) << place.slot);
  if (usedSlots[place.level] == 0)
    usedLevels &= ~(1u << place.level);
}

void TimerQueue::arm(Timer &timer, int64_t deadline) noexcept {
  disarm(timer);
  timer.deadline = deadline;
  insert(timer, due);
  ++count;
}

void TimerQueue::disarm(Timer &timer) noexcept {
  if (!timer.armed())
    return;
  bool wasAlone = timer.next == timer.previous; // Both are the ring's head.
  unlink(timer);
  --count;
  if (wasAlone && timer.deadline > time)
    clear(placeOf(timer.deadline));
}

int64_t TimerQueue::next() const noexcept {
  if (!isEmpty(due) || !isEmpty(firing))
    return time;
  return usedLevels == 0 ? never : startOf(firstPlace());
}

/// Moves all that is due into `firing`, in its order, and `time` to `now`.
void TimerQueue::advance(int64_t now) noexcept {
  while (usedLevels != 0) {
    Place place = firstPlace();
    int64_t start = startOf(place);
    if (start > now)
      break;
    time = start;
    clear(place);
    TimerLink moving;
    makeEmpty(moving);
    splice(moving, wheel[place.level][place.slot]);
    while (!isEmpty(moving)) {
      Timer &timer = static_cast<Timer &>(*moving.next);
      unlink(timer);
      insert(timer, firing);
    }
  }
  time = std::max(time, now);
}

void TimerQueue::fireDue(int64_t now, size_t maxTimers) {
  splice(firing, due);
  advance(now);
  for (; !isEmpty(firing) && maxTimers > 0; --maxTimers) {
    Timer &timer = static_cast<Timer &>(*firing.next);
    unlink(timer);
    --count;
    timer.onTimer();
  }
}

} // namespace plumb::rt::net
