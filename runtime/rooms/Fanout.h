//===- Fanout.h - members, messages and output of one shard -----*- C++ -*-===//
#ifndef PLUMB_RUNTIME_ROOMS_FANOUT_H
#define PLUMB_RUNTIME_ROOMS_FANOUT_H

#include "runtime/rooms/Connection.h"
#include "runtime/rooms/Options.h"
#include "runtime/rooms/RoomPart.h"
#include "runtime/wire/Frame.h"

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace plumb::rt::rooms {

/// Who is in which room on this shard, what they are to be sent, and the one
/// place where it is sent: flush(), once a turn. The shard's thread only. No
/// function but flush() calls the program.
class Fanout {
public:
  Fanout(Shard &shard, const Options &options);
  ~Fanout();

  /// Idempotent.
  void join(Connection &connection, std::string_view room);
  void leave(Connection &connection, std::string_view room);
  /// Costs O(rooms of the connection).
  void leaveAll(Connection &connection) noexcept;

  /// Gives a message to the members on this shard that joined before it was
  /// numbered `sequence`; returns how many of them did not get it.
  int64_t deliver(RoomPart &part, const wire::FrameRef &frame, Token except,
                  uint64_t sequence);

  /// Queues a frame behind all that the connection was given so far. False
  /// when its queue is full (and stays so after an attempt to send).
  bool push(Connection &connection, const wire::FrameRef &frame);
  /// The same without a limit, for close frames and responses.
  void pushUnbounded(Connection &connection, const wire::FrameRef &frame);
  void pushUnbounded(Connection &connection, SharedBytes bytes);
  /// Puts bytes in front of what is queued (the response to the upgrade).
  void pushFront(Connection &connection, SharedBytes bytes);
  /// Takes what the connection's room has been sent this turn into its queue.
  void settle(Connection &connection);
  void dropQueue(Connection &connection, bool keepStarted) noexcept;

  /// The connection has something to send or might share a chunk.
  void markDirty(Connection &connection);
  /// A request of an HTTP connection can be answered now.
  void markResumable(Connection &connection);

  /// Sends everything that can be sent.
  void flush();

  /// The largest frame that any queue takes.
  size_t maxFrame() const noexcept { return maxBytes; }

private:
  OutQueue &queueOf(Connection &connection);
  void noteSize(Connection &connection) noexcept;
  bool fits(const Connection &connection, size_t size) const noexcept;
  Member &memberOf(const Connection &connection, uint32_t membership) noexcept;
  void share(Connection &connection);
  void unshare(Connection &connection);
  void removeMember(std::vector<Member> &members, uint32_t index) noexcept;
  void removeMembership(Connection &connection, uint32_t index) noexcept;
  uint32_t membershipIn(const Connection &connection,
                        const RoomPart &part) const noexcept;
  void append(RoomPart &part, const wire::FrameRef &frame, Connection *skip);
  void flushPart(RoomPart &part, bool turnEnds);
  void sendChunk(RoomPart &part, bool turnEnds);
  void flushQueue(Connection &connection);
  void onBlocked(Connection &connection, net::Io io);

  Shard &shard;
  const size_t maxBytes, maxMessages, maxChunk;
  std::vector<uint8_t> scratch;
  std::vector<std::shared_ptr<RoomPart>> dirtyParts;
  std::vector<Connection *> dirty, dirtyNow, broken, drained, resumable;
  std::vector<std::unique_ptr<OutQueue>> spareQueues;
  std::vector<std::shared_ptr<Bytes>> spareChunks;
};

} // namespace plumb::rt::rooms

#endif // PLUMB_RUNTIME_ROOMS_FANOUT_H
