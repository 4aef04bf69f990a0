//===- Host.cpp - the process that programs run in ------------------------===//

#include "runtime/abi/Host.h"
#include "plumb/ws.h"
#include "runtime/abi/Arguments.h"

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
#define PLUMB_ROW(CODE, NAME, MESSAGE) {CODE, NAME, MESSAGE},
    PLUMB_STATUSES(PLUMB_ROW) PLUMB_WS_STATUSES(PLUMB_ROW)
#undef PLUMB_ROW
};

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
  // A peer that goes away must not end the process.
  std::signal(SIGPIPE, SIG_IGN);
}

const char *plumb_host_status_name(int64_t status) noexcept {
  const StatusRow *row = find(status);
  return row ? row->name : "unknown status";
}

const char *plumb_host_status_message(int64_t status) noexcept {
  const StatusRow *row = find(status);
  return row ? row->message : "unknown status";
}
