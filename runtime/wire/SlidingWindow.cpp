//===- SlidingWindow.cpp - what a compressed message may refer to ---------===//

#include "runtime/wire/SlidingWindow.h"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <cstring>

using namespace plumb::rt::wire;

static constexpr size_t minCapacity = 128;

void SlidingWindow::Free::operator()(Head *head) const noexcept {
  std::free(head);
}

/// Makes room for so many bytes, of which `limit` are enough.
bool SlidingWindow::reserve(size_t bytes, size_t limit) noexcept {
  size_t capacity = std::min(
      limit, std::bit_ceil(std::max(minCapacity, std::min(bytes, limit))));
  if (block && capacity <= block->capacity)
    return true;
  auto *memory = static_cast<Head *>(std::malloc(sizeof(Head) + capacity));
  if (!memory)
    return false;
  *memory = {static_cast<uint32_t>(capacity), 0, 0};
  if (block) { // Below the limit, so its bytes begin at 0.
    memory->size = memory->next = block->size;
    std::memcpy(memory->bytes(), block->bytes(), block->size);
  }
  block.reset(memory);
  return true;
}

bool SlidingWindow::add(std::span<const uint8_t> message,
                        size_t limit) noexcept {
  if (message.empty())
    return true;
  if (!reserve((block ? block->size : 0) + message.size(), limit))
    return false;
  Head &head = *block;
  if (message.size() > limit)
    message = message.last(limit);
  while (!message.empty()) {
    size_t size = std::min<size_t>(message.size(), head.capacity - head.next);
    std::memcpy(head.bytes() + head.next, message.data(), size);
    message = message.subspan(size);
    head.next = static_cast<uint32_t>(head.next + size);
    head.size = std::max(head.size, head.next);
    // Only one of the limit's size comes to its end.
    if (head.next == limit)
      head.next = 0;
  }
  return true;
}

std::array<std::span<const uint8_t>, 2> SlidingWindow::pieces() const noexcept {
  if (!block)
    return {};
  const uint8_t *bytes = block->bytes();
  // Not yet full: from 0 to `next`, which is the size, and nothing behind it.
  return {std::span(bytes + block->next, block->size - block->next),
          std::span(bytes, block->next)};
}
