//===- Heap.cpp - memory of objects ---------------------------------------===//

#include "runtime/values/Heap.h"
#include "plumb/object.h"
#include "runtime/base/Block.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <new>

namespace plumb::rt::values {

constinit thread_local Heap *heap = nullptr;

namespace {

/// What threads share.
struct Shared {
  std::mutex mutex;
  Heap *heaps = nullptr; // all that ever were; one of a thread's end is reused
  Bin::Free *batches[Heap::maxSmall / 8 + 1] = {};
  int64_t numBatches = 0;
};

Shared &shared() noexcept {
  // Never destroyed: threads may outlive main.
  alignas(Shared) static char memory[sizeof(Shared)];
  static Shared *const made = new (memory) Shared;
  return *made;
}

/// Leaves the heap to the next thread when this one ends.
struct Owner {
  ~Owner() {
    if (!heap)
      return;
    std::lock_guard lock(shared().mutex);
    heap->isOrphan = true;
    heap = nullptr;
  }
  void hold() noexcept {} // Makes the thread's one, when first called.
};
thread_local Owner owner;

[[noreturn]] void outOfMemory() noexcept { plumb_fail("out of memory"); }

Heap &own() noexcept {
  if (heap)
    return *heap;
  owner.hold();
  std::lock_guard lock(shared().mutex);
  for (Heap *found = shared().heaps; found; found = found->sibling)
    if (found->isOrphan) {
      found->isOrphan = false;
      return *(heap = found);
    }
  auto *made = new (std::nothrow) Heap;
  if (!made)
    outOfMemory();
  made->sibling = shared().heaps;
  shared().heaps = made;
  return *(heap = made);
}

/// Cuts one object off. Chunks double, so that small programs stay small, and
/// large ones get huge pages.
void *cut(Heap &heap, size_t size) noexcept {
  static constexpr size_t firstChunk = size_t(32) << 10, lastChunk = size_t(4)
                                                                     << 20;
  if (static_cast<size_t>(heap.end - heap.next) < size) {
    heap.chunkSize = std::clamp(heap.chunkSize * 2, firstChunk, lastChunk);
    auto *chunk = static_cast<char *>(base::allocateBlock(heap.chunkSize));
    if (!chunk)
      outOfMemory();
    heap.next = chunk;
    heap.end = chunk + heap.chunkSize;
  }
  void *memory = heap.next;
  heap.next += size;
  ++heap.made;
  return memory;
}

} // namespace

void *allocateSlowly(size_t size) noexcept {
  size = roundedSize(size);
  Heap &heap = own();
  if (PLUMB_VALUES_MALLOC || size > Heap::maxSmall) {
    void *memory =
        PLUMB_VALUES_MALLOC ? std::malloc(size) : base::allocateBlock(size);
    if (!memory)
      outOfMemory();
    ++heap.made;
    return memory;
  }
  Bin &bin = heap.bins[size / 8];
  if (!bin.first && bin.spare) {
    bin.first = bin.spare;
    bin.count = bin.numSpare;
    bin.spare = nullptr;
    bin.numSpare = 0;
  }
  if (!bin.first && shared().numBatches) {
    std::lock_guard lock(shared().mutex);
    Bin::Free *&batches = shared().batches[size / 8];
    if (batches) {
      bin.first = batches;
      bin.count = Bin::batch;
      batches = batches->nextBatch;
      --shared().numBatches;
    }
  }
  if (!bin.first)
    return cut(heap, size);
  Bin::Free *memory = bin.first;
  bin.first = memory->next;
  --bin.count;
  return memory;
}

void releaseSlowly(void *memory, size_t size) noexcept {
  size = roundedSize(size);
  Heap &heap = own();
  if (PLUMB_VALUES_MALLOC || size > Heap::maxSmall) {
    --heap.made;
    if (PLUMB_VALUES_MALLOC)
      std::free(memory);
    else
      base::freeBlock(memory, size);
    return;
  }
  Bin &bin = heap.bins[size / 8];
  auto *free = static_cast<Bin::Free *>(memory);
  if (bin.count == Bin::batch) {
    if (bin.spare) {
      std::lock_guard lock(shared().mutex);
      bin.spare->nextBatch = shared().batches[size / 8];
      shared().batches[size / 8] = bin.spare;
      ++shared().numBatches;
    }
    bin.spare = bin.first;
    bin.numSpare = bin.count;
    bin.first = nullptr;
    bin.count = 0;
  }
  free->next = bin.first;
  bin.first = free;
  ++bin.count;
}

void forgetBlocks(int64_t count) noexcept { own().made -= count; }

void *resize(void *memory, size_t oldSize, size_t newSize) noexcept {
  oldSize = roundedSize(oldSize);
  newSize = roundedSize(newSize);
  if (!PLUMB_VALUES_MALLOC && oldSize > Heap::maxSmall &&
      newSize > Heap::maxSmall) {
    void *grown = base::growBlock(memory, oldSize, newSize);
    if (!grown)
      outOfMemory();
    return grown;
  }
  void *grown = allocate(newSize);
  std::memcpy(grown, memory, std::min(oldSize, newSize));
  release(memory, oldSize);
  return grown;
}

} // namespace plumb::rt::values

using namespace plumb::rt::values;

int64_t plumb_values_live() noexcept {
  std::lock_guard lock(shared().mutex);
  int64_t live = -shared().numBatches * int64_t(Bin::batch);
  for (const Heap *each = shared().heaps; each; each = each->sibling) {
    live += each->made;
    for (const Bin &bin : each->bins)
      live -= bin.count + bin.numSpare;
  }
  return live;
}
