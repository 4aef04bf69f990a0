//===- Text.cpp - the strings of the C interface --------------------------===//

#include "plumb/Runtime/Text.h"
#include "runtime/base/Block.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>

namespace plumb::rt {

namespace {

struct Chunk {
  Chunk *below;
  size_t size;
  uint8_t *data() noexcept { return reinterpret_cast<uint8_t *>(this + 1); }
};

/// What an arena held at some time.
struct ArenaMark {
  Chunk *chunk;
  uint8_t *next;
};

/// A bump allocator. The newest chunk is the one with room. It has no
/// destructor, because every use of a thread's variable that has one asks
/// whether it is made already; ArenaOwner frees.
class Arena {
public:
  void *allocate(size_t size) {
    // Addresses here are multiples of 8, so what fits still fits rounded up.
    if (size > static_cast<size_t>(end - next)) [[unlikely]]
      grow(size);
    void *result = next;
    next += rounded(size);
    return result;
  }

  ArenaMark mark() const noexcept { return {chunk, next}; }

  /// Frees what was allocated since.
  void release(ArenaMark mark) noexcept {
    if (chunk != mark.chunk) [[unlikely]]
      return shrink(mark);
    next = mark.next;
  }

  void freeAll() noexcept {
    while (chunk)
      drop();
    next = end = nullptr;
  }

  unsigned depth = 0;
  ArenaMark outermost{}; ///< when the outermost callback began

private:
  static constexpr size_t firstSize = 4096, keptSize = 64 * 1024;
  static size_t rounded(size_t size) noexcept {
    return (size + 7) & ~size_t(7);
  }

  void grow(size_t size);
  void shrink(ArenaMark mark) noexcept;
  void drop() noexcept {
    Chunk *below = chunk->below;
    base::freeBlock(chunk, sizeof(Chunk) + chunk->size);
    chunk = below;
  }
  void dropBelow() noexcept {
    Chunk *below = chunk->below;
    chunk->below = below->below;
    base::freeBlock(below, sizeof(Chunk) + below->size);
  }
  void enter() noexcept {
    next = chunk->data();
    end = next + chunk->size;
  }

  uint8_t *next = nullptr, *end = nullptr; // what is free of the newest chunk
  Chunk *chunk = nullptr;
};

constinit thread_local Arena arena [[gnu::tls_model("initial-exec")]];

/// Frees the arena when its thread ends.
struct ArenaOwner {
  void hold() noexcept {} // Makes the thread's one, when first called.
  ~ArenaOwner() { arena.freeAll(); }
};
thread_local ArenaOwner arenaOwner;

void Arena::grow(size_t size) {
  if (size > SIZE_MAX / 2)
    throw std::bad_alloc();
  arenaOwner.hold();
  // Doubling, so that a loop of small strings makes few chunks.
  size_t wanted = std::max(chunk ? chunk->size * 2 : firstSize, rounded(size));
  void *memory = base::allocateBlock(sizeof(Chunk) + wanted);
  if (!memory)
    throw std::bad_alloc();
  chunk = new (memory) Chunk{chunk, wanted};
  enter();
}

/// The newest chunk stays, unless it is large: the next callback needs as much.
void Arena::shrink(ArenaMark mark) noexcept {
  if (chunk->size <= keptSize) {
    while (chunk->below != mark.chunk)
      dropBelow();
    return enter();
  }
  while (chunk != mark.chunk)
    drop();
  next = mark.next;
  end = chunk ? chunk->data() + chunk->size : nullptr;
}

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

void *newMemory(size_t size) {
  constexpr size_t align = alignof(std::max_align_t);
  if (size > SIZE_MAX - align)
    throw std::bad_alloc();
  void *memory = arena.allocate(size + align);
  size_t room = size + align;
  return std::memset(std::align(align, size, memory, room), 0, size);
}

void resetArena() noexcept { arena.release({}); }

CallbackScope::CallbackScope() noexcept {
  if (arena.depth++ == 0)
    arena.outermost = arena.mark();
}
CallbackScope::~CallbackScope() {
  if (--arena.depth == 0)
    arena.release(arena.outermost);
}

} // namespace plumb::rt
