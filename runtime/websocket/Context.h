//===- Context.h - what the sessions of a shard share -----------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_WEBSOCKET_CONTEXT_H
#define PLUMB_RUNTIME_WEBSOCKET_CONTEXT_H

#include "runtime/limits/Budget.h"
#include "runtime/limits/RateLimit.h"
#include "runtime/metrics/Metrics.h"
#include "runtime/websocket/Keepalive.h"
#include "runtime/websocket/Program.h"
#include "runtime/wire/Limits.h"
#include "runtime/wire/Scratch.h"

#include <cstdint>

namespace plumb::rt::websocket {

/// What one peer may send in a second.
struct Rates {
  limits::RateLimit messages, bytes, controls;
};

/// One thread's.
struct Context {
  Program &program;
  const wire::Limits &limits;
  metrics::Counters &counters;
  wire::Scratch &scratch;
  limits::Budget &budget; ///< begun by whoever brings input
  Rates rates{};
  Keepalive::Timeouts timeouts{};
};

/// When something happens, as net::Loop has it, in milliseconds.
struct Time {
  int64_t peer;       ///< without what the peer is not to blame for
  int64_t now;        ///< of the monotonic clock
  int64_t behind = 0; ///< what comes may have been sent so long ago
};

} // namespace plumb::rt::websocket

#endif // PLUMB_RUNTIME_WEBSOCKET_CONTEXT_H
