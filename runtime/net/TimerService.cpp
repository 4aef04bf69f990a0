//===- TimerService.cpp - a program's timers over all loops ---------------===//

#include "runtime/net/TimerService.h"

#include <algorithm>

namespace plumb::rt::net {

struct TimerService::Entry final : Timer {
  TimerService &service;
  Action action;
  int64_t deadline, period;
  uint32_t slot;
  Loop *loop = nullptr; // null while it waits for a main loop
  bool cancelled = false;

  Entry(TimerService &service, const Action &action, int64_t deadline,
        int64_t period, uint32_t slot)
      : service(service), action(action), deadline(deadline), period(period),
        slot(slot) {}
  void onTimer() override { service.fire(*this); }
};

TimerService::TimerService() = default;
TimerService::~TimerService() = default;

TimerService &TimerService::instance() {
  static TimerService &service = *new TimerService(); // Outlives all threads.
  return service;
}

static int64_t later(int64_t time, int64_t delay) {
  return delay > TimerQueue::never - 1 - time ? TimerQueue::never - 1
                                              : time + delay;
}

uint64_t TimerService::start(int64_t delay, int64_t period,
                             const Action &action) {
  Loop *current = Loop::current();
  std::lock_guard guard(lock);
  if (freeSlots.empty()) {
    if (slots.size() == maxTimers)
      return 0;
    freeSlots.reserve(slots.size() + 1 > freeSlots.capacity()
                          ? 2 * (slots.size() + 1)
                          : 0); // So that erase() cannot fail.
    slots.emplace_back();
    freeSlots.push_back(static_cast<uint32_t>(slots.size() - 1));
  }
  uint32_t index = freeSlots.back();
  Slot &slot = slots[index];
  slot.entry = std::make_unique<Entry>(
      *this, action, later(steadyMilliseconds(), delay), period, index);
  Entry &entry = *slot.entry;
  try {
    if (current) {
      current->timers().arm(entry, entry.deadline);
      entry.loop = current;
    } else if (!mainLoops.empty()) {
      postArming(entry, *mainLoops.front());
    }
  } catch (...) {
    slot.entry.reset();
    throw;
  }
  freeSlots.pop_back();
  return uint64_t(slot.generation) << 32 | index;
}

/// Has the loop's thread arm the timer, if it is still there then.
void TimerService::postArming(Entry &entry, Loop &loop) {
  uint32_t slot = entry.slot, generation = slots[slot].generation;
  loop.post([this, &loop, slot, generation] {
    std::lock_guard guard(lock);
    Entry *entry = slots[slot].entry.get();
    if (slots[slot].generation == generation && entry->loop == &loop)
      loop.timers().arm(*entry, entry->deadline);
  });
  entry.loop = &loop;
}

void TimerService::erase(uint32_t slot) noexcept {
  slots[slot].entry.reset();
  freeSlots.push_back(slot);
}

bool TimerService::cancel(uint64_t token) {
  uint32_t slot = static_cast<uint32_t>(token);
  std::lock_guard guard(lock);
  if (slot >= slots.size() || slots[slot].generation != token >> 32 ||
      !slots[slot].entry)
    return false;
  Entry &entry = *slots[slot].entry;
  if (entry.loop && entry.loop != Loop::current()) {
    // Another thread's timers: it takes the timer out itself.
    Entry *address = &entry;
    entry.loop->post([this, slot, address] {
      std::lock_guard guard(lock);
      if (slots[slot].entry.get() == address && address->cancelled) {
        if (address->loop)
          address->loop->timers().disarm(*address);
        erase(slot);
      }
    });
    entry.cancelled = true;
    ++slots[slot].generation;
    return true;
  }
  if (entry.loop)
    entry.loop->timers().disarm(entry);
  ++slots[slot].generation;
  erase(slot);
  return true;
}

void TimerService::fire(Entry &entry) {
  Action action;
  {
    std::lock_guard guard(lock);
    if (entry.cancelled)
      return; // What cancel() posted frees it.
    action = entry.action;
    if (entry.period == 0) {
      uint32_t slot = entry.slot;
      ++slots[slot].generation;
      erase(slot);
    } else {
      int64_t now = entry.loop->now();
      entry.deadline = later(entry.deadline, entry.period);
      if (entry.deadline <= now)
        entry.deadline = later(now, entry.period);
      entry.loop->timers().arm(entry, entry.deadline);
    }
  }
  action.run(action);
}

void TimerService::attach(Loop &loop, bool isMain) {
  if (!isMain)
    return;
  std::lock_guard guard(lock);
  mainLoops.push_back(&loop);
  for (Slot &slot : slots)
    if (slot.entry && !slot.entry->loop) {
      loop.timers().arm(*slot.entry, slot.entry->deadline);
      slot.entry->loop = &loop;
    }
}

void TimerService::detach(Loop &loop) {
  std::lock_guard guard(lock);
  std::erase(mainLoops, &loop);
  for (uint32_t i = 0; i < slots.size(); ++i) {
    Entry *entry = slots[i].entry.get();
    if (!entry || entry->loop != &loop)
      continue;
    loop.timers().disarm(*entry);
    entry->loop = nullptr;
    if (entry->cancelled)
      erase(i);
    else if (!mainLoops.empty())
      postArming(*entry, *mainLoops.front());
  }
}

size_t TimerService::countOn(const Loop &loop) {
  std::lock_guard guard(lock);
  return static_cast<size_t>(
      std::count_if(slots.begin(), slots.end(), [&](const Slot &slot) {
        return slot.entry && slot.entry->loop == &loop &&
               !slot.entry->cancelled;
      }));
}

} // namespace plumb::rt::net
