//===- Directory.cpp - the rooms of the process ---------------------------===//

#include "runtime/rooms/Directory.h"

#include <algorithm>

namespace plumb::rt::rooms {

Directory &Directory::instance() {
  // Never destroyed: threads of the program may outlive static destructors.
  static Directory &directory = *new Directory();
  return directory;
}

std::shared_ptr<RoomPart> Directory::find(std::string_view room,
                                          const Inbox &shard) {
  Stripe &at = stripe(room);
  std::lock_guard guard(at.lock);
  auto found = at.rooms.find(room);
  if (found != at.rooms.end())
    for (const std::shared_ptr<RoomPart> &part : found->second.parts)
      if (&part->inbox == &shard)
        return part;
  return nullptr;
}

std::shared_ptr<RoomPart> Directory::add(std::string_view name, Inbox &shard,
                                         uint64_t &since) {
  Stripe &at = stripe(name);
  std::lock_guard guard(at.lock);
  auto found = at.rooms.find(name);
  std::shared_ptr<RoomPart> part;
  if (found != at.rooms.end())
    for (const std::shared_ptr<RoomPart> &candidate : found->second.parts)
      if (&candidate->inbox == &shard)
        part = candidate;
  if (!part) {
    part = std::make_shared<RoomPart>(std::string(name), shard);
    if (found == at.rooms.end())
      found = at.rooms.try_emplace(part->name, at.lock).first;
    try {
      found->second.parts.push_back(part);
    } catch (...) {
      if (found->second.parts.empty())
        at.rooms.erase(found);
      throw;
    }
    part->room = &found->second;
    part->sequence = found->second.sequence;
  }
  since = found->second.sequence;
  ++part->count;
  ++found->second.total;
  return part;
}

bool Directory::remove(RoomPart &part) noexcept {
  Room &room = *part.room;
  std::shared_ptr<RoomPart> last; // Freed when the lock is free again.
  std::lock_guard guard(room.lock);
  --room.total;
  if (--part.count == 0) {
    auto own = std::find_if(room.parts.begin(), room.parts.end(),
                            [&](const auto &p) { return p.get() == &part; });
    last = std::move(*own);
    *own = std::move(room.parts.back());
    room.parts.pop_back();
  }
  if (room.total == 0) {
    auto &rooms = stripe(part.name).rooms;
    rooms.erase(rooms.find(part.name));
  }
  return last != nullptr;
}

size_t Directory::roomCount() {
  size_t rooms = 0;
  for (Stripe &at : stripes) {
    std::lock_guard guard(at.lock);
    rooms += at.rooms.size();
  }
  return rooms;
}

int64_t Directory::memberCount(std::string_view room) {
  Stripe &at = stripe(room);
  std::lock_guard guard(at.lock);
  auto found = at.rooms.find(room);
  return found == at.rooms.end() ? 0
                                 : static_cast<int64_t>(found->second.total);
}

Published Directory::publish(std::string_view name, Inbox *self,
                             RoomPart *known, const wire::FrameRef &frame,
                             Token except) {
  // While the shard has members in it, a room stays where it is.
  if (known) {
    std::lock_guard guard(known->room->lock);
    return give(*known->room, self, frame, except);
  }
  Stripe &at = stripe(name);
  std::lock_guard guard(at.lock);
  auto found = at.rooms.find(name);
  return found == at.rooms.end() ? Published()
                                 : give(found->second, self, frame, except);
}

uint64_t Directory::publishAlone(RoomPart &part) {
  Room &room = *part.room;
  std::lock_guard guard(room.lock);
  return room.parts.size() == 1 && part.inbox.empty() ? ++room.sequence : 0;
}

/// Under the room's lock.
Published Directory::give(Room &room, Inbox *self, const wire::FrameRef &frame,
                          Token except) {
  Published result;
  result.sequence = ++room.sequence;
  for (const std::shared_ptr<RoomPart> &part : room.parts) {
    if (&part->inbox == self)
      result.own = part;
    else
      result.undelivered += static_cast<int64_t>(
          part->inbox.pushMessage({.kind = Command::Kind::Message,
                                   .connection = except,
                                   .part = part,
                                   .sequence = result.sequence,
                                   .frame = frame},
                                  part->count));
  }
  // Taken under the lock: all of it comes before this message, and nothing
  // that comes after it can be among it.
  if (result.own && !self->empty())
    result.before = self->take();
  return result;
}

} // namespace plumb::rt::rooms
