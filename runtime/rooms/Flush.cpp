//===- Flush.cpp - where a shard's output is sent -------------------------===//

#include "runtime/rooms/Fanout.h"
#include "runtime/rooms/Shard.h"

namespace plumb::rt::rooms {

/// Buffers kept for the next turn, and how large each may be.
static constexpr size_t maxSpareQueues = 1024, maxSpareChunks = 256;
static constexpr size_t maxSpareBytes = 64 * 1024;

void Fanout::markResumable(Connection &connection) {
  resumable.push_back(&connection);
}

void Fanout::onBlocked(Connection &connection, net::Io io) {
  if (io == net::Io::WantWrite || io == net::Io::WantRead) {
    // WantRead cannot come from a write (no renegotiation); waiting for the
    // socket to be writable is right for both.
    connection.blocked = true;
    if (!connection.watchesOut) {
      connection.watchesOut = true;
      connection.updateWatch();
    }
  } else if (!connection.broken) {
    connection.broken = true;
    broken.push_back(&connection);
  }
}

void Fanout::flushQueue(Connection &connection) {
  while (!connection.out->empty()) {
    std::span<const uint8_t> bytes = connection.out->gather(scratch);
    net::IoResult result = connection.stream.write(bytes);
    connection.out->consume(result.bytes);
    if (result.io != net::Io::Done) {
      noteSize(connection);
      onBlocked(connection, result.io);
      return;
    }
  }
  if (spareQueues.size() < maxSpareQueues)
    spareQueues.push_back(std::move(connection.out));
  connection.out.reset();
  noteSize(connection);
  if (connection.watchesOut) {
    connection.watchesOut = false;
    connection.updateWatch();
  }
  // What follows from an empty queue may call the program: not here.
  if (connection.phase == Phase::Lingering || connection.phase == Phase::Http)
    drained.push_back(&connection);
}

/// One send a member, all of the same bytes. No call of the program in here,
/// so the members stay; one that cannot take it all becomes a direct one.
void Fanout::sendChunk(RoomPart &part, bool turnEnds) {
  const Bytes &chunk = *part.chunk;
  for (size_t i = 0; i < part.sharing.size();) {
    Member &member = part.sharing[i];
    Connection &connection = *member.connection;
    size_t from = member.mark == part.turn ? member.cursor : 0;
    member.mark = 0; // No turn has this number.
    if (from == chunk.size()) {
      ++i;
      continue;
    }
    if (connection.out && !turnEnds && !connection.blocked &&
        !connection.broken)
      flushQueue(connection);
    if (connection.out || connection.blocked || connection.broken) {
      queueOf(connection).push(part.chunk, from, chunk.size());
      noteSize(connection);
      markDirty(connection);
    } else {
      net::IoResult result =
          connection.stream.write(std::span(chunk).subspan(from));
      if (result.io == net::Io::Done) {
        ++i;
        continue;
      }
      onBlocked(connection, result.io);
      queueOf(connection).push(part.chunk, from + result.bytes, chunk.size());
      noteSize(connection);
    }
    if (connection.blocked || connection.broken)
      unshare(connection); // Another member takes its place at i.
    else
      ++i;
  }
}

void Fanout::flushPart(RoomPart &part, bool turnEnds) {
  if (!part.chunk)
    return;
  sendChunk(part, turnEnds);
  ++part.turn;
  part.chunkMessages = 0;
  std::shared_ptr<Bytes> chunk = std::move(part.chunk);
  part.chunk = nullptr;
  // Queues that still refer to it keep it; else it serves another room.
  if (chunk.use_count() == 1 && chunk->capacity() <= maxSpareBytes &&
      spareChunks.size() < maxSpareChunks) {
    chunk->clear();
    spareChunks.push_back(std::move(chunk));
  }
}

void Fanout::flush() {
  // What is called on the way (on_close, on_connect of a pipelined request)
  // may produce output again; each pass ends connections or answers requests,
  // so the passes come to an end.
  do {
    for (size_t i = 0; i < dirtyParts.size(); ++i)
      flushPart(*dirtyParts[i], true);
    dirtyParts.clear();
    dirtyNow.swap(dirty);
    for (Connection *connection : dirtyNow) {
      connection->dirty = false;
      if (connection->phase == Phase::Dead)
        continue;
      if (connection->out && !connection->blocked && !connection->broken)
        flushQueue(*connection);
      share(*connection);
    }
    dirtyNow.clear();
    for (size_t i = 0; i < drained.size(); ++i)
      drained[i]->flushed();
    drained.clear();
    for (size_t i = 0; i < resumable.size(); ++i)
      resumable[i]->resumeRequests();
    resumable.clear();
    for (size_t i = 0; i < broken.size(); ++i)
      broken[i]->lost();
    broken.clear();
  } while (!dirty.empty() || !dirtyParts.empty());
}

} // namespace plumb::rt::rooms
