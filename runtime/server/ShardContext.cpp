//===- ShardContext.cpp - what the connections of a shard share -----------===//

#include "runtime/server/ShardContext.h"

#include <algorithm>

namespace plumb::rt::server {

/// What other threads may have waiting for one shard. Each connection's queue
/// has a limit of its own; this one only ends a shard that hangs.
static size_t inboxLimit(const Options &options) {
  return std::max<size_t>(64 << 20,
                          static_cast<size_t>(options.max_queue_bytes) * 2);
}
static constexpr size_t readBufferSize = 256 * 1024;

static websocket::Rates ratesOf(const Options &options) noexcept {
  return {{options.max_message_rate, options.max_message_burst},
          {options.max_byte_rate, options.max_byte_burst},
          {options.max_ping_rate, 0}};
}

static websocket::Keepalive::Timeouts
timeoutsOf(const Options &options) noexcept {
  return {options.ping_interval_ms, options.pong_timeout_ms,
          options.idle_timeout_ms};
}

ShardContext::ShardContext(ServerState &server,
                           std::unique_ptr<net::Poller> poller)
    : server(server), loop(std::move(poller)), reception(server),
      inbox({inboxLimit(server.options), server.queues.maxBytes}, counters,
            [this] { loop.wake(); }),
      turn(loop, counters, server.queues),
      deflater(static_cast<int>(server.options.deflate_level),
               static_cast<uint64_t>(server.options.deflate_min_bytes)),
      rooms(rooms::Directory::instance(), inbox, counters, deflater,
            {server.queues.maxBytes, server.queues.maxMessages,
             static_cast<size_t>(server.options.max_rooms_bytes)}),
      fanout(loop, rooms, flusher), readBuffer(readBufferSize),
      sessions{server.program,
               server.limits,
               counters,
               scratch,
               budget,
               ratesOf(server.options),
               timeoutsOf(server.options)} {}

ShardContext::~ShardContext() = default;

} // namespace plumb::rt::server
