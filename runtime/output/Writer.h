//===- Writer.h - who alone writes to a connection's stream -----*- C++ -*-===//
//
// A writer owns the stream of one connection and what waits for it. It knows no
// phases and no rooms: who uses it says what is to be sent, and when nothing
// may go out. Its shard's thread only, but for load().
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_OUTPUT_WRITER_H
#define PLUMB_RUNTIME_OUTPUT_WRITER_H

#include "runtime/output/WatchedStream.h"

#include <atomic>
#include <sys/uio.h>

namespace plumb::rt::output {

/// What became of a message for one connection.
enum class Pushed : uint8_t {
  Queued,
  Dropped,  ///< its queue is full and the policy is to drop the newest
  Full,     ///< its queue is full and the policy is to disconnect: do so
  NotUtf8,  ///< a text that must not be sent
  TooLarge, ///< it alone is larger than any queue may be
};

/// `Stream` and `Loop` are net::Stream and net::Loop, or stand for them. Who
/// derives from it hears of the socket by onEvents().
template <typename Stream, typename Loop>
class BasicWriter : public BasicWatchedStream<Stream, Loop> {
  using Base = BasicWatchedStream<Stream, Loop>;
  using Base::awaitWritable, Base::blocked, Base::onBlocked,
      Base::setWritableWatch, Base::stream, Base::turn;

public:
  using Base::Base, Base::canSend, Base::contained;
  using typename Base::Turn;

  //===--- The stream ---===//

  /// The socket takes bytes again: TLS's own go first, then the queue's. False
  /// when the stream is broken.
  bool onWritable() {
    net::Io io = stream.flush();
    if (io == net::Io::WantWrite)
      return true;
    if (io != net::Io::Done)
      return false;
    blocked = false;
    markDirty();
    if (!queue)
      setWritableWatch(false);
    return true;
  }

  /// Closes the socket; what was queued is dropped.
  void close() noexcept {
    turn.loop.unwatch(stream.fd());
    stream.close();
    drop();
    queue.reset();
    closed = true;
  }
  bool isClosed() const noexcept { return closed; }

  //===--- The queue ---===//

  bool hasQueue() const noexcept { return queue != nullptr; }
  /// What waits, now.
  Load waiting() const noexcept {
    return queue ? Load{queue->bytes(), queue->messages()} : Load();
  }
  /// A copy of that, for other threads: what a turn adds is in it when it ends.
  Load load() const noexcept { return {queuedBytes.load(), queuedMessages}; }

  /// While held, nothing goes out.
  void hold(bool on) noexcept { held = on; }
  /// The turn is to report each time that the queue is empty.
  void tellWhenEmpty(bool on) noexcept { tellsEmpty = on; }
  /// A message was refused or lost since this was called last.
  bool takeLost() noexcept { return std::exchange(lost, false); }

  /// Queues a message, as it is. When there is no room for it, and none after
  /// an attempt to send, the policy decides.
  Pushed push(const wire::FrameRef &frame) {
    size_t size = frame.bytes().size();
    if (Pushed room = makeRoomFor(size); room != Pushed::Queued) [[unlikely]]
      return room;
    markDirty();
    ownQueue().push(frame);
    noteLoad();
    return Pushed::Queued;
  }
  /// The same for a payload, which is encoded in place if it is small. A text
  /// is checked. All of the way is one function: a third of what a program's
  /// `send` costs was calls.
  [[gnu::always_inline]] Pushed push(wire::Opcode opcode,
                                     std::span<const uint8_t> payload) {
    size_t size = wire::frameHeaderSize(payload.size()) + payload.size();
    if (Pushed room = makeRoomFor(size); room != Pushed::Queued) [[unlikely]]
      return room;
    markDirty();
    OutQueue &to = ownQueue();
    // A peer that reads slowly gets frames of their own: those can go one by
    // one.
    OutQueue::Small small = blocked ? OutQueue::Small::TooLarge
                                    : to.pushSmall(opcode, payload, size);
    if (small == OutQueue::Small::TooLarge) [[unlikely]]
      small = pushLarge(to, opcode, payload);
    if (blocked) // Else it is sent, and noted, this turn.
      noteLoad();
    return small == OutQueue::Small::NotUtf8 ? Pushed::NotUtf8 : Pushed::Queued;
  }
  /// A frame without a limit, for close frames.
  void pushUnbounded(const wire::FrameRef &frame) {
    markDirty();
    ownQueue().push(frame);
    noteLoad();
  }
  /// bytes[begin, end), whole data frames; they may grow meanwhile.
  void pushShared(wire::SharedBytes bytes, size_t begin, size_t end) {
    ownQueue().push(std::move(bytes), begin, end);
    markDirty();
  }
  /// What is no frame: a response of HTTP, behind what is queued, or before it.
  void pushResponse(wire::SharedBytes bytes) {
    ownQueue().pushResponse(std::move(bytes));
    noteLoad();
    markDirty();
  }
  void pushResponseFront(wire::SharedBytes bytes) {
    ownQueue().pushResponseFront(std::move(bytes));
    noteLoad();
    markDirty();
  }
  /// Another thread had a message for it that had no room: Dropped, or Full.
  Pushed refuseMessage() {
    Pushed result = lose(turn.limits.whenFull());
    if (result == Pushed::Dropped && !queue)
      turn.addEmptied(*this);
    return result;
  }

  /// Forgets what is queued.
  void drop() noexcept {
    if (queue)
      queue->clear(), noteLoad();
  }
  /// The same for what the peer cannot have seen the beginning of.
  void dropUnsent() noexcept {
    if (queue)
      queue->dropUnsent(stream.retryBytes()), noteLoad();
  }

  //===--- Sending ---===//

  /// Asks to be seen to when the turn ends.
  void markDirty() {
    if (!dirty)
      addDirty();
  }
  /// It is being seen to.
  void clearDirty() noexcept { dirty = false; }

  /// Bytes may be sent that are not queued.
  bool isIdle() const noexcept { return !queue && canSend(); }
  /// So many bytes are worth a system call of their own.
  static constexpr size_t worthSending = 16 * 1024;

  /// Sends what the socket takes.
  void flush() {
    while (onSent(writeFront())) {
    }
  }
  /// Sends the queue amid a turn. `alone`: the turn's end has nothing else to
  /// see to, so its record need not be fetched once more, only to see that.
  void flushNow(bool alone) noexcept {
    contained([&] { flush(); });
    if (!queue && alone && turn.removeIfLast(*this))
      dirty = false;
  }

  /// For batches, which send for many: what is to be sent next, copied together
  /// into `space` if it is small.
  std::span<const uint8_t> front(std::span<uint8_t> space) const noexcept {
    return queue->gather(space);
  }
  template <typename Batch>
  void addTo(Batch &batch, std::span<const uint8_t> bytes,
             void *user) noexcept {
    batch.add(stream, bytes, user);
  }
  template <typename Batch> bool paysIn(size_t bytes) const noexcept {
    return Batch::pays(stream, bytes);
  }
  /// After an attempt to send the front of the queue. True when there is more
  /// to send and the socket may take it.
  bool onSent(net::IoResult result) {
    turn.counters.sent(result.bytes);
    queue->consume(result.bytes);
    if (result.io != net::Io::Done) {
      noteLoad();
      onBlocked(result.io);
      return false;
    }
    if (!queue->empty())
      return true;
    turn.giveBack(std::move(queue));
    noteLoad();
    setWritableWatch(false);
    // What follows from an empty queue may call the program: not here.
    if (tellsEmpty || lost)
      turn.addEmptied(*this);
    return false;
  }

  /// Sends bytes that others are sent, too; only when isIdle().
  net::IoResult sendShared(std::span<const uint8_t> bytes) noexcept {
    net::IoResult result = stream.write(bytes);
    turn.counters.sent(result.bytes);
    return result;
  }
  /// The same by a batch.
  void countShared(net::IoResult result) noexcept {
    turn.counters.sent(result.bytes);
  }
  /// That has not sent all of chunk[from, ...): the rest is queued.
  void keepRest(const std::shared_ptr<wire::Bytes> &chunk, size_t from,
                net::IoResult result) noexcept {
    onBlocked(result.io);
    keepUnsent(chunk, from, result.bytes);
  }
  /// chunk[from, ...), of which `sent` bytes are sent, goes into the queue.
  void keepUnsent(const std::shared_ptr<wire::Bytes> &chunk, size_t from,
                  size_t sent) noexcept {
    contained([&] {
      markDirty();
      OutQueue &to = ownQueue();
      to.push(chunk, from, chunk->size());
      to.consume(sent); // Not 0 only for what was an empty queue.
      noteLoad();
    });
  }
  /// A hint to the caches, some members before this one is sent to.
  void prefetch() const noexcept {
    __builtin_prefetch(&stream);
    __builtin_prefetch(&blocked);
  }

protected:
  ~BasicWriter() = default;

private:
  [[gnu::noinline]] void addDirty() {
    turn.add(*this);
    dirty = true;
  }
  OutQueue &ownQueue() {
    if (!queue)
      queue = turn.takeQueue();
    return *queue;
  }
  void noteLoad() noexcept {
    Load now = waiting();
    turn.counters.add(metrics::Series::QueueBytes,
                      now.bytes - queuedBytes.load(std::memory_order_relaxed));
    queuedBytes.store(now.bytes, std::memory_order_relaxed);
    queuedMessages.store(static_cast<uint32_t>(now.messages),
                         std::memory_order_relaxed);
  }

  Pushed makeRoomFor(size_t size) {
    if (turn.limits.fateOf(size, waiting()) == Fate::Queue) [[likely]]
      return Pushed::Queued;
    return makeRoom(size);
  }
  [[gnu::noinline]] Pushed makeRoom(size_t size) {
    // A burst of one turn is not a slow peer.
    if (queue && canSend() && !held)
      flush();
    Fate fate = turn.limits.fateOf(size, waiting());
    if (fate != Fate::DropOldest)
      return lose(fate);
    lost = true;
    turn.counters.add(metrics::Series::DroppedOldest,
                      queue->dropOldest(stream.retryBytes(), size,
                                        turn.limits.maxBytes,
                                        turn.limits.maxMessages));
    // Frames that must stay may be all there is.
    return turn.limits.fateOf(size, waiting()) == Fate::Queue
               ? Pushed::Queued
               : lose(Fate::DropNewest);
  }
  Pushed lose(Fate fate) noexcept {
    switch (fate) {
    case Fate::Queue:
      return Pushed::Queued;
    case Fate::TooLarge:
      return Pushed::TooLarge;
    case Fate::Disconnect:
      turn.counters.add(metrics::Series::DroppedQueueFull);
      return Pushed::Full;
    case Fate::DropOldest:
    case Fate::DropNewest:
      turn.counters.add(metrics::Series::DroppedNewest);
      lost = true;
      return Pushed::Dropped;
    }
    __builtin_unreachable();
  }
  /// As a frame of its own.
  [[gnu::noinline]] static OutQueue::Small
  pushLarge(OutQueue &to, wire::Opcode opcode,
            std::span<const uint8_t> payload) {
    wire::FrameRef frame = wire::encodeMessage(opcode, payload);
    if (!frame)
      return OutQueue::Small::NotUtf8;
    to.push(std::move(frame));
    return OutQueue::Small::Pushed;
  }

  net::IoResult writeFront() noexcept {
    std::span<uint8_t> scratch = turn.scratchSpace();
    std::span<const uint8_t> bytes = queue->gather(scratch);
    if (bytes.size() == queue->bytes() || bytes.data() == scratch.data() ||
        stream.isTls())
      return stream.write(bytes);
    // Large frames, and more than one.
    iovec parts[maxParts];
    return stream.writeParts(std::span(parts).first(queue->gatherParts(parts)));
  }
  /// Ranges of one sendmsg(2).
  static constexpr size_t maxParts = 64;

  // What a broadcast touches comes first, behind the stream.
  std::unique_ptr<OutQueue> queue; ///< null when nothing is queued
  bool dirty = false;              ///< among those that the turn sees to
  bool closed = false, held = false, tellsEmpty = false;
  bool lost = false;                       ///< see takeLost()
  std::atomic<uint32_t> queuedMessages{0}; ///< see load()
  std::atomic<size_t> queuedBytes{0};
};

using Turn = BasicTurn<net::Stream, net::Loop>;
using Writer = BasicWriter<net::Stream, net::Loop>;

} // namespace plumb::rt::output

#endif // PLUMB_RUNTIME_OUTPUT_WRITER_H
