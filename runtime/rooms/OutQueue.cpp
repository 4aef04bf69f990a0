//===- OutQueue.cpp - what waits to be sent to one connection -------------===//

#include "runtime/rooms/OutQueue.h"

#include <algorithm>
#include <cstring>

namespace plumb::rt::rooms {

void OutQueue::push(wire::FrameRef frame) {
  size_t size = frame.bytes().size();
  items.push_back({std::move(frame), nullptr});
  waiting += size;
}

void OutQueue::push(SharedBytes bytes, size_t begin, size_t end) {
  items.push_back({{}, std::move(bytes), begin, end});
  waiting += end - begin;
}

void OutQueue::pushFront(SharedBytes bytes) {
  size_t size = bytes->size();
  items.insert(items.begin() + static_cast<ptrdiff_t>(head),
               {{}, std::move(bytes), 0, size});
  waiting += size;
}

std::span<const uint8_t>
OutQueue::gather(std::span<uint8_t> scratch) const noexcept {
  if (empty())
    return {};
  std::span<const uint8_t> first = items[head].bytes().subspan(sent);
  if (first.size() >= scratch.size() / 4 || messages() == 1)
    return first;
  size_t size = 0;
  for (size_t i = head; i < items.size() && size < scratch.size(); ++i) {
    std::span<const uint8_t> next = i == head ? first : items[i].bytes();
    size_t part = std::min(next.size(), scratch.size() - size);
    std::memcpy(scratch.data() + size, next.data(), part);
    size += part;
  }
  return scratch.first(size);
}

void OutQueue::consume(size_t count) noexcept {
  waiting -= count;
  sent += count;
  while (head < items.size()) {
    size_t size = items[head].bytes().size();
    if (sent < size)
      break;
    sent -= size;
    items[head++] = Item();
  }
  if (head == items.size()) {
    items.clear();
    head = 0;
  } else if (head > 64 && head > items.size() / 2) {
    items.erase(items.begin(), items.begin() + static_cast<ptrdiff_t>(head));
    head = 0;
  }
}

void OutQueue::dropUnsent(size_t keep) noexcept {
  size_t end = head, kept = 0;
  if (end < items.size() && (sent > 0 || keep > 0)) {
    kept = items[end++].bytes().size() - sent;
    while (end < items.size() && kept < keep)
      kept += items[end++].bytes().size();
  }
  items.erase(items.begin() + static_cast<ptrdiff_t>(end), items.end());
  waiting = kept;
}

void OutQueue::clear() noexcept {
  items.clear();
  head = sent = waiting = 0;
}

} // namespace plumb::rt::rooms
