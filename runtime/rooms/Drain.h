//===- Drain.h - how a shard ends -------------------------------*- C++ -*-===//
//
// From a stop on no connection is accepted, and requests that are read are
// refused with 503. Open connections are told to go (1001), evenly spread over
// `drain_window_ms`, so that their peers do not all come back to the next
// server in one moment; until its turn a connection is served as ever. What is
// queued goes out before its close frame. A stop in haste spreads nothing.
// After `drain_timeout_ms` in all, what is left is told and cut.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_ROOMS_DRAIN_H
#define PLUMB_RUNTIME_ROOMS_DRAIN_H

#include "runtime/net/TimerQueue.h"

#include <cstddef>
#include <cstdint>

namespace plumb::rt::rooms {

class Shard;

/// Which of `count` things is due when, in milliseconds from the beginning: the
/// first at once, the others at equal distances within the window.
class DrainPlan {
public:
  DrainPlan() = default;
  DrainPlan(size_t count, int64_t window) : count(count), window(window) {}

  /// How many are due by then, of those not `done`.
  size_t due(size_t done, int64_t elapsed) const noexcept;
  /// When the next is, or -1 when all are done.
  int64_t next(size_t done) const noexcept;

private:
  int64_t at(size_t index) const noexcept {
    return static_cast<int64_t>(index) * window / static_cast<int64_t>(count);
  }
  size_t count = 0;
  int64_t window = 0;
};

/// The shard's thread only.
class Drain final : net::Timer {
public:
  explicit Drain(Shard &shard) noexcept;
  ~Drain();
  Drain(const Drain &) = delete;
  Drain &operator=(const Drain &) = delete;

  void begin();
  /// Before a turn's flush: tells those whose time has come.
  void tell();
  /// After it: cuts what is left when the time is over. True if it did, and
  /// there may be more to flush.
  bool cut() noexcept;

private:
  void onTimer() override {} // A turn begins, that is all.
  void tellNext(size_t number);

  Shard &shard;
  uint64_t hastyStops; ///< when the shard was made
  DrainPlan plan;
  size_t told = 0;
  size_t slot = 0; ///< where the next may be
  int64_t begun = 0, deadline = 0;
};

} // namespace plumb::rt::rooms

#endif // PLUMB_RUNTIME_ROOMS_DRAIN_H
