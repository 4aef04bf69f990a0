//===- Environment.h - what callbacks are called with -----------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_ENVIRONMENT_H
#define PLUMB_RUNTIME_ENVIRONMENT_H

#include "plumb/intr.h"

#include <utility>

namespace plumb::rt {

/// The release of an environment that the program has given away with
/// `plumb_intr_give`; empty for one that stays the program's. A body that is
/// passed a callback takes it over before anything else and holds it as long as
/// it may call that callback; destroying it calls the program's on_release, on
/// this thread. So hold no lock then.
class GivenEnvironment {
public:
  GivenEnvironment() noexcept = default;
  GivenEnvironment(GivenEnvironment &&other) noexcept
      : environment(other.environment),
        release(std::exchange(other.release, nullptr)) {}
  GivenEnvironment &operator=(GivenEnvironment &&other) noexcept {
    std::swap(environment, other.environment);
    std::swap(release, other.release);
    return *this;
  }
  ~GivenEnvironment();

  /// To be called by the thread that the body was called by. What was given
  /// twice is taken over twice.
  static GivenEnvironment takeOver(void *environment) noexcept;
  explicit operator bool() const noexcept { return release != nullptr; }

  /// What a thread may have given before it is taken over.
  static constexpr unsigned maxWaiting = 64;
  /// The body of `plumb_intr_give`; false when too many wait.
  static bool give(void *environment, plumb_intr_on_release release) noexcept;

private:
  GivenEnvironment(void *environment, plumb_intr_on_release release) noexcept
      : environment(environment), release(release) {}

  void *environment = nullptr;
  plumb_intr_on_release release = nullptr;
};

} // namespace plumb::rt

#endif // PLUMB_RUNTIME_ENVIRONMENT_H
