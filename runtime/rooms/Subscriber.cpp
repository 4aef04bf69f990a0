//===- Subscriber.cpp - the rooms of one connection -----------------------===//

#include "runtime/rooms/Subscriber.h"

#include <algorithm>

namespace plumb::rt::rooms {

uint32_t Subscriber::find(const RoomPart &part) const noexcept {
  if (places) {
    auto found = places->find(&part);
    return found == places->end() ? none : found->second;
  }
  for (uint32_t i = 0; i < rooms.size(); ++i)
    if (rooms[i].part == &part)
      return i;
  return none;
}

void Subscriber::reserve(const RoomPart &part) {
  if (rooms.size() == rooms.capacity())
    rooms.reserve(std::max<size_t>(1, rooms.capacity() * 2));
  if (!places && rooms.size() >= maxUnindexed) {
    auto index =
        std::make_unique<std::unordered_map<const RoomPart *, uint32_t>>();
    for (uint32_t i = 0; i < rooms.size(); ++i)
      index->emplace(rooms[i].part, i);
    places = std::move(index);
  }
  if (places)
    places->emplace(&part, roomCount());
}

void Subscriber::unreserve(const RoomPart &part) noexcept {
  if (places)
    places->erase(&part);
}

void Subscriber::add(RoomPart &part, uint32_t index, size_t cost) noexcept {
  rooms.push_back({&part, index});
  roomBytes += cost;
}

bool Subscriber::remove(uint32_t membership, size_t cost) noexcept {
  uint32_t last = roomCount() - 1;
  roomBytes -= cost;
  if (shared == membership)
    shared = none;
  else if (shared == last)
    shared = membership;
  if (places)
    places->erase(rooms[membership].part);
  if (membership != last) {
    rooms[membership] = rooms[last];
    if (places)
      places->find(rooms[membership].part)->second = membership;
  }
  rooms.pop_back();
  return membership != last;
}

void Subscriber::releaseMemory() noexcept {
  rooms.shrink_to_fit();
  places.reset();
}

} // namespace plumb::rt::rooms
