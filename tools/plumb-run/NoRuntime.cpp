//===- NoRuntime.cpp - A tool that was built without a runtime ------------===//

#include "LinkedRuntime.h"

std::unique_ptr<plumb::execution::Runtime> plumb::linkedRuntime() {
  return execution::makeLinkedRuntime(
      "plumb-run's own, which it was built without", {});
}
