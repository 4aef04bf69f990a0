//===- Flusher.h - where a turn's output is sent ----------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_OUTPUT_FLUSHER_H
#define PLUMB_RUNTIME_OUTPUT_FLUSHER_H

#include "runtime/net/SealedBatch.h"
#include "runtime/net/SendBatch.h"
#include "runtime/output/Writer.h"

#include <array>
#include <memory>
#include <span>
#include <vector>

namespace plumb::rt::output {

/// Ends the turns of one thread: sends what its writers have, once, for many at
/// a time where that is cheaper. The thread's only; no function but flush()
/// calls the program, by its hooks.
class Flusher {
public:
  explicit Flusher(Turn &turn) : turn(turn) {}
  Flusher(const Flusher &) = delete;
  Flusher &operator=(const Flusher &) = delete;

  /// From now on sends by io_uring(7), if the kernel lets it; else says why,
  /// once, and sends as before. A ring belongs to its thread.
  void useIoUring();
  /// A call of the system for one writer's plain bytes costs as much as one for
  /// many.
  bool batches() const noexcept { return batch != nullptr; }

  bool hasOutput() const noexcept {
    return turn.hasDirty() || turn.hasBroken();
  }

  /// Sends everything that can be sent. What the program gives in answer, and
  /// gives again, waits for the next turn: then hasOutput(). The hooks are
  ///   bool hasOutput(): there is more than what the writers have
  ///   void send(): sends that, by sendShared(); nothing may leave by bad_alloc
  ///   void onFlushed(Writer &): it was seen to, sent or not
  ///   void onEmptied(Writer &): its queue is empty; see Turn::addEmptied()
  ///   void endBroken(): some writers are broken
  template <typename Hooks> void flush(Hooks &hooks) noexcept {
    int pass = 0;
    do {
      hooks.send();
      flushQueues();
      for (Writer *writer : dirtyNow)
        writer->contained([&] { hooks.onFlushed(*writer); });
      dirtyNow.clear();
      turn.seeEmptied([&](Writer &writer) {
        writer.contained([&] { hooks.onEmptied(writer); });
      });
      if (turn.takeBroken())
        hooks.endBroken();
    } while ((hasOutput() || hooks.hasOutput()) && ++pass < maxPasses);
  }

  /// Sends chunk[from, ...), bytes that others are sent, too, to a writer of
  /// which nothing else waits; what it cannot be sent goes into its queue.
  /// `turnEnds`: its queue is sent soon. Nobody may destroy the chunk, nor send
  /// to the writer, before submitShared().
  void sendShared(Writer &writer, const std::shared_ptr<wire::Bytes> &chunk,
                  size_t from, bool turnEnds) noexcept {
    if (writer.hasQueue() && !turnEnds && writer.canSend())
      writer.contained([&] { writer.flush(); });
    if (!writer.isIdle()) [[unlikely]]
      return keepUnsent(writer, chunk, from);
    std::span<const uint8_t> bytes = std::span(*chunk).subspan(from);
    if (writer.isTls() ? writer.paysIn<net::SealedBatch>(bytes.size())
                       : batch != nullptr) [[unlikely]]
      addShared(writer, chunk, bytes);
    else
      sendAlone(writer, chunk, bytes);
  }
  /// Sends what sendShared() has put off. Calls `each(Writer &)` for those that
  /// have fallen behind since the last call.
  template <typename Each> void submitShared(Each &&each) noexcept {
    submitChunks();
    for (Writer *writer : slow)
      writer->contained([&] { each(*writer); });
    slow.clear();
  }

private:
  /// On_close and on_drained may produce output; what others owe to that goes
  /// out at once, but a program that fills a queue each time it is empty must
  /// not keep the turn from its end.
  static constexpr int maxPasses = 4;

  /// A writer that is to be sent a part of a chunk.
  struct Sharer {
    Writer *writer;
    const std::shared_ptr<wire::Bytes> *chunk;
  };
  static constexpr size_t maxSharers =
      net::SealedBatch::maxWrites + net::SendBatch::maxSends;

  void flushQueues() noexcept;
  void batchQueue(Writer &writer);
  void submitQueues() noexcept;
  void submitChunks() noexcept;
  void *sharer(Writer &writer,
               const std::shared_ptr<wire::Bytes> &chunk) noexcept;
  void keepUnsent(Writer &writer, const std::shared_ptr<wire::Bytes> &chunk,
                  size_t from) noexcept;
  void addShared(Writer &writer, const std::shared_ptr<wire::Bytes> &chunk,
                 std::span<const uint8_t> bytes) noexcept;
  void sendAlone(Writer &writer, const std::shared_ptr<wire::Bytes> &chunk,
                 std::span<const uint8_t> bytes) noexcept {
    net::IoResult result = writer.sendShared(bytes);
    if (result.io != net::Io::Done) [[unlikely]]
      keepRest(writer, chunk, bytes, result);
  }
  void keepRest(Writer &writer, const std::shared_ptr<wire::Bytes> &chunk,
                std::span<const uint8_t> bytes, net::IoResult result) noexcept;
  void noteSlow(Writer &writer) noexcept;
  template <typename Done> void submit(Done &&done);

  static constexpr size_t scratchSize = 64 * 1024;

  Turn &turn;
  /// What is copied together for the batches, until they are submitted. The
  /// turn's own is no place for it: a writer that is flushed alone uses that.
  std::unique_ptr<uint8_t[]> scratch =
      std::make_unique_for_overwrite<uint8_t[]>(scratchSize);
  size_t scratchUsed = 0;
  std::unique_ptr<net::SendBatch> batch; // null without io_uring
  net::SealedBatch sealed;
  std::vector<Writer *> dirtyNow;
  std::vector<Writer *> slow; // while chunks are sent
  std::array<Sharer, maxSharers> sharers;
  size_t sharersUsed = 0;
};

} // namespace plumb::rt::output

#endif // PLUMB_RUNTIME_OUTPUT_FLUSHER_H
