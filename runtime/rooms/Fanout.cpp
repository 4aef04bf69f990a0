//===- Fanout.cpp - messages to the members of a shard --------------------===//

#include "runtime/rooms/Fanout.h"
#include "runtime/base/Utf8.h"
#include "runtime/rooms/Shard.h"
#include "runtime/wire/Mask.h"

#include <algorithm>

namespace plumb::rt::rooms {

/// A chunk that has grown to this is sent before the turn ends, and a frame
/// that is larger is not copied into one.
static constexpr size_t chunkLimit = 256 * 1024;
static constexpr size_t scratchSize = 64 * 1024;

Fanout::Fanout(Shard &shard, const Options &options)
    : shard(shard), maxBytes(static_cast<size_t>(options.max_queue_bytes)),
      maxMessages(static_cast<size_t>(options.max_queue_messages)),
      maxChunk(std::min(chunkLimit, maxBytes)),
      maxRoomsBytes(static_cast<size_t>(options.max_rooms_bytes)),
      policy(queuePolicy(options)), scratch(scratchSize),
      deflater(static_cast<int>(options.deflate_level),
               static_cast<uint64_t>(options.deflate_min_bytes)) {
  spareQueues.reserve(maxSpareQueues);
}

Fanout::~Fanout() { shard.loop().timers().disarm(chunkTimer); }

[[gnu::noinline]] void Fanout::giveQueue(Connection &connection) {
  if (spareQueues.empty()) {
    connection.out = std::make_unique<OutQueue>();
  } else {
    connection.out = std::move(spareQueues.back());
    spareQueues.pop_back();
  }
}

void Fanout::noteSize(Connection &connection) noexcept {
  size_t bytes = connection.out ? connection.out->bytes() : 0;
  size_t messages = connection.out ? connection.out->messages() : 0;
  shard.metrics().add(
      Series::QueueBytes,
      bytes - connection.queuedBytes.load(std::memory_order_relaxed));
  connection.queuedBytes.store(bytes, std::memory_order_relaxed);
  connection.queuedMessages.store(static_cast<uint32_t>(messages),
                                  std::memory_order_relaxed);
}

[[gnu::noinline]] void Fanout::addDirty(Connection &connection) {
  dirty.push_back(&connection);
  connection.dirty = true;
}

[[gnu::noinline]] void Fanout::settleShared(Connection &connection) {
  RoomPart &part = *connection.rooms[connection.sharing].part;
  if (!part.chunk)
    return;
  Member &member = memberOf(connection, connection.sharing);
  size_t from = member.mark == part.turn ? member.cursor : 0;
  size_t end = part.chunk->size();
  if (from == end)
    return;
  queueOf(connection).push(part.chunk, from, end);
  member.mark = part.turn;
  member.cursor = end;
  markDirty(connection);
}

bool Fanout::fits(const Connection &connection, size_t size) const noexcept {
  return !connection.out || connection.out->fits(size, maxBytes, maxMessages);
}

void Fanout::noteFull(Connection &connection) noexcept {
  connection.wasFull = true;
}

/// What a message that does not fit counts as.
Series Fanout::dropSeries() const noexcept {
  return policy == QueuePolicy::Disconnect ? Series::DroppedQueueFull
                                           : Series::DroppedNewest;
}

void Fanout::refused(Connection &connection) {
  shard.metrics().add(dropSeries());
  if (policy == QueuePolicy::Disconnect)
    return connection.overflow();
  noteFull(connection);
  if (!connection.out)
    drained.push_back(&connection);
}

/// The queue has no room for `size` bytes: sends what the socket takes, then
/// does as the policy says.
[[gnu::noinline]] Pushed Fanout::makeRoom(Connection &connection, size_t size) {
  // A burst of one turn is not a slow peer. Before the upgrade's response
  // nothing may go out.
  if (!connection.blocked && !connection.broken &&
      connection.phase == Phase::Open)
    flushQueue(connection);
  if (fits(connection, size))
    return Pushed::Queued;
  if (policy != QueuePolicy::DropOldest)
    shard.metrics().add(dropSeries());
  if (policy == QueuePolicy::Disconnect)
    return Pushed::Full;
  noteFull(connection);
  if (policy == QueuePolicy::DropOldest) {
    shard.metrics().add(
        Series::DroppedOldest,
        connection.out->dropOldest(connection.stream.retryBytes(), size,
                                   maxBytes, maxMessages));
    if (fits(connection, size))
      return Pushed::Queued;
    shard.metrics().add(Series::DroppedNewest);
  }
  return Pushed::Dropped;
}

Pushed Fanout::push(Connection &connection, const wire::FrameRef &frame) {
  settle(connection);
  size_t size = frame.bytes().size();
  if (!fits(connection, size))
    if (Pushed pushed = makeRoom(connection, size); pushed != Pushed::Queued)
      return pushed;
  markDirty(connection);
  queueOf(connection).push(frame);
  noteSize(connection);
  return Pushed::Queued;
}

// All of a small message's way into the queue is one function: a third of what
// a program's `send` costs was calls.
[[gnu::always_inline]] Pushed Fanout::send(Connection &connection,
                                           wire::Opcode opcode,
                                           std::span<const uint8_t> payload) {
  size_t size = wire::frameHeaderSize(payload.size()) + payload.size();
  if (size > maxBytes) [[unlikely]]
    return Pushed::TooLarge;
  if (connection.deflates(payload.size())) [[unlikely]] {
    if (opcode == wire::Opcode::Text && !base::isValidUtf8(payload))
      return Pushed::NotUtf8;
    if (wire::FrameRef frame = deflater.compress(opcode, payload))
      return push(connection, frame);
  }
  settle(connection);
  if (!fits(connection, size)) [[unlikely]]
    if (Pushed pushed = makeRoom(connection, size); pushed != Pushed::Queued)
      return pushed;
  markDirty(connection);
  OutQueue &queue = queueOf(connection);
  // A peer that reads slowly gets frames of their own: those can go one by one.
  OutQueue::Small small = connection.blocked
                              ? OutQueue::Small::TooLarge
                              : queue.pushSmall(opcode, payload, size);
  if (small == OutQueue::Small::TooLarge) [[unlikely]]
    small = pushLarge(queue, opcode, payload);
  if (connection.blocked) // Else it is sent, and noted, this turn.
    noteSize(connection);
  return small == OutQueue::Small::NotUtf8 ? Pushed::NotUtf8 : Pushed::Queued;
}

/// As a frame of its own.
[[gnu::noinline]] OutQueue::Small
Fanout::pushLarge(OutQueue &queue, wire::Opcode opcode,
                  std::span<const uint8_t> payload) {
  wire::FrameRef frame = wire::encodeMessage(opcode, payload);
  if (!frame)
    return OutQueue::Small::NotUtf8;
  queue.push(std::move(frame));
  return OutQueue::Small::Pushed;
}

Pushed Fanout::send(Connection &connection, const wire::FrameRef &frame) {
  return push(connection, connection.deflates(frame.payloadSize())
                              ? frame.compressed(deflater)
                              : frame);
}

void Fanout::pushUnbounded(Connection &connection,
                           const wire::FrameRef &frame) {
  settle(connection);
  markDirty(connection);
  queueOf(connection).push(frame);
  noteSize(connection);
}

void Fanout::pushResponse(Connection &connection, SharedBytes bytes) {
  queueOf(connection).pushResponse(std::move(bytes));
  noteSize(connection);
  markDirty(connection);
}

void Fanout::pushResponseFront(Connection &connection, SharedBytes bytes) {
  queueOf(connection).pushResponseFront(std::move(bytes));
  noteSize(connection);
  markDirty(connection);
}

void Fanout::dropQueue(Connection &connection, bool keepStarted) noexcept {
  if (!connection.out)
    return;
  if (keepStarted)
    connection.out->dropUnsent(connection.stream.retryBytes());
  else
    connection.out->clear();
  noteSize(connection);
}

/// Whether the room's chunk takes so many bytes more without a flush, which may
/// make direct members of sharing ones.
bool Fanout::chunkTakes(const RoomPart &part, size_t size) const noexcept {
  return part.chunk ? part.chunk->size() + size <= maxChunk &&
                          part.chunkMessages < maxMessages
                    : size <= maxChunk;
}

/// Makes room for a frame of `size` bytes for all sharing members of the room
/// but `skip`; the caller writes it. Adds how many those are to `given`.
uint8_t *Fanout::append(RoomPart &part, size_t size, Connection *skip,
                        size_t &given) {
  if (!chunkTakes(part, size)) {
    std::shared_ptr<RoomPart> full = part.shared_from_this();
    flushParts({&full, 1}, false);
  }
  if (skip && (skip->sharing == Connection::none ||
               skip->rooms[skip->sharing].part != &part))
    skip = nullptr;
  if (skip)
    settle(*skip);
  if (!part.chunk) {
    if (!part.listed)
      dirtyParts.push_back(part.shared_from_this());
    part.listed = true;
    part.chunk = chunks.take();
  }
  Bytes &chunk = *part.chunk;
  size_t begin = chunk.size();
  chunk.resize(begin + size);
  ++part.chunkMessages;
  if (skip) {
    Member &member = memberOf(*skip, skip->sharing);
    member.mark = part.turn;
    member.cursor = chunk.size();
  }
  given += part.sharing.size() - (skip != nullptr);
  return chunk.data() + begin;
}

bool Fanout::sharesAll(const RoomPart &part, size_t payload) const noexcept {
  return part.direct.empty() &&
         (!part.deflated || part.deflated->members() == 0) &&
         chunkTakes(part, wire::frameHeaderSize(payload) + payload);
}

void Fanout::deliverShared(RoomPart &part, wire::Opcode opcode,
                           std::span<const uint8_t> payload, Token except,
                           uint64_t sequence) {
  part.sequence = sequence;
  Connection *skip = except ? shard.find(except) : nullptr;
  size_t given = 0, size = wire::frameHeaderSize(payload.size());
  uint8_t *to = append(part, size + payload.size(), skip, given);
  to = wire::writeFrameHeader(to, opcode, true, payload.size());
  wire::maskCopy(to, payload.data(), payload.size(), 0);
  shard.metrics().broadcast(given);
}

int64_t Fanout::deliver(RoomPart &part, const wire::FrameRef &frame,
                        Token except, uint64_t sequence) {
  Connection *skip = except ? shard.find(except) : nullptr;
  size_t given = 0;
  int64_t undelivered = deliverTo(part, frame, skip, sequence, given);
  if (RoomPart *deflated = part.deflated.get()) {
    // Not for nobody, and not for a message that is too large for all.
    bool pays = deflated->members() != 0 && frame.bytes().size() <= maxBytes;
    undelivered +=
        deliverTo(*deflated, pays ? frame.compressed(deflater) : frame, skip,
                  sequence, given);
  }
  if (frame.bytes().size() <= maxBytes)
    shard.metrics().broadcast(given);
  return undelivered;
}

int64_t Fanout::deliverTo(RoomPart &part, const wire::FrameRef &frame,
                          Connection *skip, uint64_t sequence, size_t &given) {
  part.sequence = sequence;
  size_t size = frame.bytes().size();
  if (size > maxBytes) {
    bool skipsOne = skip && membershipIn(*skip, part) != Connection::none;
    size_t members = part.members() - skipsOne;
    shard.metrics().addShared(Series::DroppedTooLarge, members);
    return static_cast<int64_t>(members);
  }
  std::vector<Connection *> full;
  int64_t dropped = 0;
  auto give = [&](Connection &connection) {
    Pushed pushed = push(connection, frame);
    given += pushed == Pushed::Queued;
    if (pushed == Pushed::Full)
      full.push_back(&connection);
    dropped += pushed == Pushed::Dropped;
  };
  if (size <= maxChunk) {
    if (!part.sharing.empty())
      std::ranges::copy(frame.bytes(), append(part, size, skip, given));
  } else {
    for (const Member &member : part.sharing)
      if (member.connection != skip)
        give(*member.connection);
  }
  for (const Member &member : part.direct)
    if (member.connection != skip && member.mark < sequence)
      give(*member.connection);
  for (Connection *connection : full)
    connection->overflow();
  return static_cast<int64_t>(full.size()) + dropped;
}

} // namespace plumb::rt::rooms
