//===- FlushBatch.cpp - sending for many by io_uring ----------------------===//

#include "runtime/net/Log.h"
#include "runtime/rooms/Fanout.h"
#include "runtime/rooms/Shard.h"

namespace plumb::rt::rooms {

void Fanout::useIoUring() {
  std::string why;
  batch = net::SendBatch::make(why);
  if (!batch)
    net::log(net::Ungated("at the start"), net::LogLevel::Info,
             "io_uring is not to be had here (" + why + "); using epoll");
}

/// Calls `done(Connection &, bytes, IoResult)` for what is in the batch.
template <typename Done> void Fanout::submit(Done &&done) {
  if (!batch || batch->empty())
    return;
  if (batch->submit([&](void *user, std::span<const uint8_t> bytes,
                        net::IoResult result) {
        done(*static_cast<Connection *>(user), bytes, result);
      }))
    return;
  net::log(net::Ungated("once a shard"), net::LogLevel::Warning,
           "io_uring has failed; sending with epoll from now on");
  batch.reset();
}

void Fanout::submitQueues() {
  submit([&](Connection &connection, std::span<const uint8_t>,
             net::IoResult result) {
    contained(connection, [&] {
      if (sent(connection, result))
        flushQueue(connection);
    });
  });
  scratchUsed = 0;
}

/// Adds the front of the queue to the batch; what is behind it follows when
/// that has been sent.
void Fanout::batchQueue(Connection &connection) {
  std::span<uint8_t> room = std::span(scratch).subspan(scratchUsed);
  if (batch->full() || room.size() < scratch.size() / 8) {
    submitQueues();
    room = scratch;
    if (!batch)
      return flushQueue(connection);
  }
  std::span<const uint8_t> bytes = connection.out->gather(room);
  if (bytes.data() == room.data())
    scratchUsed += bytes.size();
  batch->add(connection.stream.fd(), bytes, &connection);
}

void Fanout::submitChunk(RoomPart &part) {
  const uint8_t *begin = part.chunk->data();
  submit([&](Connection &connection, std::span<const uint8_t> bytes,
             net::IoResult result) {
    shard.metrics().sent(result.bytes);
    if (result.io == net::Io::Done)
      return;
    onBlocked(connection, result.io);
    keepUnsent(part, connection, static_cast<size_t>(bytes.data() - begin),
               result.bytes);
  });
}

} // namespace plumb::rt::rooms
