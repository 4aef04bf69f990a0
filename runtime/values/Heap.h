//===- Heap.h - memory of objects -------------------------------*- C++ -*-===//
//
// Small objects come from lists of free ones, one a size and thread, larger
// ones from the system. What a thread frees is its own to use again, wherever
// it came from; a thread that frees more than it makes hands batches to the
// others. Memory of small objects is not given back to the system.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_VALUES_HEAP_H
#define PLUMB_RUNTIME_VALUES_HEAP_H

#include <cstddef>
#include <cstdint>

#if defined(__SANITIZE_ADDRESS__)
#define PLUMB_VALUES_MALLOC 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PLUMB_VALUES_MALLOC 1
#endif
#endif
#ifndef PLUMB_VALUES_MALLOC
#define PLUMB_VALUES_MALLOC 0 // 1: each object is malloc's, for checkers
#endif

namespace plumb::rt::values {

/// The free objects of one size: a list, and another one that is full.
struct Bin {
  struct Free {
    Free *next;
    Free *nextBatch; // of the first of a batch
  };
  static constexpr uint32_t batch = 512;

  Free *first = nullptr, *spare = nullptr;
  uint32_t count = 0, numSpare = 0;
};

/// What one thread has.
struct Heap {
  /// Sizes up to this, in steps of 8 bytes.
  static constexpr size_t maxSmall = 256;

  Bin bins[maxSmall / 8 + 1];
  char *next = nullptr, *end = nullptr; // of a piece that is not yet cut up
  size_t chunkSize = 0;
  int64_t made = 0; // objects cut, and larger ones that are alive
  Heap *sibling = nullptr;
  bool isOrphan = false;
};

/// This thread's; null before its first object.
extern constinit thread_local Heap *heap [[gnu::tls_model("initial-exec")]];

/// The ways that are not a list's first object. They end the program when
/// memory runs out.
void *allocateSlowly(size_t size) noexcept;
void releaseSlowly(void *memory, size_t size) noexcept;

/// What a size takes.
inline constexpr size_t roundedSize(size_t size) noexcept {
  return (size + 7) & ~size_t(7);
}

/// Room of at least `size` bytes (16 or more), aligned to 8. Never null.
inline void *allocate(size_t size) noexcept {
  if (PLUMB_VALUES_MALLOC || size > Heap::maxSmall || !heap) [[unlikely]]
    return allocateSlowly(size);
  Bin &bin = heap->bins[(size + 7) / 8];
  Bin::Free *memory = bin.first;
  if (!memory) [[unlikely]]
    return allocateSlowly(size);
  bin.first = memory->next;
  --bin.count;
  return memory;
}

/// `size` as it was asked for.
inline void release(void *memory, size_t size) noexcept {
  if (PLUMB_VALUES_MALLOC || size > Heap::maxSmall || !heap) [[unlikely]]
    return releaseSlowly(memory, size);
  Bin &bin = heap->bins[(size + 7) / 8];
  if (bin.count == Bin::batch) [[unlikely]]
    return releaseSlowly(memory, size);
  auto *free = static_cast<Bin::Free *>(memory);
  free->next = bin.first;
  bin.first = free;
  ++bin.count;
}

/// So many blocks will never be released: nobody counts them any more.
void forgetBlocks(int64_t count) noexcept;

/// As realloc.
void *resize(void *memory, size_t oldSize, size_t newSize) noexcept;

} // namespace plumb::rt::values

#endif // PLUMB_RUNTIME_VALUES_HEAP_H
