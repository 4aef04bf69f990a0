//===- Directory.h - the rooms of the process -------------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_ROOMS_DIRECTORY_H
#define PLUMB_RUNTIME_ROOMS_DIRECTORY_H

#include "runtime/base/SeededHash.h"
#include "runtime/rooms/Inbox.h"
#include "runtime/rooms/RoomPart.h"

#include <array>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace plumb::rt::rooms {

/// What became of a message.
struct Published {
  /// Set when the calling shard has members: it must carry out `before`, then
  /// deliver the message itself.
  std::shared_ptr<RoomPart> own;
  uint64_t sequence = 0;
  /// What other shards had sequenced earlier and the calling shard has not
  /// carried out yet.
  std::vector<Command> before;
  /// Members on shards whose inbox was full.
  int64_t undelivered = 0;
};

/// A room of the process.
struct Room {
  explicit Room(std::mutex &lock) : lock(lock) {}

  std::mutex &lock; ///< guards the rest
  std::vector<std::shared_ptr<RoomPart>> parts;
  size_t total = 0; ///< members
  uint64_t sequence = 0;
};

/// All rooms by name, over all shards and servers. A room exists while it has
/// members. Thread safe: a short lock a room (in truth one of 256, by hash),
/// under which a message gets its number and its place in every shard's inbox;
/// that is why all members see one order.
class Directory {
public:
  /// The one of the process.
  static Directory &instance();

  /// Inboxes name shards. The part of a room on a shard, null when it has no
  /// member there. Valid while the shard, whose thread must be calling, keeps
  /// its members.
  std::shared_ptr<RoomPart> find(std::string_view room, const Inbox &shard);
  /// Counts one more member on the shard; `since` becomes the number of the
  /// last message that the new member must not get.
  std::shared_ptr<RoomPart> add(std::string_view room, Inbox &shard,
                                uint64_t &since);
  /// Counts one less; the last one takes the part, then the room away. True
  /// when the part is gone.
  bool remove(RoomPart &part) noexcept;

  size_t roomCount();
  int64_t memberCount(std::string_view room);

  /// Gives the message to every shard with members, but for `self` (null when
  /// the calling thread is no shard). `known` is a part of the room of that
  /// name, which then need not be looked for, or null.
  Published publish(std::string_view room, Inbox *self, RoomPart *known,
                    const wire::FrameRef &frame, Token except);
  /// The same for a message to a room that has members on the calling shard
  /// only, and before which nothing is to be carried out: its number, and 0
  /// when the room is none of those.
  static uint64_t publishAlone(RoomPart &part);

private:
  struct alignas(64) Stripe {
    std::mutex lock;
    base::TextMap<Room> rooms;
  };
  static Published give(Room &room, Inbox *self, const wire::FrameRef &frame,
                        Token except);
  Stripe &stripe(std::string_view room) noexcept {
    return stripes[(base::SeededHash()(room) >> 8) % stripes.size()];
  }

  std::array<Stripe, 256> stripes;
};

} // namespace plumb::rt::rooms

#endif // PLUMB_RUNTIME_ROOMS_DIRECTORY_H
