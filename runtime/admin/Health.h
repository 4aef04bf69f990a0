//===- Health.h - whether the loops of a server turn ------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_ADMIN_HEALTH_H
#define PLUMB_RUNTIME_ADMIN_HEALTH_H

#include <cstdint>
#include <functional>
#include <vector>

namespace plumb::rt::admin {

/// Watches loops from another thread: wakes each, and sees whether it has
/// turned since. A loop that is stuck in a callback has not. One thread.
class Health {
public:
  struct Loop {
    uint32_t number;
    std::function<uint64_t()> turns;
    std::function<void()> wake;
    std::function<bool()> ended; ///< it will not turn any more, which is well
  };

  /// Times are milliseconds of one monotonic clock.
  Health(std::vector<Loop> loops, int64_t timeout, int64_t now);

  /// Call more often than every `timeout`; a pause of the caller's own makes no
  /// loop stuck, if they have turned meanwhile.
  void look(int64_t now);
  /// The numbers of the loops that were woken and have not turned for
  /// `timeout`.
  std::vector<uint32_t> stuck(int64_t now) const;

private:
  struct Watched {
    Loop loop;
    uint64_t turns;
    int64_t since; ///< when it had turned, as far as seen
  };
  std::vector<Watched> watched;
  int64_t timeout;
};

} // namespace plumb::rt::admin

#endif // PLUMB_RUNTIME_ADMIN_HEALTH_H
