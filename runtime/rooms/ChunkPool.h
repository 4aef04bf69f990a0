//===- ChunkPool.h - buffers of rooms, kept for the next turn ---*- C++ -*-===//
#ifndef PLUMB_RUNTIME_ROOMS_CHUNKPOOL_H
#define PLUMB_RUNTIME_ROOMS_CHUNKPOOL_H

#include "runtime/wire/Bytes.h"

#include <algorithm>
#include <memory>
#include <vector>

namespace plumb::rt::rooms {

/// Buffers that have grown to what a room's turn needs and whose pages are
/// there: growing a new one costs more than sending it does. One thread's.
class ChunkPool {
public:
  ChunkPool() { spare.reserve(maxChunks); }

  /// An empty one. Throws std::bad_alloc.
  std::shared_ptr<wire::Bytes> take() {
    if (spare.empty())
      return std::make_shared<wire::Bytes>();
    std::shared_ptr<wire::Bytes> chunk = std::move(spare.back());
    spare.pop_back();
    kept -= chunk->capacity();
    unused = std::min(unused, spare.size());
    return chunk;
  }

  /// Keeps it if nothing else refers to it and there is room for it. Queues
  /// that refer to it hold no more than twice what it has in it.
  void give(std::shared_ptr<wire::Bytes> chunk) noexcept {
    if (chunk.use_count() != 1) {
      if (chunk->capacity() / 2 > chunk->size())
        chunk->shrink_to_fit();
      return;
    }
    if (chunk->capacity() > maxKept - kept || spare.size() == maxChunks)
      return;
    chunk->clear();
    kept += chunk->capacity();
    spare.push_back(std::move(chunk));
  }

  bool keeps() const noexcept { return !spare.empty(); }

  /// Frees those that were not needed since the last call. False when none is
  /// left.
  bool freeUnused() noexcept {
    auto end = spare.begin() + static_cast<ptrdiff_t>(unused);
    for (auto chunk = spare.begin(); chunk != end; ++chunk)
      kept -= (*chunk)->capacity();
    spare.erase(spare.begin(), end);
    unused = spare.size();
    return !spare.empty();
  }

private:
  static constexpr size_t maxChunks = 1024, maxKept = 64 << 20;

  std::vector<std::shared_ptr<wire::Bytes>> spare;
  size_t kept = 0;   // bytes of capacity
  size_t unused = 0; // how many at the front nobody took
};

} // namespace plumb::rt::rooms

#endif // PLUMB_RUNTIME_ROOMS_CHUNKPOOL_H
