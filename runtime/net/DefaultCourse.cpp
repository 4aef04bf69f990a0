//===- DefaultCourse.cpp - what a signal does by itself -------------------===//

#include "runtime/net/DefaultCourse.h"

#include <csignal>
#include <unistd.h>

extern "C" {
static void endAtOnce(int number) { ::_exit(128 + number); }
}

void (*plumb::rt::net::defaultCourse() noexcept)(int) {
  return ::getpid() == 1 ? endAtOnce : SIG_DFL;
}
