//===- Turn.h - what the writers of a shard share ---------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_OUTPUT_TURN_H
#define PLUMB_RUNTIME_OUTPUT_TURN_H

#include "runtime/metrics/Metrics.h"
#include "runtime/output/OutQueue.h"
#include "runtime/output/QueueLimits.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace plumb::rt::output {

template <typename Stream, typename Loop> class BasicWriter;

/// What the writers of one thread share: limits, memory, and who of them is to
/// be seen to when the turn ends. `Stream` and `Loop` are net::Stream and
/// net::Loop, or stand for them. One thread's.
template <typename Stream, typename Loop> class BasicTurn {
public:
  using Writer = BasicWriter<Stream, Loop>;

  BasicTurn(Loop &loop, metrics::Counters &counters, const QueueLimits &limits)
      : loop(loop), counters(counters), limits(limits), scratch(scratchSize) {
    spareQueues.reserve(maxSpareQueues);
  }
  BasicTurn(const BasicTurn &) = delete;
  BasicTurn &operator=(const BasicTurn &) = delete;

  Loop &loop;
  metrics::Counters &counters;
  const QueueLimits limits;

  /// For bytes that a writer copies together and sends before it returns.
  std::span<uint8_t> scratchSpace() noexcept { return scratch; }

  [[gnu::noinline]] std::unique_ptr<OutQueue> takeQueue() {
    if (spareQueues.empty())
      return std::make_unique<OutQueue>();
    std::unique_ptr<OutQueue> queue = std::move(spareQueues.back());
    spareQueues.pop_back();
    return queue;
  }
  /// An empty one.
  void giveBack(std::unique_ptr<OutQueue> queue) noexcept {
    if (spareQueues.size() == maxSpareQueues)
      return;
    queue->trim();
    spareQueues.push_back(std::move(queue));
  }

  /// A writer asks to be seen to when the turn ends, once.
  void add(Writer &writer) { dirty.push_back(&writer); }
  bool removeIfLast(const Writer &writer) noexcept {
    if (dirty.empty() || dirty.back() != &writer)
      return false;
    dirty.pop_back();
    return true;
  }
  /// Those that have asked; from here on they may ask again. `into` is empty.
  void takeDirty(std::vector<Writer *> &into) noexcept { into.swap(dirty); }
  bool hasDirty() const noexcept { return !dirty.empty(); }
  /// Before writers that are closed are freed.
  void forgetClosed() noexcept {
    std::erase_if(dirty, [](const Writer *w) { return w->isClosed(); });
  }

  /// A queue that somebody wants to know of is empty.
  void addEmptied(Writer &writer) { emptied.push_back(&writer); }
  /// Calls `see(Writer &)` for all of them, and those that are added meanwhile.
  template <typename See> void seeEmptied(See &&see) {
    for (size_t i = 0; i < emptied.size(); ++i)
      see(*emptied[i]);
    emptied.clear();
  }

  /// Some writer is broken. A flag and no list, because a list could fail, too.
  void noteBroken() noexcept { anyBroken = true; }
  bool hasBroken() const noexcept { return anyBroken; }
  bool takeBroken() noexcept { return std::exchange(anyBroken, false); }

private:
  static constexpr size_t scratchSize = 64 * 1024;
  /// Queues kept for the next turn. There is always room for them in the list,
  /// so that keeping one cannot fail.
  static constexpr size_t maxSpareQueues = 1024;

  std::vector<uint8_t> scratch;
  std::vector<Writer *> dirty, emptied;
  std::vector<std::unique_ptr<OutQueue>> spareQueues;
  bool anyBroken = false;
};

} // namespace plumb::rt::output

#endif // PLUMB_RUNTIME_OUTPUT_TURN_H
