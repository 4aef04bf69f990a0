//===- Flusher.cpp - where a turn's output is sent ------------------------===//

#include "runtime/output/Flusher.h"
#include "runtime/base/Log.h"

#include <string>

namespace plumb::rt::output {

void Flusher::useIoUring() {
  std::string why;
  batch = net::SendBatch::make(why);
  if (!batch)
    base::log(base::Ungated("at the start"), base::LogLevel::Info,
              "io_uring is not to be had here (" + why + "); using epoll");
}

/// Calls `done(user, bytes, IoResult)` for what is in the batches.
template <typename Done> void Flusher::submit(Done &&done) {
  sealed.submit(done);
  if (!batch || batch->empty() || batch->submit(done))
    return;
  base::log(base::Ungated("once a shard"), base::LogLevel::Warning,
            "io_uring has failed; sending with epoll from now on");
  batch.reset();
}

//===----------------------------------------------------------------------===//
// Queues
//===----------------------------------------------------------------------===//

void Flusher::flushQueues() noexcept {
  turn.takeDirty(dirtyNow);
  for (Writer *writer : dirtyNow) {
    writer->clearDirty();
    if (!writer->hasQueue() || !writer->canSend())
      continue;
    writer->contained([&] {
      bool pays =
          writer->isTls()
              ? writer->paysIn<net::SealedBatch>(writer->waiting().bytes)
              : batch != nullptr;
      pays ? batchQueue(*writer) : writer->flush();
    });
  }
  submitQueues();
}

void Flusher::submitQueues() noexcept {
  submit([](void *user, std::span<const uint8_t>, net::IoResult result) {
    Writer &writer = *static_cast<Writer *>(user);
    writer.contained([&] {
      if (writer.onSent(result))
        writer.flush();
    });
  });
  scratchUsed = 0;
}

/// Adds the front of the queue to the batch; what is behind it follows when
/// that has been sent.
void Flusher::batchQueue(Writer &writer) {
  bool tls = writer.isTls();
  if ((tls ? sealed.full() : batch->full()) ||
      scratchSize - scratchUsed < scratchSize / 8) {
    submitQueues();
    if (!tls && !batch)
      return writer.flush();
  }
  std::span space(scratch.get() + scratchUsed, scratchSize - scratchUsed);
  std::span<const uint8_t> bytes = writer.front(space);
  if (bytes.data() == space.data())
    scratchUsed += bytes.size();
  if (tls)
    writer.addTo(sealed, bytes, &writer);
  else
    batch->add(writer.fd(), bytes, &writer);
}

//===----------------------------------------------------------------------===//
// Chunks
//===----------------------------------------------------------------------===//

void Flusher::keepRest(Writer &writer,
                       const std::shared_ptr<wire::Bytes> &chunk,
                       std::span<const uint8_t> bytes,
                       net::IoResult result) noexcept {
  auto from = static_cast<size_t>(bytes.data() - chunk->data());
  writer.keepRest(chunk, from, result);
  noteSlow(writer);
}

void Flusher::noteSlow(Writer &writer) noexcept {
  if (!writer.canSend())
    writer.contained([&] { slow.push_back(&writer); });
}

void Flusher::keepUnsent(Writer &writer,
                         const std::shared_ptr<wire::Bytes> &chunk,
                         size_t from) noexcept {
  writer.keepUnsent(chunk, from, 0);
  noteSlow(writer);
}

void *Flusher::sharer(Writer &writer,
                      const std::shared_ptr<wire::Bytes> &chunk) noexcept {
  sharers[sharersUsed] = {&writer, &chunk};
  return &sharers[sharersUsed++];
}

void Flusher::addShared(Writer &writer,
                        const std::shared_ptr<wire::Bytes> &chunk,
                        std::span<const uint8_t> bytes) noexcept {
  bool tls = writer.isTls();
  if (tls ? sealed.full() : batch->full())
    submitChunks();
  if (tls)
    writer.addTo(sealed, bytes, sharer(writer, chunk));
  else if (batch)
    batch->add(writer.fd(), bytes, sharer(writer, chunk));
  else
    sendAlone(writer, chunk, bytes);
}

void Flusher::submitChunks() noexcept {
  submit(
      [this](void *user, std::span<const uint8_t> bytes, net::IoResult result) {
        auto [writer, chunk] = *static_cast<Sharer *>(user);
        writer->countShared(result);
        if (result.io != net::Io::Done)
          keepRest(*writer, *chunk, bytes, result);
      });
  sharersUsed = 0;
}

} // namespace plumb::rt::output
