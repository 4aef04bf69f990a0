//===- RoomPart.h - the members of a room on one shard ----------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_ROOMS_ROOMPART_H
#define PLUMB_RUNTIME_ROOMS_ROOMPART_H

#include "runtime/rooms/Subscriber.h"
#include "runtime/wire/Bytes.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace plumb::rt::rooms {

class Inbox;
struct Room;

/// One membership, seen from the room. Records lie side by side, because a
/// broadcast walks all of them.
struct Member {
  Subscriber *who;
  uint32_t back; ///< index of the membership in its list
  uint64_t mark; ///< direct: the last message sequenced before the join;
                 ///< sharing: the turn that `cursor` belongs to
  size_t cursor; ///< sharing: how much of the chunk it has been given
};

/// A room's members on one shard. Kept by the shard's LocalRooms, on its
/// thread, but for what is the directory's.
///
/// A member is either `direct`: messages go into its own queue; or `sharing`:
/// messages of this turn are laid out once, in `chunk`, and at the end of the
/// turn every sharing member is sent the chunk, without a queue between. A
/// member shares in one room at most, and what goes into its own queue
/// takes the chunk so far along first: so the order is that of the calls.
///
/// Members that take compressed messages get other bytes than the rest. They
/// are a part of their own, `deflated`, inside of the one that the directory
/// knows: two sets of lists and chunks, and each message goes to both.
class RoomPart : public std::enable_shared_from_this<RoomPart> {
public:
  RoomPart(std::string name, Inbox &inbox, RoomPart *outer = nullptr)
      : name(std::move(name)), inbox(inbox), outer(outer) {}

  const std::string name;
  /// The shard's: where other shards put what is for these members.
  Inbox &inbox;
  /// In a part of members that take compressed messages: the one that it is
  /// inside of, which lives while it has members.
  RoomPart *const outer;
  /// Null before the first such member joins.
  std::shared_ptr<RoomPart> deflated;

  /// What the directory knows.
  RoomPart &whole() noexcept { return outer ? *outer : *this; }
  size_t members() const noexcept { return direct.size() + sharing.size(); }

  std::vector<Member> direct, sharing;
  std::shared_ptr<wire::Bytes>
      chunk; ///< null when this turn has sent nothing yet
  uint32_t chunkMessages = 0;
  bool listed = false;   ///< once, among those to flush when the turn ends
  uint64_t turn = 1;     ///< how often the chunk has been flushed
  uint64_t sequence = 0; ///< of the last message delivered here

  /// The directory's, while this has members; null in a `deflated` one.
  Room *room = nullptr;
  /// Guarded by the directory's lock: members counted by the directory, which
  /// other shards read.
  size_t count = 0;
};

} // namespace plumb::rt::rooms

#endif // PLUMB_RUNTIME_ROOMS_ROOMPART_H
