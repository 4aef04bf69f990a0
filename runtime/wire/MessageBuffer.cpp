//===- MessageBuffer.cpp - a growing, aligned payload ---------------------===//

#include "runtime/wire/MessageBuffer.h"

#include "runtime/base/Block.h"
#include "runtime/wire/Inflater.h"
#include "runtime/wire/Mask.h"
#include "runtime/wire/Scratch.h"

#include <algorithm>
#include <cstdlib>
#include <new>

using namespace plumb::rt::wire;

/// From here on a buffer grows by more, because pages that nobody has written
/// cost nothing, and huge ones need a large block.
static constexpr size_t largeSize = 1 << 20;

bool MessageBuffer::grow(size_t needed, size_t max) noexcept {
  size_t old = capacity();
  if (block && needed <= old)
    return true;
  size_t next = old >= largeSize ? 8 * old : 2 * old;
  size_t size = std::max(needed, std::min(max, std::max<size_t>(256, next)));
  void *memory =
      size > SIZE_MAX - front
          ? nullptr
          : base::growBlock(block, block ? front + old : 0, front + size);
  if (!memory)
    return false;
  block = static_cast<uint8_t *>(memory);
  base::store(block, size);
  return true;
}

void MessageBuffer::release() noexcept {
  base::freeBlock(block, front + capacity());
  block = nullptr;
}

uint8_t *Scratch::grow(size_t bytes) noexcept {
  // A fresh block, since realloc would copy what nobody needs.
  MessageBuffer bigger;
  if (!bigger.grow(bytes, std::max(bytes, 2 * size)))
    return nullptr;
  buffer = std::move(bigger);
  size = buffer.capacity();
  return buffer.data();
}

Scratch::Scratch(size_t initialBytes) noexcept {
  buffer.grow(initialBytes, initialBytes);
  size = buffer.capacity();
}

Scratch::~Scratch() = default;

Inflater *Scratch::inflater() noexcept {
  if (!inflating)
    inflating.reset(new (std::nothrow) Inflater(counts));
  return inflating.get();
}
