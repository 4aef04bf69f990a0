//===- GuardCount.h - what is set up while a guard exists -------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_BASE_GUARDCOUNT_H
#define PLUMB_RUNTIME_BASE_GUARDCOUNT_H

#include <mutex>
#include <utility>

namespace plumb::rt::base {

/// Counts the guards of something that the process has once, such as a signal's
/// handler: the first one sets it up, the last one takes it down. Any thread;
/// who comes meanwhile waits. Constant initialised.
class GuardCount {
public:
  /// For a guard's constructor: calls `setUp()` when there is no other guard.
  /// What it throws is passed on, and then nothing is counted.
  template <typename SetUp> void enter(SetUp &&setUp) {
    std::lock_guard guard(lock);
    if (count == 0)
      std::forward<SetUp>(setUp)();
    ++count;
  }
  /// For its destructor: calls `takeDown()` when there is no other guard left.
  /// It must not throw.
  template <typename TakeDown> void leave(TakeDown &&takeDown) noexcept {
    std::lock_guard guard(lock);
    if (--count == 0)
      std::forward<TakeDown>(takeDown)();
  }

private:
  std::mutex lock;
  unsigned count = 0;
};

} // namespace plumb::rt::base

#endif // PLUMB_RUNTIME_BASE_GUARDCOUNT_H
