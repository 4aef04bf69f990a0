//===- TimerService.h - a program's timers over all loops -------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_NET_TIMERSERVICE_H
#define PLUMB_RUNTIME_NET_TIMERSERVICE_H

#include "runtime/base/SlotTable.h"
#include "runtime/net/Loop.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace plumb::rt::net {

/// Timers that a program makes and names by tokens, which become stale with
/// the timer. A timer made on a loop's thread fires there; any other fires on
/// the main loop, which is the first loop attached as such, or waits until
/// there is one. Thread safe.
class TimerService {
public:
  /// What is called; plain data, as it comes from a program.
  struct Action {
    void (*run)(const Action &action) = nullptr;
    void (*function)() = nullptr; ///< of whatever type `run` knows
    void *environment = nullptr;
    int64_t data = 0;
    /// Destroyed once it is never run again: after it has returned for the last
    /// time, while no lock is held, on the thread that ran it or would have;
    /// for one that waits for a main loop, on the thread that cancels it.
    std::shared_ptr<void> keeps = {};
  };

  /// Tokens begin with `firstGeneration` in their upper half, not 0.
  explicit TimerService(uint32_t firstGeneration = 1);
  ~TimerService();
  /// The one of the process.
  static TimerService &instance();

  /// At most this many at once.
  static constexpr size_t maxTimers = 1 << 20;

  /// `period` 0 fires once, else again and again, skipping what was missed.
  /// 0 when there are too many timers, or there have been (2^32 in the place
  /// of each of them).
  uint64_t start(int64_t delay, int64_t period, const Action &action);
  /// False for a stale token. On the timer's own thread it does not fire any
  /// more; on another it may be firing just now.
  bool cancel(uint64_t token);

  /// Attached, a loop takes over the waiting timers (as a main loop); detached,
  /// it gives back those it still has. Called on the loop's thread, or before
  /// that thread starts and after it has ended.
  void attach(Loop &loop, bool isMain);
  void detach(Loop &loop);
  /// How many timers the loop has.
  size_t countOn(const Loop &loop);

private:
  struct Entry;

  void fire(Entry &entry);
  void postArming(Entry &entry, Loop &loop);
  Entry *find(uint64_t token) const noexcept;

  // Guards all below; a timer itself is armed by its loop's thread only.
  std::mutex lock;
  base::SlotTable<Entry> entries;
  std::vector<Loop *> mainLoops;
};

} // namespace plumb::rt::net

#endif // PLUMB_RUNTIME_NET_TIMERSERVICE_H
