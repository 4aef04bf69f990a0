//===- FlushBatch.cpp - sending for many by io_uring ----------------------===//

#include "runtime/base/Log.h"
#include "runtime/rooms/Fanout.h"
#include "runtime/rooms/Shard.h"

namespace plumb::rt::rooms {

void Fanout::useIoUring() {
  std::string why;
  batch = net::SendBatch::make(why);
  if (!batch)
    base::log(base::Ungated("at the start"), base::LogLevel::Info,
              "io_uring is not to be had here (" + why + "); using epoll");
}

/// Calls `done(Connection &, bytes, IoResult)` for what is in the batches.
template <typename Done> void Fanout::submit(Done &&done) {
  auto each = [&](void *user, std::span<const uint8_t> bytes,
                  net::IoResult result) {
    done(*static_cast<Connection *>(user), bytes, result);
  };
  sealed.submit(each);
  if (!batch || batch->empty() || batch->submit(each))
    return;
  base::log(base::Ungated("once a shard"), base::LogLevel::Warning,
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
  bool tls = connection.stream.isTls();
  std::span<uint8_t> room = std::span(scratch).subspan(scratchUsed);
  if ((tls ? sealed.full() : batch->full()) ||
      room.size() < scratch.size() / 8) {
    submitQueues();
    room = scratch;
    if (!tls && !batch)
      return flushQueue(connection);
  }
  std::span<const uint8_t> bytes = connection.out->gather(room);
  if (bytes.data() == room.data())
    scratchUsed += bytes.size();
  if (tls)
    sealed.add(connection.stream, bytes, &connection);
  else
    batch->add(connection.stream.fd(), bytes, &connection);
}

/// What is in the batches are ranges of the chunks of rooms, which are not
/// given to the pool yet.
void Fanout::submitChunks() {
  submit([&](Connection &connection, std::span<const uint8_t> bytes,
             net::IoResult result) {
    shard.metrics().sent(result.bytes);
    if (result.io == net::Io::Done)
      return;
    RoomPart &part = *connection.rooms[connection.sharing].part;
    onBlocked(connection, result.io);
    keepUnsent(part, connection,
               static_cast<size_t>(bytes.data() - part.chunk->data()),
               result.bytes);
  });
}

} // namespace plumb::rt::rooms
