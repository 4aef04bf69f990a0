//===- OutQueue.cpp - what waits to be sent to one connection -------------===//

#include "runtime/output/OutQueue.h"

#include <algorithm>
#include <cstring>

namespace plumb::rt::output {

/// What a queue keeps when it is empty.
static constexpr size_t maxIdleOwn = 8 * 1024, maxIdleItems = 64;

std::span<const uint8_t> OutQueue::bytesOf(const Item &item) const noexcept {
  if (item.frame)
    return item.frame.bytes();
  return {(item.shared ? item.shared->data() : own.data()) + item.begin,
          item.end - item.begin};
}

/// The size of the first frame of `bytes`, which are whole frames of ours.
static size_t firstFrame(std::span<const uint8_t> bytes) noexcept {
  uint64_t length = bytes[1]; // Never masked.
  size_t header = length < 126 ? 2 : length == 126 ? 4 : 10;
  if (header == 2)
    return header + length;
  length = 0;
  for (size_t i = 2; i < header; ++i)
    length = length << 8 | bytes[i];
  return header + length;
}

static uint32_t countFrames(std::span<const uint8_t> bytes) noexcept {
  uint32_t count = 0;
  for (; !bytes.empty(); ++count)
    bytes = bytes.subspan(firstFrame(bytes));
  return count;
}

//===----------------------------------------------------------------------===//
// In
//===----------------------------------------------------------------------===//

void OutQueue::push(wire::FrameRef frame) {
  size_t size = frame.bytes().size();
  items.push_back({.frame = std::move(frame)});
  waiting += size;
  ++frames;
}

void OutQueue::push(wire::SharedBytes bytes, size_t begin, size_t end) {
  uint32_t count = countFrames(std::span(*bytes).subspan(begin, end - begin));
  items.push_back({.shared = std::move(bytes),
                   .begin = begin,
                   .end = end,
                   .frames = count});
  waiting += end - begin;
  frames += count;
}

void OutQueue::pushResponse(wire::SharedBytes bytes) {
  size_t size = bytes->size();
  items.push_back({.shared = std::move(bytes),
                   .end = size,
                   .frames = 0,
                   .isResponse = true});
  waiting += size;
}

void OutQueue::pushResponseFront(wire::SharedBytes bytes) {
  pushResponse(std::move(bytes));
  std::rotate(items.begin() + static_cast<ptrdiff_t>(head), items.end() - 1,
              items.end());
}

//===----------------------------------------------------------------------===//
// Out
//===----------------------------------------------------------------------===//

std::span<const uint8_t>
OutQueue::gather(std::span<uint8_t> scratch) const noexcept {
  if (empty())
    return {};
  std::span<const uint8_t> first = bytesOf(items[head]).subspan(sent);
  if (items.size() == head + 1 || first.size() >= scratch.size() / 4)
    return first;
  size_t size = 0;
  for (size_t i = head; i < items.size() && size < scratch.size(); ++i) {
    std::span<const uint8_t> next = i == head ? first : bytesOf(items[i]);
    size_t part = std::min(next.size(), scratch.size() - size);
    std::memcpy(scratch.data() + size, next.data(), part);
    size += part;
  }
  return scratch.first(size);
}

size_t OutQueue::gatherParts(std::span<iovec> parts) const noexcept {
  size_t count = std::min(parts.size(), items.size() - head);
  for (size_t i = 0; i < count; ++i) {
    std::span<const uint8_t> bytes = bytesOf(items[head + i]);
    if (i == 0)
      bytes = bytes.subspan(sent);
    parts[i] = {const_cast<uint8_t *>(bytes.data()), bytes.size()};
  }
  return count;
}

void OutQueue::consumeSome(size_t count) noexcept {
  waiting -= count;
  sent += count;
  while (head < items.size()) {
    size_t size = bytesOf(items[head]).size();
    if (sent < size)
      break;
    sent -= size;
    frames -= items[head].frames;
    items[head++] = Item();
  }
  // Frames of a range that are out count no more.
  while (sent > 0 && items[head].frames > 1) {
    size_t first = firstFrame(bytesOf(items[head]));
    if (sent < first)
      break;
    items[head].begin += first;
    --items[head].frames;
    --frames;
    sent -= first;
  }
  if (head == items.size()) {
    items.clear();
    ownSize = head = 0;
  } else if (head > 64 && head > items.size() / 2) {
    items.erase(items.begin(), items.begin() + static_cast<ptrdiff_t>(head));
    head = 0;
  }
}

//===----------------------------------------------------------------------===//
// Dropping
//===----------------------------------------------------------------------===//

void OutQueue::dropUnsent(size_t keep) noexcept {
  size_t end = head, kept = 0, keptFrames = 0;
  if (end < items.size() && (sent > 0 || keep > 0)) {
    kept = bytesOf(items[end]).size() - sent;
    keptFrames = items[end++].frames;
    while (end < items.size() && kept < keep) {
      kept += bytesOf(items[end]).size();
      keptFrames += items[end++].frames;
    }
  }
  items.erase(items.begin() + static_cast<ptrdiff_t>(end), items.end());
  waiting = kept;
  frames = keptFrames;
}

/// Makes two of an item of several frames; the second begins at the frame that
/// the byte `offset` is in or before.
void OutQueue::split(size_t index, size_t offset) {
  std::span<const uint8_t> bytes = bytesOf(items[index]);
  size_t at = 0;
  uint32_t before = 0;
  for (; at < offset && at < bytes.size(); ++before)
    at += firstFrame(bytes.subspan(at));
  if (at == 0 || at >= bytes.size())
    return;
  Item rest = items[index];
  rest.begin += at;
  rest.frames -= before;
  items.insert(items.begin() + static_cast<ptrdiff_t>(index) + 1,
               std::move(rest));
  items[index].end = items[index].begin + at;
  items[index].frames = before;
}

/// How many items at the front must stay because of what was, or may have been,
/// sent of them.
size_t OutQueue::protectedItems(size_t keep) noexcept {
  size_t count = 0, needed = sent + keep;
  while (needed > 0 && head + count < items.size()) {
    size_t index = head + count++;
    if (items[index].frames > 1)
      split(index, needed);
    size_t size = bytesOf(items[index]).size();
    needed -= std::min(needed, size);
  }
  return count;
}

/// Those in front move up by one, so that nothing behind has to.
void OutQueue::dropItem(size_t index) noexcept {
  for (; index > head; --index)
    items[index] = std::move(items[index - 1]);
  items[head++] = Item();
}

size_t OutQueue::dropOldest(size_t keep, size_t size, size_t maxBytes,
                            size_t maxMessages) {
  size_t at = head + protectedItems(keep), dropped = 0;
  while (at < items.size() && !fits(size, maxBytes, maxMessages)) {
    Item &item = items[at];
    if (item.isResponse ||
        (item.frame && wire::isControl(item.frame.opcode()))) {
      ++at;
      continue;
    }
    std::span<const uint8_t> bytes = bytesOf(item);
    size_t first = firstFrame(bytes);
    waiting -= first;
    --frames;
    ++dropped;
    if (first < bytes.size()) {
      item.begin += first;
      --item.frames;
    } else {
      dropItem(at++);
    }
  }
  return dropped;
}

void OutQueue::trim() noexcept {
  if (own.capacity() > maxIdleOwn)
    own.reset();
  if (items.capacity() > maxIdleItems)
    std::vector<Item>().swap(items);
}

} // namespace plumb::rt::output
