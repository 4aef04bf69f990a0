//===- MemoryGuard.h - how much memory the process may have -----*- C++ -*-===//
#ifndef PLUMB_RUNTIME_LIMITS_MEMORYGUARD_H
#define PLUMB_RUNTIME_LIMITS_MEMORYGUARD_H

#include "runtime/base/Fd.h"

#include <atomic>
#include <cstdint>

namespace plumb::rt::limits {

/// Compares the memory that the process has with a limit, now and then. All
/// shards of a server share one, each from its own thread.
class MemoryGuard {
public:
  /// `limit` in bytes; 0: four fifths of what the machine has, or the control
  /// group, if that has less.
  explicit MemoryGuard(int64_t limit);

  int64_t limit() const noexcept { return max; }
  /// What the process had at the last look, bytes.
  int64_t used() const noexcept { return now.load(std::memory_order_relaxed); }
  /// Bytes that are too many; 0 when all is well.
  int64_t excess() const noexcept {
    int64_t over = used() - max;
    return over > 0 ? over : 0;
  }
  /// Looks, if that has not been done for a tenth of a second. `time` is the
  /// loop's, milliseconds. What is too much may be what malloc keeps although
  /// nobody needs it: then that is given back first.
  void look(int64_t time) noexcept;

  /// What the machine lets the process have, bytes.
  static int64_t available() noexcept;

private:
  int64_t measure() const noexcept;

  std::atomic_flag looking; ///< one thread at a time
  const int64_t max;
  base::Fd statm; ///< none where there is no /proc
  std::atomic<int64_t> now{0}, nextLook{0}, nextTrim{0};
};

} // namespace plumb::rt::limits

#endif // PLUMB_RUNTIME_LIMITS_MEMORYGUARD_H
