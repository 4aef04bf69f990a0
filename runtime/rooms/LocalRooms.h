//===- LocalRooms.h - the rooms of one shard --------------------*- C++ -*-===//
//
// Who alone knows which of a shard's connections is in which room, and what the
// members of a room are to be given. No socket is in sight: messages leave by a
// sink, which is whoever calls. A sink has
//
//   Given give(Subscriber &, const wire::FrameRef &)
//       puts the frame behind all that the member was given so far
//   void keep(Subscriber &, wire::SharedBytes, size_t begin, size_t end)
//       the same with a range of a room's chunk
//   void overflow(Subscriber &)
//       ends a member whose queue is Full; it leaves its rooms
//   void sendChunks(std::span<const std::shared_ptr<RoomPart>>)
//       sends what the parts' chunks have, amid a turn: see sendChunks() here
//
// and none of them but overflow() may change memberships. Templates, so that a
// delivery costs no virtual call. One thread's.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_ROOMS_LOCALROOMS_H
#define PLUMB_RUNTIME_ROOMS_LOCALROOMS_H

#include "runtime/metrics/Metrics.h"
#include "runtime/rooms/ChunkPool.h"
#include "runtime/rooms/Directory.h"
#include "runtime/wire/Deflater.h"
#include "runtime/wire/Mask.h"

#include <algorithm>
#include <cstring>
#include <span>

namespace plumb::rt::rooms {

/// What became of a message for one member.
enum class Given : uint8_t {
  Queued,
  Dropped,
  Full, ///< dropped, and the member is to be ended
};

class LocalRooms {
public:
  struct Limits {
    size_t maxFrame;      ///< bytes that a member's queue takes
    size_t maxMessages;   ///< messages that it takes
    size_t maxRoomsBytes; ///< what Subscriber::bytes() may be
  };
  /// The inbox is the shard's, under which the directory knows it.
  LocalRooms(Directory &directory, Inbox &inbox, metrics::Counters &counters,
             wire::Deflater &deflater, const Limits &limits)
      : directory(directory), inbox(inbox), counters(counters),
        deflater(deflater), limits(limits),
        maxChunk(std::min(chunkLimit, limits.maxFrame)) {}
  LocalRooms(const LocalRooms &) = delete;
  LocalRooms &operator=(const LocalRooms &) = delete;

  //===--- Memberships ---===//

  enum class Joined : uint8_t { Already, Now, TooMany };
  /// TooMany: it would be over maxRoomsBytes. Throws std::bad_alloc, having
  /// done nothing.
  Joined join(Subscriber &who, std::string_view room);
  /// False when it was no member.
  template <typename Sink>
  bool leave(Subscriber &who, std::string_view room, Sink &sink) {
    std::shared_ptr<RoomPart> whole = directory.find(room, inbox);
    RoomPart *part = whole ? partFor(who, *whole) : nullptr;
    uint32_t at = part ? who.find(*part) : Subscriber::none;
    if (at == Subscriber::none)
      return false;
    if (at == who.sharing())
      settle(who, sink); // It was a member when those messages were sent.
    remove(who, at);
    return true;
  }
  /// Costs O(rooms of the subscriber).
  void leaveAll(Subscriber &who) noexcept;

  /// Between turns: a member with nothing in its own queue shares the chunk of
  /// its first room, if it may. Throws std::bad_alloc, having done nothing.
  void share(Subscriber &who);
  /// The reverse; it must have been settled.
  void unshare(Subscriber &who);

  /// Gives what the member's room has been sent this turn into its queue. Comes
  /// before anything else that goes there.
  template <typename Sink> void settle(Subscriber &who, Sink &sink) {
    if (who.shares())
      settleShared(who, sink);
  }

  //===--- Messages ---===//

  /// The room that has been given a message last, if that is its name and it
  /// still has members here: messages to one room come in bursts.
  RoomPart *lastNamed(std::string_view room) const noexcept {
    return last && last->name == room ? last : nullptr;
  }
  void remember(RoomPart &part) noexcept { last = &part; }

  /// Gives a message to the members that joined before it was numbered
  /// `sequence`, but for `skip`, which may be null; returns how many of them
  /// did not get it.
  template <typename Sink>
  int64_t deliver(RoomPart &part, const wire::FrameRef &frame, Subscriber *skip,
                  uint64_t sequence, Sink &sink);
  /// True when the room's members are such that deliverShared() does the same
  /// for a payload of that size, without a frame.
  bool sharesAll(const RoomPart &part, size_t payload) const noexcept {
    return part.direct.empty() &&
           (!part.deflated || part.deflated->members() == 0) &&
           chunkTakes(part, wire::frameHeaderSize(payload) + payload);
  }
  /// All of them get it. A text must be valid UTF-8.
  template <typename Sink>
  void deliverShared(RoomPart &part, wire::Opcode opcode,
                     std::span<const uint8_t> payload, Subscriber *skip,
                     uint64_t sequence, Sink &sink);

  //===--- The end of a turn ---===//

  bool hasChunks() const noexcept { return !dirtyParts.empty(); }
  /// To how many members of large rooms chunks are to be sent.
  size_t largeFanout() const noexcept;
  /// Calls `send(Subscriber &, chunk, from)` for every member that is to be
  /// sent chunk[from, ...), then `sent()`, then forgets the chunks, which the
  /// queues may have kept. No part is twice among `parts`. `ahead(Subscriber
  /// &)` is called some members before `send` is. Nothing may leave by
  /// std::bad_alloc, or change memberships but by share() and unshare() in
  /// `sent`.
  template <typename Send, typename Ahead, typename Sent>
  void sendChunks(std::span<const std::shared_ptr<RoomPart>> parts, Send &&send,
                  Ahead &&ahead, Sent &&sent) noexcept;
  /// The same for all.
  template <typename Send, typename Ahead, typename Sent>
  void sendAllChunks(Send &&send, Ahead &&ahead, Sent &&sent) noexcept {
    sendChunks(dirtyParts, send, ahead, sent);
    for (const std::shared_ptr<RoomPart> &part : dirtyParts)
      part->listed = false;
    dirtyParts.clear();
  }
  /// Memory of a burst is not kept for ever: to be called now and then while
  /// keepsChunks(). False when none is left.
  bool keepsChunks() const noexcept { return chunks.keeps(); }
  bool freeUnusedChunks() noexcept { return chunks.freeUnused(); }

private:
  /// A chunk that has grown to this is sent before the turn ends, and a frame
  /// that is larger is not copied into one.
  static constexpr size_t chunkLimit = 256 * 1024;
  /// Members between the one that is sent to and the one that is fetched.
  static constexpr size_t fetchedAhead = 4;

  static RoomPart *partFor(const Subscriber &who, RoomPart &whole) noexcept;
  static RoomPart &makePartFor(const Subscriber &who, RoomPart &whole);
  static Member &memberOf(const Subscriber &who, uint32_t membership) noexcept;
  static void removeMember(std::vector<Member> &members,
                           uint32_t index) noexcept;
  void remove(Subscriber &who, uint32_t membership) noexcept;
  void forget(RoomPart &whole) noexcept;

  /// How much of the chunk the member has been given.
  static size_t givenTo(const RoomPart &part, const Member &member) noexcept {
    return member.mark == part.turn ? member.cursor : 0;
  }
  template <typename Sink>
  [[gnu::noinline]] void settleShared(Subscriber &who, Sink &sink);
  /// Whether the room's chunk takes so many bytes more without being sent,
  /// which may make direct members of sharing ones.
  bool chunkTakes(const RoomPart &part, size_t size) const noexcept {
    return part.chunk ? part.chunk->size() + size <= maxChunk &&
                            part.chunkMessages < limits.maxMessages
                      : size <= maxChunk;
  }
  template <typename Sink>
  uint8_t *append(RoomPart &part, size_t size, Subscriber *skip, size_t &given,
                  Sink &sink);
  template <typename Sink>
  int64_t deliverTo(RoomPart &part, const wire::FrameRef &frame,
                    Subscriber *skip, uint64_t sequence, size_t &given,
                    Sink &sink);

  Directory &directory;
  Inbox &inbox;
  metrics::Counters &counters;
  wire::Deflater &deflater;
  const Limits limits;
  const size_t maxChunk;
  RoomPart *last = nullptr; ///< see lastNamed()
  std::vector<std::shared_ptr<RoomPart>> dirtyParts;
  ChunkPool chunks;
};

template <typename Sink>
void LocalRooms::settleShared(Subscriber &who, Sink &sink) {
  RoomPart &part = *who.at(who.sharing()).part;
  if (!part.chunk)
    return;
  Member &member = memberOf(who, who.sharing());
  size_t from = givenTo(part, member), end = part.chunk->size();
  if (from == end)
    return;
  sink.keep(who, part.chunk, from, end);
  member.mark = part.turn;
  member.cursor = end;
}

/// Makes room for a frame of `size` bytes for all sharing members of the room
/// but `skip`; the caller writes it. Adds how many those are to `given`.
template <typename Sink>
uint8_t *LocalRooms::append(RoomPart &part, size_t size, Subscriber *skip,
                            size_t &given, Sink &sink) {
  if (!chunkTakes(part, size)) {
    std::shared_ptr<RoomPart> full = part.shared_from_this();
    sink.sendChunks(std::span(&full, 1));
  }
  if (skip && (!skip->shares() || skip->at(skip->sharing()).part != &part))
    skip = nullptr;
  if (skip)
    settle(*skip, sink);
  if (!part.chunk) {
    if (!part.listed)
      dirtyParts.push_back(part.shared_from_this());
    part.listed = true;
    part.chunk = chunks.take();
  }
  wire::Bytes &chunk = *part.chunk;
  size_t begin = chunk.size();
  chunk.resize(begin + size);
  ++part.chunkMessages;
  if (skip) {
    Member &member = memberOf(*skip, skip->sharing());
    member.mark = part.turn;
    member.cursor = chunk.size();
  }
  given += part.sharing.size() - (skip != nullptr);
  return chunk.data() + begin;
}

template <typename Sink>
void LocalRooms::deliverShared(RoomPart &part, wire::Opcode opcode,
                               std::span<const uint8_t> payload,
                               Subscriber *skip, uint64_t sequence,
                               Sink &sink) {
  part.sequence = sequence;
  size_t given = 0, header = wire::frameHeaderSize(payload.size());
  uint8_t *to = append(part, header + payload.size(), skip, given, sink);
  to = wire::writeFrameHeader(to, opcode, true, payload.size());
  wire::maskCopy(to, payload.data(), payload.size(), 0);
  counters.broadcast(given);
}

template <typename Sink>
int64_t LocalRooms::deliver(RoomPart &part, const wire::FrameRef &frame,
                            Subscriber *skip, uint64_t sequence, Sink &sink) {
  size_t given = 0;
  int64_t undelivered = deliverTo(part, frame, skip, sequence, given, sink);
  bool fits = frame.bytes().size() <= limits.maxFrame;
  if (RoomPart *deflated = part.deflated.get()) {
    // Not for nobody, and not for a message that is too large for all.
    bool pays = deflated->members() != 0 && fits;
    undelivered +=
        deliverTo(*deflated, pays ? frame.compressed(deflater) : frame, skip,
                  sequence, given, sink);
  }
  if (fits)
    counters.broadcast(given);
  return undelivered;
}

template <typename Sink>
int64_t LocalRooms::deliverTo(RoomPart &part, const wire::FrameRef &frame,
                              Subscriber *skip, uint64_t sequence,
                              size_t &given, Sink &sink) {
  part.sequence = sequence;
  size_t size = frame.bytes().size();
  if (size > limits.maxFrame) {
    bool skipsOne = skip && skip->find(part) != Subscriber::none;
    size_t members = part.members() - skipsOne;
    counters.addShared(metrics::Series::DroppedTooLarge, members);
    return static_cast<int64_t>(members);
  }
  std::vector<Subscriber *> full;
  int64_t dropped = 0;
  auto give = [&](Subscriber &who) {
    switch (sink.give(who, frame)) {
    case Given::Queued:
      ++given;
      break;
    case Given::Full:
      full.push_back(&who);
      break;
    case Given::Dropped:
      ++dropped;
    }
  };
  if (size <= maxChunk) {
    if (!part.sharing.empty())
      std::ranges::copy(frame.bytes(), append(part, size, skip, given, sink));
  } else {
    for (const Member &member : part.sharing)
      if (member.who != skip)
        give(*member.who);
  }
  for (const Member &member : part.direct)
    if (member.who != skip && member.mark < sequence)
      give(*member.who);
  for (Subscriber *who : full)
    sink.overflow(*who);
  return static_cast<int64_t>(full.size()) + dropped;
}

template <typename Send, typename Ahead, typename Sent>
void LocalRooms::sendChunks(std::span<const std::shared_ptr<RoomPart>> parts,
                            Send &&send, Ahead &&ahead, Sent &&sent) noexcept {
  for (const std::shared_ptr<RoomPart> &part : parts) {
    if (!part->chunk)
      continue;
    const size_t end = part->chunk->size();
    for (size_t i = 0, count = part->sharing.size(); i < count; ++i) {
      Member &member = part->sharing[i];
      // Sending has taken their records' place in the caches.
      if (i + fetchedAhead < count)
        ahead(*part->sharing[i + fetchedAhead].who);
      size_t from = givenTo(*part, member);
      member.mark = 0; // No turn has this number.
      if (from != end)
        send(*member.who, part->chunk, from);
    }
  }
  sent();
  for (const std::shared_ptr<RoomPart> &part : parts)
    if (part->chunk) {
      ++part->turn;
      part->chunkMessages = 0;
      chunks.give(std::exchange(part->chunk, nullptr));
    }
}

} // namespace plumb::rt::rooms

#endif // PLUMB_RUNTIME_ROOMS_LOCALROOMS_H
