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
#ifndef PLUMB_RUNTIME_SERVER_DRAIN_H
#define PLUMB_RUNTIME_SERVER_DRAIN_H

#include "runtime/net/Loop.h"
#include "runtime/server/Options.h"

#include <cstddef>
#include <cstdint>

namespace plumb::rt::server {

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

/// When a shard's connections are told to go, and when the last are cut. The
/// shard's thread only.
class Drain final : net::Timer {
public:
  Drain(net::Loop &loop, const Options &options) noexcept;
  ~Drain();
  Drain(const Drain &) = delete;
  Drain &operator=(const Drain &) = delete;

  /// There are so many connections.
  void begin(size_t connections);
  /// How many further connections are to be told now; all when it is done in
  /// haste or the time is over. The loop's turns go on in time for the next.
  size_t takeDue(bool inHaste) noexcept;
  /// The time is over: what is left is to be cut.
  bool isOver() const noexcept { return loop.now() >= deadline; }
  /// Tells the log how many were.
  static void warnOfCut(size_t connections) noexcept;

private:
  void onTimer() override {} // A turn begins, that is all.

  net::Loop &loop;
  const Options &options;
  const uint64_t hastyStops; ///< when it was made
  DrainPlan plan;
  size_t told = 0;
  int64_t begun = 0, deadline = 0;
};

} // namespace plumb::rt::server

#endif // PLUMB_RUNTIME_SERVER_DRAIN_H
