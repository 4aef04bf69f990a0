//===- Fanout.cpp - messages of rooms onto streams ------------------------===//

#include "runtime/server/Fanout.h"

namespace plumb::rt::server {

static constexpr int64_t chunkMilliseconds = 1000;

void Fanout::sendChunks(
    std::span<const std::shared_ptr<rooms::RoomPart>> parts) noexcept {
  rooms.sendChunks(parts, sender(false), prefetcher(), sent());
}

void Fanout::sendAllChunks() noexcept {
  if (!rooms.hasChunks())
    return;
  rooms.sendAllChunks(sender(true), prefetcher(), sent());
  if (rooms.keepsChunks() && !chunkTimer.armed())
    loop.timers().arm(chunkTimer, loop.now() + chunkMilliseconds);
}

void Fanout::ChunkTimer::onTimer() {
  net::Loop &loop = fanout.loop;
  if (fanout.rooms.freeUnusedChunks())
    loop.timers().arm(*this, loop.now() + chunkMilliseconds);
}

} // namespace plumb::rt::server
