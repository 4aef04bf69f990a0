//===- Host.cpp - the process that programs run in ------------------------===//

#include "plumb/host.h"
#include "runtime/base/Signals.h"
#include "runtime/bodies/Arguments.h"
#include "runtime/net/StandardDescriptors.h"

#include <algorithm>
#include <csignal>

namespace plumb::rt {

static int argumentCount = 0;
static char **argumentVector = nullptr;

std::span<char *const> arguments() noexcept {
  if (argumentCount < 2)
    return {};
  return {argumentVector + 1, static_cast<size_t>(argumentCount - 1)};
}

namespace {
struct StatusRow {
  int64_t code;
  const char *name, *message;
};
} // namespace

static constexpr StatusRow statuses[] = {
#define PLUMB_STATUS(CODE, NAME, MESSAGE) {CODE, NAME, MESSAGE},
#include "Statuses.def"
};

/// As daemon(7) has it: who starts us may have blocked signals for itself, or
/// ignored the one that is to end us.
static void takeSignals() noexcept {
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  if (base::SignalHandler::of(SIGTERM).sa_handler == SIG_IGN)
    std::signal(SIGTERM, SIG_DFL);
  // Process 1 of a container ends by none of these unless it has a handler.
  if (base::defaultCourse() == SIG_DFL)
    return;
  for (int signal : {SIGHUP, SIGINT, SIGQUIT, SIGTERM})
    if (base::SignalHandler::of(signal).sa_handler == SIG_DFL)
      base::takeDefaultCourse(signal);
}

static const StatusRow *find(int64_t status) noexcept {
  auto row = std::find_if(std::begin(statuses), std::end(statuses),
                          [&](const StatusRow &r) { return r.code == status; });
  return row == std::end(statuses) ? nullptr : row;
}

} // namespace plumb::rt

using namespace plumb::rt;

void plumb_host_start(int argc, char **argv) noexcept {
  argumentCount = argc;
  argumentVector = argv;
  net::occupyStandardDescriptors();
  takeSignals();
  // A peer that goes away, or a file at its limit, must not end the process.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

const char *plumb_host_status_name(int64_t status) noexcept {
  const StatusRow *row = find(status);
  return row ? row->name : "unknown status";
}

const char *plumb_host_status_message(int64_t status) noexcept {
  const StatusRow *row = find(status);
  return row ? row->message : "unknown status";
}
