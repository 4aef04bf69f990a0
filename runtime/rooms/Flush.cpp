//===- Flush.cpp - where a shard's output is sent -------------------------===//

#include "runtime/rooms/Fanout.h"
#include "runtime/rooms/Shard.h"

namespace plumb::rt::rooms {

/// Ranges of one sendmsg(2).
static constexpr size_t maxParts = 64;

/// A flag and no list, because a list could fail, too.
void Fanout::giveUp(Connection &connection) noexcept {
  connection.broken = true;
  anyGivenUp = true;
}

void Fanout::awaitWritable(Connection &connection) noexcept {
  connection.blocked = true;
  if (!connection.watchesOut) {
    connection.watchesOut = true;
    connection.updateWatch();
  }
}

void Fanout::onBlocked(Connection &connection, net::Io io) noexcept {
  if (io == net::Io::WantWrite || io == net::Io::WantRead) {
    // WantRead cannot come from a write (no renegotiation); waiting for the
    // socket to be writable is right for both.
    awaitWritable(connection);
  } else {
    giveUp(connection);
  }
}

/// After an attempt to send the front of the queue. True when there is more to
/// send and the socket may take it.
bool Fanout::sent(Connection &connection, net::IoResult result) {
  shard.metrics().sent(result.bytes);
  connection.out->consume(result.bytes);
  if (result.io != net::Io::Done) {
    noteSize(connection);
    onBlocked(connection, result.io);
    return false;
  }
  if (!connection.out->empty())
    return true;
  if (spareQueues.size() < maxSpareQueues) {
    connection.out->trim();
    spareQueues.push_back(std::move(connection.out));
  }
  connection.out.reset();
  noteSize(connection);
  if (connection.watchesOut) {
    connection.watchesOut = false;
    connection.updateWatch();
  }
  // What follows from an empty queue may call the program: not here.
  if (connection.phase == Phase::Lingering || connection.phase == Phase::Http ||
      connection.wasFull)
    drained.push_back(&connection);
  return false;
}

net::IoResult Fanout::writeFront(Connection &connection) noexcept {
  const OutQueue &queue = *connection.out;
  std::span<const uint8_t> bytes = queue.gather(scratch);
  if (bytes.size() == queue.bytes() || bytes.data() == scratch.data() ||
      connection.stream.isTls())
    return connection.stream.write(bytes);
  // Large frames, and more than one.
  iovec parts[maxParts];
  return connection.stream.writeParts(
      std::span(parts).first(queue.gatherParts(parts)));
}

void Fanout::flushQueue(Connection &connection) {
  while (sent(connection, writeFront(connection))) {
  }
}

/// What a member could not be sent of its room's chunk goes into its queue.
void Fanout::keepUnsent(RoomPart &part, Connection &connection, size_t from,
                        size_t sent) noexcept {
  try {
    markDirty(connection);
    OutQueue &queue = queueOf(connection);
    queue.push(part.chunk, from, part.chunk->size());
    queue.consume(sent); // Not 0 only for what was an empty queue.
    noteSize(connection);
    if (connection.blocked || connection.broken)
      unsharing.push_back(&connection);
  } catch (const std::bad_alloc &) {
    giveUp(connection);
  }
}

/// Members between the one that is sent to and the one that is fetched.
static constexpr size_t ahead = 4;

/// One send a member, all of the same bytes; what is batched goes out with
/// submitChunks().
void Fanout::sendChunk(RoomPart &part, bool turnEnds) {
  const Bytes &chunk = *part.chunk;
  for (size_t i = 0, count = part.sharing.size(); i < count; ++i) {
    Member &member = part.sharing[i];
    Connection &connection = *member.connection;
    // Sending has taken their records' place in the caches.
    if (i + ahead < count) {
      const Connection &next = *part.sharing[i + ahead].connection;
      __builtin_prefetch(&next.stream);
      __builtin_prefetch(&next.blocked);
    }
    size_t from = member.mark == part.turn ? member.cursor : 0;
    member.mark = 0; // No turn has this number.
    if (from == chunk.size())
      continue;
    if (connection.out && !turnEnds && !connection.blocked &&
        !connection.broken)
      contained(connection, [&] { flushQueue(connection); });
    if (connection.out || connection.blocked || connection.broken) {
      keepUnsent(part, connection, from, 0);
      continue;
    }
    std::span<const uint8_t> bytes = std::span(chunk).subspan(from);
    if (net::SealedBatch::pays(connection.stream, bytes.size())) {
      if (sealed.full())
        submitChunks();
      sealed.add(connection.stream, bytes, &connection);
      continue;
    } else if (batch && !connection.stream.isTls()) {
      if (batch->full())
        submitChunks();
      if (batch) {
        batch->add(connection.stream.fd(), bytes, &connection);
        continue;
      }
    }
    net::IoResult result = connection.stream.write(bytes);
    shard.metrics().sent(result.bytes);
    if (result.io == net::Io::Done)
      continue;
    onBlocked(connection, result.io);
    keepUnsent(part, connection, from, result.bytes);
  }
}

static constexpr int64_t chunkMilliseconds = 1000;

void Fanout::keepChunk(std::shared_ptr<Bytes> chunk) noexcept {
  chunks.give(std::move(chunk));
  net::Loop &loop = shard.loop();
  if (!chunkTimer.armed())
    loop.timers().arm(chunkTimer, loop.now() + chunkMilliseconds);
}

void Fanout::ChunkTimer::onTimer() {
  net::Loop &loop = fanout.shard.loop();
  if (fanout.chunks.freeUnused())
    loop.timers().arm(*this, loop.now() + chunkMilliseconds);
}

/// No call of the program in here, so the members stay; those that cannot take
/// it all become direct ones. No part is twice among `parts`.
void Fanout::flushParts(std::span<const std::shared_ptr<RoomPart>> parts,
                        bool turnEnds) {
  for (const std::shared_ptr<RoomPart> &part : parts)
    if (part->chunk)
      sendChunk(*part, turnEnds);
  submitChunks();
  // Only now, because others take their places.
  for (Connection *connection : unsharing)
    try {
      unshare(*connection);
    } catch (const std::bad_alloc &) {
      giveUp(*connection);
    }
  unsharing.clear();
  for (const std::shared_ptr<RoomPart> &part : parts)
    if (part->chunk) {
      ++part->turn;
      part->chunkMessages = 0;
      keepChunk(std::exchange(part->chunk, nullptr));
    }
}

/// Smaller ones are sent to too quickly for more messages to meet.
static constexpr size_t largeRoom = 64;

size_t Fanout::largeFanout() const noexcept {
  size_t members = 0;
  for (const std::shared_ptr<RoomPart> &part : dirtyParts)
    if (part->sharing.size() >= largeRoom)
      members += part->sharing.size();
  return members;
}

/// So many bytes are worth a system call of their own.
static constexpr size_t worthSending = 16 * 1024;

void Fanout::flushSoon(Connection &connection) noexcept {
  if (!connection.out || connection.blocked || connection.broken ||
      connection.phase != Phase::Open)
    return;
  // A member of a room may be sent something else this turn.
  if (connection.out->bytes() < worthSending &&
      (batch || connection.stream.isTls() || !connection.rooms.empty()))
    return;
  contained(connection, [&] { flushQueue(connection); });
  // Else its record would be fetched once more, only to see that nothing is
  // left.
  if (!connection.out && connection.rooms.empty() && !dirty.empty() &&
      dirty.back() == &connection) {
    dirty.pop_back();
    connection.dirty = false;
  }
}

/// On_close and on_drained may produce output; what others owe to that goes
/// out at once, but a program that fills a queue each time it is empty must not
/// keep the turn from its end.
static constexpr int maxPasses = 4;

void Fanout::forgetEnded() noexcept {
  std::erase_if(dirty, [](const Connection *connection) {
    return connection->phase == Phase::Dead;
  });
}

void Fanout::flush() noexcept {
  int pass = 0;
  do {
    flushParts(dirtyParts, true);
    for (const std::shared_ptr<RoomPart> &part : dirtyParts)
      part->listed = false;
    dirtyParts.clear();
    dirtyNow.swap(dirty);
    for (Connection *connection : dirtyNow) {
      connection->dirty = false;
      if (connection->phase == Phase::Dead)
        continue;
      if (connection->out && !connection->blocked && !connection->broken)
        contained(*connection, [&] {
          bool isTls = connection->stream.isTls();
          if (isTls ? net::SealedBatch::pays(connection->stream,
                                             connection->out->bytes())
                    : batch != nullptr)
            batchQueue(*connection);
          else
            flushQueue(*connection);
        });
    }
    submitQueues();
    for (Connection *connection : dirtyNow)
      contained(*connection, [&] { share(*connection); });
    dirtyNow.clear();
    for (size_t i = 0; i < drained.size(); ++i)
      contained(*drained[i], [&] { drained[i]->flushed(); });
    drained.clear();
    if (std::exchange(anyGivenUp, false))
      shard.loseBroken();
  } while (hasOutput() && ++pass < maxPasses);
}

} // namespace plumb::rt::rooms
