//===- Fanout.h - messages of rooms onto streams ----------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_SERVER_FANOUT_H
#define PLUMB_RUNTIME_SERVER_FANOUT_H

#include "runtime/output/Flusher.h"
#include "runtime/rooms/LocalRooms.h"
#include "runtime/server/Recipient.h"

namespace plumb::rt::server {

/// Brings what the rooms of a shard are given to the streams of their members:
/// the sink of LocalRooms. The shard's thread only; no function but flush()
/// calls the program.
class Fanout {
public:
  Fanout(net::Loop &loop, rooms::LocalRooms &rooms, output::Flusher &flusher)
      : loop(loop), rooms(rooms), flusher(flusher) {}
  ~Fanout() { loop.timers().disarm(chunkTimer); }
  Fanout(const Fanout &) = delete;
  Fanout &operator=(const Fanout &) = delete;

  /// Queues a frame behind all that the recipient was given so far.
  output::Pushed push(Recipient &to, const wire::FrameRef &frame) {
    settle(to);
    return to.push(frame);
  }
  /// Takes what the recipient's room has been sent this turn into its queue.
  void settle(Recipient &to) { rooms.settle(to, *this); }
  /// It was a member when messages were sent, but gets no more.
  bool leave(Recipient &who, std::string_view room) {
    return rooms.leave(who, room, *this);
  }

  /// See LocalRooms.
  int64_t deliver(rooms::RoomPart &part, const wire::FrameRef &frame,
                  rooms::Subscriber *skip, uint64_t sequence) {
    return rooms.deliver(part, frame, skip, sequence, *this);
  }
  void deliverShared(rooms::RoomPart &part, wire::Opcode opcode,
                     std::span<const uint8_t> payload, rooms::Subscriber *skip,
                     uint64_t sequence) {
    rooms.deliverShared(part, opcode, payload, skip, sequence, *this);
  }

  bool hasOutput() const noexcept {
    return flusher.hasOutput() || rooms.hasChunks();
  }
  /// Ends the turn: sends everything that can be sent. `endBroken` is called
  /// when there are recipients whose streams have failed.
  template <typename EndBroken> void flush(EndBroken &&endBroken) noexcept {
    Hooks<EndBroken> hooks{*this, endBroken};
    flusher.flush(hooks);
  }

  // The sink.
  rooms::Given give(rooms::Subscriber &to, const wire::FrameRef &frame) {
    switch (push(Recipient::of(to), frame)) {
    case output::Pushed::Queued:
      return rooms::Given::Queued;
    case output::Pushed::Full:
      return rooms::Given::Full;
    default:
      return rooms::Given::Dropped;
    }
  }
  void keep(rooms::Subscriber &to, wire::SharedBytes chunk, size_t begin,
            size_t end) {
    Recipient::of(to).pushShared(std::move(chunk), begin, end);
  }
  void overflow(rooms::Subscriber &to) { Recipient::of(to).overflow(); }
  void
  sendChunks(std::span<const std::shared_ptr<rooms::RoomPart>> parts) noexcept;

private:
  template <typename EndBroken> struct Hooks {
    Fanout &fanout;
    EndBroken &end;

    bool hasOutput() const noexcept { return fanout.rooms.hasChunks(); }
    void send() noexcept { fanout.sendAllChunks(); }
    void onFlushed(output::Writer &writer) {
      if (Recipient &one = Recipient::of(writer); one.mayShare())
        fanout.rooms.share(one);
    }
    void onEmptied(output::Writer &writer) {
      Recipient::of(writer).onEmptied();
    }
    void endBroken() { end(); }
  };

  auto sender(bool turnEnds) noexcept {
    return [this, turnEnds](rooms::Subscriber &to,
                            const std::shared_ptr<wire::Bytes> &chunk,
                            size_t from) noexcept {
      flusher.sendShared(Recipient::of(to), chunk, from, turnEnds);
    };
  }
  static auto prefetcher() noexcept {
    return [](rooms::Subscriber &to) noexcept { Recipient::of(to).prefetch(); };
  }
  /// Those that have not taken it all become direct members. Only now, because
  /// others take their places.
  auto sent() noexcept {
    return [this]() noexcept {
      flusher.submitShared([this](output::Writer &writer) {
        rooms.unshare(Recipient::of(writer));
      });
    };
  }
  void sendAllChunks() noexcept;

  /// Runs while chunks are kept: memory of a burst is not kept for ever.
  struct ChunkTimer final : net::Timer {
    explicit ChunkTimer(Fanout &fanout) : fanout(fanout) {}
    void onTimer() override;
    Fanout &fanout;
  };

  net::Loop &loop;
  rooms::LocalRooms &rooms;
  output::Flusher &flusher;
  ChunkTimer chunkTimer{*this};
};

} // namespace plumb::rt::server

#endif // PLUMB_RUNTIME_SERVER_FANOUT_H
