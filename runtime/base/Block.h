//===- Block.h - memory for messages of any size ----------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_BASE_BLOCK_H
#define PLUMB_RUNTIME_BASE_BLOCK_H

#include <cstddef>

namespace plumb::rt::base {

/// Memory as from malloc, aligned for anything; from 2 MiB on in huge pages,
/// where the kernel has them, since 4 KiB at a time the page faults of a large
/// message cost more than all its copies. The caller keeps the size. Any
/// thread. Null when memory is out.
void *allocateBlock(size_t size) noexcept;
/// As realloc: null when memory is out, and then `block` is as it was.
void *growBlock(void *block, size_t oldSize, size_t newSize) noexcept;
void freeBlock(void *block, size_t size) noexcept;

} // namespace plumb::rt::base

#endif // PLUMB_RUNTIME_BASE_BLOCK_H
