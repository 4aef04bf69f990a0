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
      fanout(loop, rooms, flusher), readBuffer(readBufferSize) {}

ShardContext::~ShardContext() = default;

} // namespace plumb::rt::server
