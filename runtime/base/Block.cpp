//===- Block.cpp - memory for messages of any size ------------------------===//

#include "runtime/base/Block.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <sys/mman.h>

namespace plumb::rt::base {

static constexpr size_t hugePage = 2 << 20;
/// Not malloc's with madvise: it has written its header into the first page.
static bool isMapped(size_t size) noexcept { return size >= hugePage; }

/// Whole huge pages: the kernel aligns no other mappings to them.
static size_t mappedSize(size_t size) noexcept {
  return (size + hugePage - 1) / hugePage * hugePage;
}

static void *usable(void *mapping, size_t size) noexcept {
  if (mapping == MAP_FAILED)
    return nullptr;
  ::madvise(mapping, mappedSize(size), MADV_HUGEPAGE);
  return mapping;
}

void *allocateBlock(size_t size) noexcept {
  if (!isMapped(size)) [[likely]]
    return std::malloc(size);
  if (size > SIZE_MAX - hugePage)
    return nullptr;
  return usable(::mmap(nullptr, mappedSize(size), PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
                size);
}

void *growBlock(void *block, size_t oldSize, size_t newSize) noexcept {
  if (!block)
    return allocateBlock(newSize);
  if (!isMapped(newSize)) [[likely]]
    return std::realloc(block, newSize);
  if (isMapped(oldSize))
    return newSize > SIZE_MAX - hugePage
               ? nullptr
               : usable(::mremap(block, mappedSize(oldSize),
                                 mappedSize(newSize), MREMAP_MAYMOVE),
                        newSize);
  void *grown = allocateBlock(newSize);
  if (!grown)
    return nullptr;
  std::memcpy(grown, block, oldSize);
  std::free(block);
  return grown;
}

void freeBlock(void *block, size_t size) noexcept {
  if (!isMapped(size)) [[likely]]
    std::free(block);
  else
    ::munmap(block, mappedSize(size));
}

} // namespace plumb::rt::base
