//===- LocalRooms.cpp - the rooms of one shard ----------------------------===//

#include "runtime/rooms/LocalRooms.h"

namespace plumb::rt::rooms {

/// A room with one member and its membership, as a million of them took it.
static constexpr size_t bytesARoom = 432;

static size_t costOf(std::string_view room) noexcept {
  return bytesARoom + room.size();
}

Member &LocalRooms::memberOf(const Subscriber &who,
                             uint32_t membership) noexcept {
  const Membership &at = who.at(membership);
  return (membership == who.sharing() ? at.part->sharing
                                      : at.part->direct)[at.index];
}

/// Where a membership of the room is kept; null when there can be none.
RoomPart *LocalRooms::partFor(const Subscriber &who, RoomPart &whole) noexcept {
  return who.takesDeflated() ? whole.deflated.get() : &whole;
}

RoomPart &LocalRooms::makePartFor(const Subscriber &who, RoomPart &whole) {
  if (who.takesDeflated() && !whole.deflated) {
    whole.deflated =
        std::make_shared<RoomPart>(whole.name, whole.inbox, &whole);
    whole.deflated->sequence = whole.sequence;
  }
  return *partFor(who, whole);
}

LocalRooms::Joined LocalRooms::join(Subscriber &who, std::string_view room) {
  std::shared_ptr<RoomPart> existing = directory.find(room, inbox);
  RoomPart *own = existing ? partFor(who, *existing) : nullptr;
  if (own && who.find(*own) != Subscriber::none)
    return Joined::Already;
  size_t cost = costOf(room);
  if (cost > limits.maxRoomsBytes - std::min(who.bytes(), limits.maxRoomsBytes))
    return Joined::TooMany;
  // What may throw comes first, or is undone.
  uint64_t since;
  std::shared_ptr<RoomPart> whole = directory.add(room, inbox, since);
  try {
    own = &makePartFor(who, *whole);
    who.reserve(*own);
    try {
      own->direct.push_back({&who, who.roomCount(), since, 0});
    } catch (...) {
      who.unreserve(*own);
      throw;
    }
  } catch (...) {
    forget(*whole);
    throw;
  }
  who.add(*own, static_cast<uint32_t>(own->direct.size() - 1), cost);
  counters.add(metrics::Series::Memberships);
  return Joined::Now;
}

void LocalRooms::removeMember(std::vector<Member> &members,
                              uint32_t index) noexcept {
  if (index + 1 != members.size()) {
    members[index] = members.back();
    members[index].who->moved(members[index].back, index);
  }
  members.pop_back();
}

/// One member less, whom no list has any more.
void LocalRooms::forget(RoomPart &whole) noexcept {
  bool wasLast = last == &whole;
  if (directory.remove(whole) && wasLast)
    last = nullptr;
}

void LocalRooms::remove(Subscriber &who, uint32_t membership) noexcept {
  auto [part, index] = who.at(membership);
  removeMember(membership == who.sharing() ? part->sharing : part->direct,
               index);
  // The part may go with its last member.
  size_t cost = costOf(part->name);
  if (who.remove(membership, cost))
    memberOf(who, membership).back = membership;
  counters.subtract(metrics::Series::Memberships);
  forget(part->whole());
}

void LocalRooms::leaveAll(Subscriber &who) noexcept {
  while (who.inRooms())
    remove(who, who.roomCount() - 1);
  who.releaseMemory();
}

void LocalRooms::share(Subscriber &who) {
  if (who.shares() || !who.inRooms())
    return;
  auto [part, index] = who.at(0);
  // Earlier messages that it must not get may still be in the inbox.
  if (part->direct[index].mark > part->sequence)
    return;
  part->sharing.push_back(
      {&who, 0, part->turn, part->chunk ? part->chunk->size() : 0});
  removeMember(part->direct, index);
  who.share(0);
  who.moved(0, static_cast<uint32_t>(part->sharing.size() - 1));
}

void LocalRooms::unshare(Subscriber &who) {
  uint32_t at = who.sharing();
  if (at == Subscriber::none)
    return;
  auto [part, index] = who.at(at);
  part->direct.push_back({&who, at, 0, 0});
  removeMember(part->sharing, index);
  who.share(Subscriber::none);
  who.moved(at, static_cast<uint32_t>(part->direct.size() - 1));
}

/// Smaller ones are sent to too quickly for more messages to meet.
static constexpr size_t largeRoom = 64;

size_t LocalRooms::largeFanout() const noexcept {
  size_t members = 0;
  for (const std::shared_ptr<RoomPart> &part : dirtyParts)
    if (part->sharing.size() >= largeRoom)
      members += part->sharing.size();
  return members;
}

} // namespace plumb::rt::rooms
