//===- Text.cpp - the strings of the C interface --------------------------===//

#include "runtime/abi/Text.h"
#include "runtime/wire/Block.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>

namespace plumb::rt {

namespace {

/// A bump allocator. The newest chunk is the one with room.
class Arena {
public:
  ~Arena() {
    while (chunk)
      drop();
  }

  void *allocate(size_t size) {
    if (size > SIZE_MAX / 2)
      throw std::bad_alloc();
    size = (size + 7) & ~size_t(7);
    if (!chunk || chunk->size - used < size)
      grow(size);
    void *result = chunk->data() + used;
    used += size;
    return result;
  }

  void reset() noexcept {
    used = 0;
    while (chunk && (chunk->below || chunk->size > keptSize))
      drop();
  }

  unsigned depth = 0;

private:
  static constexpr size_t firstSize = 4096, keptSize = 64 * 1024;
  struct Chunk {
    Chunk *below;
    size_t size;
    uint8_t *data() noexcept { return reinterpret_cast<uint8_t *>(this + 1); }
  };

  void grow(size_t size) {
    // Doubling, so that a loop of small strings makes few chunks.
    size_t wanted = std::max(chunk ? chunk->size * 2 : firstSize, size);
    void *memory = wire::allocateBlock(sizeof(Chunk) + wanted);
    if (!memory)
      throw std::bad_alloc();
    chunk = new (memory) Chunk{chunk, wanted};
    used = 0;
  }
  void drop() noexcept {
    Chunk *below = chunk->below;
    wire::freeBlock(chunk, sizeof(Chunk) + chunk->size);
    chunk = below;
  }

  Chunk *chunk = nullptr;
  size_t used = 0; // of the newest chunk
};

thread_local Arena arena;

template <typename Text> struct Empty {
  alignas(Text) uint64_t length = 0;
};
const Empty<plumb_str> emptyText;

} // namespace

const plumb_str *emptyStr() noexcept {
  return reinterpret_cast<const plumb_str *>(&emptyText);
}
const plumb_bytes *emptyBytes() noexcept {
  return reinterpret_cast<const plumb_bytes *>(&emptyText);
}

plumb_str *newStr(size_t size) {
  auto *text =
      static_cast<plumb_str *>(arena.allocate(sizeof(plumb_str) + size));
  text->len = size;
  return text;
}

const plumb_str *copyStr(std::string_view text) {
  if (text.empty())
    return emptyStr();
  plumb_str *copy = newStr(text.size());
  std::memcpy(copy->data, text.data(), text.size());
  return copy;
}

const plumb_str *copyStrOrEmpty(std::string_view text) noexcept {
  try {
    return copyStr(text);
  } catch (const std::bad_alloc &) {
    return emptyStr();
  }
}

void resetArena() noexcept { arena.reset(); }

CallbackScope::CallbackScope() noexcept { ++arena.depth; }
CallbackScope::~CallbackScope() {
  if (--arena.depth == 0)
    arena.reset();
}

} // namespace plumb::rt
