//===- Budget.h - how much one peer may have done in one go -----*- C++ -*-===//
#ifndef PLUMB_RUNTIME_LIMITS_BUDGET_H
#define PLUMB_RUNTIME_LIMITS_BUDGET_H

#include "runtime/base/Clock.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace plumb::rt::limits {

/// What the program and the codec do for one peer before others have their
/// turn. What is done is counted in units; since nobody knows what a unit
/// costs with a given program, the clock is looked at, too: after the second
/// unit and at doubling distances. `Clock` has now(), in nanoseconds.
template <typename Clock> class BasicBudget {
public:
  /// Nanoseconds, and units. Two milliseconds are ten times what a turn costs
  /// by itself, and a hundred peers that use all of it are within a quarter
  /// of a second.
  static constexpr int64_t time = 2'000'000;
  static constexpr uint32_t units = 4096;
  /// For what is so much work that the clock is looked at each time.
  static constexpr uint32_t expensive = 64;
  /// A message is one; what is inflated is more work.
  static constexpr uint32_t unitsFor(size_t inflated) noexcept {
    return 1 + static_cast<uint32_t>(std::min<size_t>(inflated / 1024, units));
  }

  void begin() noexcept {
    spent = 0;
    nextLook = 2;
  }
  /// Counts what has been done. False when it is another's turn.
  bool spend(uint32_t count = 1) noexcept {
    spent += count;
    return spent < nextLook || look();
  }

private:
  bool look() noexcept {
    if (spent >= units)
      return false;
    int64_t now = Clock::now();
    if (nextLook == 2)
      start = now;
    else if (now - start >= time)
      return false;
    nextLook = std::min(2 * spent, spent + 64);
    return true;
  }

  uint32_t spent = 0, nextLook = 2;
  int64_t start = 0;
};

struct SteadyClock {
  static int64_t now() noexcept { return base::steadyNanoseconds(); }
};
using Budget = BasicBudget<SteadyClock>;

} // namespace plumb::rt::limits

#endif // PLUMB_RUNTIME_LIMITS_BUDGET_H
