//===- Fanout.cpp - members and messages of one shard ---------------------===//

#include "runtime/rooms/Fanout.h"
#include "runtime/rooms/Directory.h"
#include "runtime/rooms/Shard.h"
#include "runtime/wire/Utf8.h"

#include <algorithm>

namespace plumb::rt::rooms {

/// A chunk that has grown to this is sent before the turn ends, and a frame
/// that is larger is not copied into one.
static constexpr size_t chunkLimit = 256 * 1024;
static constexpr size_t scratchSize = 64 * 1024;

Fanout::Fanout(Shard &shard, const Options &options)
    : shard(shard), maxBytes(static_cast<size_t>(options.max_queue_bytes)),
      maxMessages(static_cast<size_t>(options.max_queue_messages)),
      maxChunk(std::min(chunkLimit, maxBytes)), policy(queuePolicy(options)),
      scratch(scratchSize),
      deflater(static_cast<int>(options.deflate_level),
               static_cast<uint64_t>(options.deflate_min_bytes)) {
  spareQueues.reserve(maxSpareQueues);
  spareChunks.reserve(maxSpareChunks);
}

Fanout::~Fanout() = default;

//===----------------------------------------------------------------------===//
// Membership
//===----------------------------------------------------------------------===//

Member &Fanout::memberOf(const Connection &connection,
                         uint32_t membership) noexcept {
  const Membership &at = connection.rooms[membership];
  return (membership == connection.sharing ? at.part->sharing
                                           : at.part->direct)[at.index];
}

uint32_t Fanout::membershipIn(const Connection &connection,
                              const RoomPart &part) const noexcept {
  if (connection.roomIndex) {
    auto found = connection.roomIndex->find(&part);
    return found == connection.roomIndex->end() ? Connection::none
                                                : found->second;
  }
  for (uint32_t i = 0; i < connection.rooms.size(); ++i)
    if (connection.rooms[i].part == &part)
      return i;
  return Connection::none;
}

/// Where a connection's membership of the room is kept; null when it cannot
/// have one.
RoomPart *Fanout::partFor(const Connection &connection,
                          RoomPart &whole) noexcept {
  return connection.sharesDeflated() ? whole.deflated.get() : &whole;
}

RoomPart &Fanout::makePartFor(const Connection &connection, RoomPart &whole) {
  if (connection.sharesDeflated() && !whole.deflated) {
    whole.deflated =
        std::make_shared<RoomPart>(whole.name, whole.shard, &whole);
    whole.deflated->sequence = whole.sequence;
  }
  return *partFor(connection, whole);
}

/// Memberships that are looked through one by one; more get an index.
static constexpr size_t maxUnindexed = 16;

void Fanout::join(Connection &connection, std::string_view room) {
  std::shared_ptr<RoomPart> existing = Directory::instance().find(room, shard);
  RoomPart *own = existing ? partFor(connection, *existing) : nullptr;
  if (own && membershipIn(connection, *own) != Connection::none)
    return;
  // What may throw comes first, or is undone.
  std::vector<Membership> &rooms = connection.rooms;
  if (rooms.size() == rooms.capacity())
    rooms.reserve(std::max<size_t>(1, rooms.capacity() * 2));
  if (!connection.roomIndex && rooms.size() >= maxUnindexed) {
    auto index =
        std::make_unique<std::unordered_map<const RoomPart *, uint32_t>>();
    for (uint32_t i = 0; i < rooms.size(); ++i)
      index->emplace(rooms[i].part, i);
    connection.roomIndex = std::move(index);
  }
  uint64_t since;
  std::shared_ptr<RoomPart> whole =
      Directory::instance().add(room, shard, since);
  uint32_t at = static_cast<uint32_t>(rooms.size());
  try {
    own = &makePartFor(connection, *whole);
    own->direct.push_back({&connection, at, since, 0});
    try {
      if (connection.roomIndex)
        connection.roomIndex->emplace(own, at);
    } catch (...) {
      own->direct.pop_back();
      throw;
    }
  } catch (...) {
    Directory::instance().remove(*whole);
    throw;
  }
  rooms.push_back({own, static_cast<uint32_t>(own->direct.size() - 1)});
  shard.metrics().add(Series::Memberships);
  markDirty(connection); // It may begin to share.
}

void Fanout::removeMember(std::vector<Member> &members,
                          uint32_t index) noexcept {
  if (index + 1 != members.size()) {
    members[index] = members.back();
    members[index].connection->rooms[members[index].back].index = index;
  }
  members.pop_back();
}

void Fanout::removeMembership(Connection &connection, uint32_t index) noexcept {
  uint32_t last = static_cast<uint32_t>(connection.rooms.size() - 1);
  if (connection.sharing == index)
    connection.sharing = Connection::none;
  if (connection.roomIndex)
    connection.roomIndex->erase(connection.rooms[index].part);
  if (index != last) {
    memberOf(connection, last).back = index;
    connection.rooms[index] = connection.rooms[last];
    if (connection.roomIndex)
      connection.roomIndex->find(connection.rooms[index].part)->second = index;
    if (connection.sharing == last)
      connection.sharing = index;
  }
  connection.rooms.pop_back();
  shard.metrics().subtract(Series::Memberships);
}

void Fanout::leave(Connection &connection, std::string_view room) {
  std::shared_ptr<RoomPart> whole = Directory::instance().find(room, shard);
  RoomPart *part = whole ? partFor(connection, *whole) : nullptr;
  uint32_t at =
      part ? membershipIn(connection, *part) : uint32_t(Connection::none);
  if (at == Connection::none)
    return;
  if (at == connection.sharing)
    settle(connection); // It was a member when those messages were sent.
  removeMember(at == connection.sharing ? part->sharing : part->direct,
               connection.rooms[at].index);
  removeMembership(connection, at);
  Directory::instance().remove(*whole);
  if (!connection.rooms.empty())
    markDirty(connection);
}

void Fanout::leaveAll(Connection &connection) noexcept {
  while (!connection.rooms.empty()) {
    uint32_t last = static_cast<uint32_t>(connection.rooms.size() - 1);
    Membership membership = connection.rooms[last];
    removeMember(last == connection.sharing ? membership.part->sharing
                                            : membership.part->direct,
                 membership.index);
    removeMembership(connection, last);
    Directory::instance().remove(membership.part->whole());
  }
  connection.rooms.shrink_to_fit();
  connection.roomIndex.reset();
}

/// Makes a direct member of the connection's first room a sharing one.
void Fanout::share(Connection &connection) {
  if (connection.sharing != Connection::none || connection.rooms.empty() ||
      connection.out || connection.phase != Phase::Open)
    return;
  RoomPart &part = *connection.rooms[0].part;
  uint32_t index = connection.rooms[0].index;
  // Earlier messages that it must not get may still be in the inbox.
  if (part.direct[index].mark > part.sequence)
    return;
  part.sharing.push_back(
      {&connection, 0, part.turn, part.chunk ? part.chunk->size() : 0});
  removeMember(part.direct, index);
  connection.sharing = 0;
  connection.rooms[0].index = static_cast<uint32_t>(part.sharing.size() - 1);
}

/// The reverse; the connection must have been settled.
void Fanout::unshare(Connection &connection) {
  uint32_t at = connection.sharing;
  if (at == Connection::none)
    return;
  RoomPart &part = *connection.rooms[at].part;
  uint32_t index = connection.rooms[at].index;
  part.direct.push_back({&connection, at, 0, 0});
  removeMember(part.sharing, index);
  connection.sharing = Connection::none;
  connection.rooms[at].index = static_cast<uint32_t>(part.direct.size() - 1);
}

//===----------------------------------------------------------------------===//
// Messages
//===----------------------------------------------------------------------===//

OutQueue &Fanout::queueOf(Connection &connection) {
  if (!connection.out) {
    if (spareQueues.empty()) {
      connection.out = std::make_unique<OutQueue>();
    } else {
      connection.out = std::move(spareQueues.back());
      spareQueues.pop_back();
    }
  }
  return *connection.out;
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

void Fanout::addDirty(Connection &connection) {
  dirty.push_back(&connection);
  connection.dirty = true;
}

void Fanout::settleShared(Connection &connection) {
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
Pushed Fanout::makeRoom(Connection &connection, size_t size) {
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

Pushed Fanout::send(Connection &connection, wire::Opcode opcode,
                    std::span<const uint8_t> payload) {
  if (connection.deflates(payload.size())) [[unlikely]] {
    if (opcode == wire::Opcode::Text && !wire::isValidUtf8(payload))
      return Pushed::NotUtf8;
    if (wire::FrameRef frame = deflater.compress(opcode, payload))
      return push(connection, frame);
  }
  settle(connection);
  size_t size = wire::frameHeaderSize(payload.size()) + payload.size();
  if (!fits(connection, size))
    if (Pushed pushed = makeRoom(connection, size); pushed != Pushed::Queued)
      return pushed;
  markDirty(connection);
  OutQueue &queue = queueOf(connection);
  // A peer that reads slowly gets frames of their own: those can go one by one.
  OutQueue::Small small = connection.blocked ? OutQueue::Small::TooLarge
                                             : queue.pushSmall(opcode, payload);
  if (small == OutQueue::Small::TooLarge) {
    if (wire::FrameRef frame = wire::encodeMessage(opcode, payload))
      queue.push(std::move(frame));
    else
      small = OutQueue::Small::NotUtf8;
  }
  noteSize(connection);
  return small == OutQueue::Small::NotUtf8 ? Pushed::NotUtf8 : Pushed::Queued;
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

/// Lays the frame out for all sharing members of the room but `skip`; returns
/// how many those are.
size_t Fanout::append(RoomPart &part, const wire::FrameRef &frame,
                      Connection *skip) {
  std::span<const uint8_t> bytes = frame.bytes();
  if (part.chunk && (part.chunk->size() + bytes.size() > maxChunk ||
                     part.chunkMessages >= maxMessages))
    flushPart(part, false);
  if (skip && (skip->sharing == Connection::none ||
               skip->rooms[skip->sharing].part != &part))
    skip = nullptr;
  if (skip)
    settle(*skip);
  if (!part.chunk) {
    dirtyParts.push_back(part.shared_from_this());
    if (spareChunks.empty()) {
      part.chunk = std::make_shared<Bytes>();
    } else {
      part.chunk = std::move(spareChunks.back());
      spareChunks.pop_back();
    }
  }
  part.chunk->insert(part.chunk->end(), bytes.begin(), bytes.end());
  ++part.chunkMessages;
  if (skip) {
    Member &member = memberOf(*skip, skip->sharing);
    member.mark = part.turn;
    member.cursor = part.chunk->size();
  }
  return part.sharing.size() - (skip != nullptr);
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
      given += append(part, frame, skip);
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
