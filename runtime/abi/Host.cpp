//===- Host.cpp - the process that programs run in ------------------------===//

#include "runtime/abi/Host.h"
#include "plumb/ws.h"
#include "runtime/abi/Arguments.h"

#include <algorithm>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

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
#define PLUMB_ROW(CODE, NAME, MESSAGE) {CODE, NAME, MESSAGE},
    PLUMB_STATUSES(PLUMB_ROW) PLUMB_WS_STATUSES(PLUMB_ROW)
#undef PLUMB_ROW
};

/// A daemon may start with descriptors 0 to 2 closed. Then the next socket
/// would be one of them, and lines of the log would go to a client.
static void occupyStandardDescriptors() noexcept {
  for (int fd = 0; fd < 3; ++fd) {
    if (::fcntl(fd, F_GETFD) != -1)
      continue;
    // The lowest that is free. Without /dev, one that refuses all reads and
    // writes, as a closed one does.
    if (::open("/dev/null", O_RDWR) < 0)
      ::open("/", O_PATH);
  }
}

/// As daemon(7) has it: who starts us may have blocked signals for itself, or
/// ignored the one that is to end us.
static void takeSignals() noexcept {
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  struct sigaction now;
  if (::sigaction(SIGTERM, nullptr, &now) == 0 && now.sa_handler == SIG_IGN)
    std::signal(SIGTERM, SIG_DFL);
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
  occupyStandardDescriptors();
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
