//===- Subscriber.h - the rooms of one connection ---------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_ROOMS_SUBSCRIBER_H
#define PLUMB_RUNTIME_ROOMS_SUBSCRIBER_H

#include <cstddef>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

namespace plumb::rt::rooms {

class RoomPart;

/// One membership, seen from the member.
struct Membership {
  RoomPart *part;
  uint32_t index; ///< in `direct`, or in `sharing` for the one it shares in
};

/// Who is in rooms, as these know him: a list of memberships, and nothing of
/// what carries messages to him. LocalRooms keeps the list and those of the
/// rooms in step. One thread's; must have left all rooms when it is destroyed.
class Subscriber {
public:
  static constexpr uint32_t none = UINT32_MAX;

  Subscriber() = default;
  Subscriber(const Subscriber &) = delete;
  Subscriber &operator=(const Subscriber &) = delete;

  /// Is given a room's messages compressed, as all such members are. Changes
  /// only while it is in no room.
  bool takesDeflated() const noexcept { return deflated; }
  void takeDeflated(bool on) noexcept { deflated = on; }

  /// It may share a room's bytes: messages go out to it as they come.
  bool allowsSharing() const noexcept { return sharable; }
  void allowSharing(bool on) noexcept { sharable = on; }

  bool inRooms() const noexcept { return !rooms.empty(); }
  uint32_t roomCount() const noexcept {
    return static_cast<uint32_t>(rooms.size());
  }
  const Membership &at(uint32_t membership) const noexcept {
    return rooms[membership];
  }
  /// Its membership in a part, or `none`. O(1).
  uint32_t find(const RoomPart &part) const noexcept;
  /// The membership in which it shares its room's bytes of the turn, or `none`.
  uint32_t sharing() const noexcept { return shared; }
  bool shares() const noexcept { return shared != none; }
  /// What max_rooms_bytes counts.
  size_t bytes() const noexcept { return roomBytes; }

  // For LocalRooms.

  /// add() cannot fail then. Throws std::bad_alloc.
  void reserve(const RoomPart &part);
  /// In place of add(), after reserve().
  void unreserve(const RoomPart &part) noexcept;
  void add(RoomPart &part, uint32_t index, size_t cost) noexcept;
  /// Takes the membership out; true when the last one has taken its place.
  bool remove(uint32_t membership, size_t cost) noexcept;
  /// Where its record in the part is now.
  void moved(uint32_t membership, uint32_t index) noexcept {
    rooms[membership].index = index;
  }
  void share(uint32_t membership) noexcept { shared = membership; }
  /// It is in no room, and will hardly be soon.
  void releaseMemory() noexcept;

private:
  /// Memberships that are looked through one by one; more get an index.
  static constexpr size_t maxUnindexed = 16;

  uint32_t shared = none;
  bool deflated = false, sharable = false;
  std::vector<Membership> rooms;
  size_t roomBytes = 0;
  /// Where in `rooms` each is, once they are many; else null.
  std::unique_ptr<std::unordered_map<const RoomPart *, uint32_t>> places;
};

} // namespace plumb::rt::rooms

#endif // PLUMB_RUNTIME_ROOMS_SUBSCRIBER_H
