//===- FanoutMembers.cpp - who is in which room on a shard ----------------===//

#include "runtime/rooms/Directory.h"
#include "runtime/rooms/Fanout.h"
#include "runtime/rooms/Shard.h"

#include <algorithm>

namespace plumb::rt::rooms {

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

/// A room with one member and its membership, as a million of them took it.
static constexpr size_t bytesARoom = 432;

int64_t Fanout::join(Connection &connection, std::string_view room) {
  std::shared_ptr<RoomPart> existing = Directory::instance().find(room, shard);
  RoomPart *own = existing ? partFor(connection, *existing) : nullptr;
  if (own && membershipIn(connection, *own) != Connection::none)
    return PLUMB_OK;
  size_t cost = bytesARoom + room.size();
  if (cost > maxRoomsBytes - std::min(connection.roomsBytes, maxRoomsBytes))
    return PLUMB_WS_ERR_TOO_LARGE;
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
  connection.roomsBytes += cost;
  shard.metrics().add(Series::Memberships);
  markDirty(connection); // It may begin to share.
  return PLUMB_OK;
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
  connection.roomsBytes -=
      bytesARoom + connection.rooms[index].part->name.size();
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

} // namespace plumb::rt::rooms
