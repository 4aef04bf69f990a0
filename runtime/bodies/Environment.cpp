//===- Environment.cpp - what callbacks are called with -------------------===//

#include "plumb/Runtime/Environment.h"
#include "plumb/Runtime/Contain.h"

namespace plumb::rt {

namespace {
struct Waiting {
  void *environment = nullptr;
  plumb_intr_on_release release = nullptr;
};
} // namespace

// Without a destructor: nothing is released when a thread or the process ends.
static constinit thread_local Waiting waiting[GivenEnvironment::maxWaiting];
static constinit thread_local unsigned numWaiting = 0;

bool GivenEnvironment::give(void *environment,
                            plumb_intr_on_release release) noexcept {
  if (numWaiting == maxWaiting)
    return false;
  waiting[numWaiting++] = {environment, release};
  return true;
}

GivenEnvironment GivenEnvironment::takeOver(void *environment) noexcept {
  for (unsigned i = numWaiting; i-- > 0;) {
    if (waiting[i].environment != environment)
      continue;
    plumb_intr_on_release release = waiting[i].release;
    waiting[i] = waiting[--numWaiting];
    return {environment, release};
  }
  return {};
}

GivenEnvironment::~GivenEnvironment() {
  Failure failure;
  if (release && !contain(failure, [&] { release(environment); }))
    logFailure("on_release", {}, failure);
}

} // namespace plumb::rt
