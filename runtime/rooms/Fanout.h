//===- Fanout.h - members, messages and output of one shard -----*- C++ -*-===//
#ifndef PLUMB_RUNTIME_ROOMS_FANOUT_H
#define PLUMB_RUNTIME_ROOMS_FANOUT_H

#include "runtime/net/SealedBatch.h"
#include "runtime/net/SendBatch.h"
#include "runtime/rooms/ChunkPool.h"
#include "runtime/rooms/Connection.h"
#include "runtime/rooms/Options.h"
#include "runtime/rooms/RoomPart.h"
#include "runtime/wire/Deflater.h"
#include "runtime/wire/Frame.h"

#include <cstdint>
#include <memory>
#include <new>
#include <string_view>
#include <vector>

namespace plumb::rt::rooms {

/// What became of a message for one connection.
enum class Pushed : uint8_t {
  Queued,
  Dropped,  ///< its queue is full and the policy is to drop the newest
  Full,     ///< its queue is full and the policy is to disconnect: overflow()
  NotUtf8,  ///< a text that must not be sent
  TooLarge, ///< it alone is larger than any queue may be
};

/// Who is in which room on this shard, what they are to be sent, and the one
/// place where it is sent: flush(), once a turn. The shard's thread only. No
/// function but flush() calls the program.
class Fanout {
public:
  Fanout(Shard &shard, const Options &options);
  ~Fanout();

  /// Idempotent. PLUMB_OK, or PLUMB_WS_ERR_TOO_LARGE over max_rooms_bytes.
  int64_t join(Connection &connection, std::string_view room);
  void leave(Connection &connection, std::string_view room);
  /// Costs O(rooms of the connection).
  void leaveAll(Connection &connection) noexcept;

  /// Gives a message to the members on this shard that joined before it was
  /// numbered `sequence`; returns how many of them did not get it.
  int64_t deliver(RoomPart &part, const wire::FrameRef &frame, Token except,
                  uint64_t sequence);
  /// True when the room's members are such that deliverShared() does the same
  /// for a payload of that size, without a frame.
  bool sharesAll(const RoomPart &part, size_t payload) const noexcept;
  /// All of them get it. A text must be valid UTF-8.
  void deliverShared(RoomPart &part, wire::Opcode opcode,
                     std::span<const uint8_t> payload, Token except,
                     uint64_t sequence);

  /// Queues a frame behind all that the connection was given so far. When the
  /// queue is full (and stays so after an attempt to send) the server's policy
  /// decides; with Options::queue_policy drop_oldest the frame is queued.
  Pushed push(Connection &connection, const wire::FrameRef &frame);
  /// The same for a message to one connection, which is compressed if that has
  /// been agreed on and pays, else encoded in place if it is small. A text is
  /// checked.
  Pushed send(Connection &connection, wire::Opcode opcode,
              std::span<const uint8_t> payload);
  Pushed send(Connection &connection, const wire::FrameRef &frame);
  /// A frame without a limit, for close frames.
  void pushUnbounded(Connection &connection, const wire::FrameRef &frame);
  /// HTTP: behind what is queued, and (the response to the upgrade) before it.
  void pushResponse(Connection &connection, SharedBytes bytes);
  void pushResponseFront(Connection &connection, SharedBytes bytes);
  /// The connection was refused a message or lost one: the program is told
  /// when its queue is empty again.
  void noteFull(Connection &connection) noexcept;
  /// Another thread has found the connection's queue full.
  void refused(Connection &connection);
  /// Takes what the connection's room has been sent this turn into its queue.
  void settle(Connection &connection) {
    if (connection.sharing != Connection::none)
      settleShared(connection);
  }
  void dropQueue(Connection &connection, bool keepStarted) noexcept;

  /// The connection has something to send or might share a chunk.
  void markDirty(Connection &connection) {
    if (!connection.dirty)
      addDirty(connection);
  }
  /// The stream has failed, or memory is out and the connection has lost bytes:
  /// it is ended when the turn is over.
  void giveUp(Connection &connection) noexcept;
  /// The socket takes no more: nothing is sent before it is writable.
  void awaitWritable(Connection &connection) noexcept;

  /// After a connection's input: what it alone is to be sent goes out at once,
  /// while it is in the caches, when waiting for the end of the turn would not
  /// spare a system call.
  void flushSoon(Connection &connection) noexcept;
  /// To how many members of large rooms flush() would send now.
  size_t largeFanout() const noexcept;
  /// Sends everything that can be sent. What the program gives in answer, and
  /// gives again, waits for the next turn: then hasOutput().
  void flush() noexcept;
  bool hasOutput() const noexcept {
    return !dirty.empty() || !dirtyParts.empty() || anyGivenUp;
  }
  /// Before connections that have ended are freed.
  void forgetEnded() noexcept;
  /// From now on flush() sends by io_uring(7), if the kernel lets it; else it
  /// says why, once, and sends as before.
  void useIoUring();

  /// The largest frame that any queue takes.
  size_t maxFrame() const noexcept { return maxBytes; }

  /// Any thread.
  const wire::CompressionCounts &deflated() const noexcept {
    return deflater.counts();
  }

private:
  void settleShared(Connection &connection);
  void addDirty(Connection &connection);
  void giveQueue(Connection &connection);
  OutQueue &queueOf(Connection &connection) {
    if (!connection.out)
      giveQueue(connection);
    return *connection.out;
  }
  void noteSize(Connection &connection) noexcept;
  bool fits(const Connection &connection, size_t size) const noexcept;
  Series dropSeries() const noexcept;
  static OutQueue::Small pushLarge(OutQueue &queue, wire::Opcode opcode,
                                   std::span<const uint8_t> payload);
  Pushed makeRoom(Connection &connection, size_t size);
  Member &memberOf(const Connection &connection, uint32_t membership) noexcept;
  static RoomPart *partFor(const Connection &connection,
                           RoomPart &whole) noexcept;
  static RoomPart &makePartFor(const Connection &connection, RoomPart &whole);
  void share(Connection &connection);
  void unshare(Connection &connection);
  void removeMember(std::vector<Member> &members, uint32_t index) noexcept;
  void removeMembership(Connection &connection, uint32_t index) noexcept;
  uint32_t membershipIn(const Connection &connection,
                        const RoomPart &part) const noexcept;
  int64_t deliverTo(RoomPart &part, const wire::FrameRef &frame,
                    Connection *skip, uint64_t sequence, size_t &given);
  bool chunkTakes(const RoomPart &part, size_t size) const noexcept;
  uint8_t *append(RoomPart &part, size_t size, Connection *skip, size_t &given);
  void flushParts(std::span<const std::shared_ptr<RoomPart>> parts,
                  bool turnEnds);
  void keepChunk(std::shared_ptr<Bytes> chunk) noexcept;
  void sendChunk(RoomPart &part, bool turnEnds);
  void keepUnsent(RoomPart &part, Connection &connection, size_t from,
                  size_t sent) noexcept;
  /// Runs a step for one connection; it is given up when there is no memory for
  /// that, so that the others get theirs and no list keeps what has gone.
  template <typename Step>
  void contained(Connection &connection, Step &&step) noexcept {
    try {
      step();
    } catch (const std::bad_alloc &) {
      giveUp(connection);
    }
  }
  void submitChunks();
  template <typename Done> void submit(Done &&done);
  bool sent(Connection &connection, net::IoResult result);
  net::IoResult writeFront(Connection &connection) noexcept;
  void flushQueue(Connection &connection);
  void submitQueues();
  void batchQueue(Connection &connection);
  void onBlocked(Connection &connection, net::Io io) noexcept;

  /// Queues kept for the next turn. There is always room for them in the list,
  /// so that keeping one cannot fail.
  static constexpr size_t maxSpareQueues = 1024;

  Shard &shard;
  const size_t maxBytes, maxMessages, maxChunk, maxRoomsBytes;
  const QueuePolicy policy;
  std::vector<uint8_t> scratch;
  wire::Deflater deflater;
  size_t scratchUsed = 0;                // by what is in the batch
  std::unique_ptr<net::SendBatch> batch; // null without io_uring
  net::SealedBatch sealed;
  std::vector<Connection *> unsharing; // while a chunk is sent
  bool anyGivenUp = false; // some connections are broken and not yet lost
  std::vector<std::shared_ptr<RoomPart>> dirtyParts;
  std::vector<Connection *> dirty, dirtyNow, drained;
  std::vector<std::unique_ptr<OutQueue>> spareQueues;
  ChunkPool chunks;
  /// Runs while there are any: memory of a burst is not kept for ever.
  struct ChunkTimer final : net::Timer {
    explicit ChunkTimer(Fanout &fanout) : fanout(fanout) {}
    void onTimer() override;
    Fanout &fanout;
  } chunkTimer{*this};
};

} // namespace plumb::rt::rooms

#endif // PLUMB_RUNTIME_ROOMS_FANOUT_H
