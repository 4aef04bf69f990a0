//===- TimerService.cpp - a program's timers over all loops ---------------===//

#include "runtime/net/TimerService.h"
#include "runtime/base/Clock.h"

#include <algorithm>

namespace plumb::rt::net {

struct TimerService::Entry final : Timer {
  TimerService &service;
  Action action;
  int64_t deadline, period;
  uint64_t token = 0;
  Loop *loop = nullptr; // null while it waits for a main loop
  bool cancelled = false;

  Entry(TimerService &service, const Action &action, int64_t deadline,
        int64_t period)
      : service(service), action(action), deadline(deadline), period(period) {}
  uint32_t slot() const noexcept { return base::SlotName::of(token).index; }
  void onTimer() override { service.fire(*this); }
};

TimerService::TimerService(uint32_t firstGeneration)
    : entries(maxTimers, firstGeneration) {}
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
  int64_t now = current ? current->clock() : base::steadyMilliseconds();
  auto fresh =
      std::make_unique<Entry>(*this, action, later(now, delay), period);
  Entry &entry = *fresh;
  std::lock_guard guard(lock);
  auto name = entries.insert(fresh);
  if (!name)
    return 0;
  entry.token = name->value();
  try {
    if (current) {
      current->timers().arm(entry, entry.deadline);
      entry.loop = current;
    } else if (!mainLoops.empty()) {
      postArming(entry, *mainLoops.front());
    }
  } catch (...) {
    entries.remove(name->index);
    throw;
  }
  return entry.token;
}

TimerService::Entry *TimerService::find(uint64_t token) const noexcept {
  return entries.find(base::SlotName::of(token));
}

/// Has the loop's thread arm the timer, if it is still there then.
void TimerService::postArming(Entry &entry, Loop &loop) {
  loop.post([this, &loop, token = entry.token] {
    std::lock_guard guard(lock);
    Entry *entry = find(token);
    if (entry && entry->loop == &loop)
      loop.timers().arm(*entry, entry->deadline);
  });
  entry.loop = &loop;
}

bool TimerService::cancel(uint64_t token) {
  std::shared_ptr<void> kept; // Goes after the lock.
  std::lock_guard guard(lock);
  Entry *entry = find(token);
  if (!entry)
    return false;
  uint32_t slot = entry->slot();
  if (entry->loop && entry->loop != Loop::current()) {
    // Another thread's timers: it takes the timer out itself. Until then the
    // slot is not another's.
    entry->loop->post([this, slot, entry] {
      std::shared_ptr<void> kept;
      std::lock_guard guard(lock);
      if (slot < entries.size() && entries.at(slot) == entry &&
          entry->cancelled) {
        if (entry->loop)
          entry->loop->timers().disarm(*entry);
        kept = std::move(entry->action.keeps);
        entries.remove(slot);
      }
    });
    entry->cancelled = true;
    entries.retire(slot);
    return true;
  }
  if (entry->loop)
    entry->loop->timers().disarm(*entry);
  kept = std::move(entry->action.keeps);
  entries.retire(slot);
  entries.remove(slot);
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
      uint32_t slot = entry.slot();
      entries.retire(slot);
      entries.remove(slot);
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
  for (size_t i = 0; i < entries.size(); ++i)
    if (Entry *entry = entries.at(i); entry && !entry->loop) {
      loop.timers().arm(*entry, entry->deadline);
      entry->loop = &loop;
    }
}

void TimerService::detach(Loop &loop) {
  std::unique_lock guard(lock);
  std::erase(mainLoops, &loop);
  for (uint32_t i = 0; i < entries.size(); ++i) {
    Entry *entry = entries.at(i);
    if (!entry || entry->loop != &loop)
      continue;
    loop.timers().disarm(*entry);
    entry->loop = nullptr;
    if (entry->cancelled) {
      std::shared_ptr<void> kept = std::move(entry->action.keeps);
      entries.remove(i);
      if (!kept)
        continue;
      guard.unlock();
      kept.reset();
      guard.lock();
      i = UINT32_MAX; // It may have made timers: once more from 0.
    } else if (!mainLoops.empty()) {
      postArming(*entry, *mainLoops.front());
    }
  }
}

size_t TimerService::countOn(const Loop &loop) {
  std::lock_guard guard(lock);
  size_t count = 0;
  for (size_t i = 0; i < entries.size(); ++i)
    if (Entry *entry = entries.at(i);
        entry && entry->loop == &loop && !entry->cancelled)
      ++count;
  return count;
}

} // namespace plumb::rt::net
