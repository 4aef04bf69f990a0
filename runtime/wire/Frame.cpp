//===- Frame.cpp - encoding frames ----------------------------------------===//

#include "runtime/wire/Frame.h"

#include "runtime/base/Block.h"
#include "runtime/base/Utf8.h"
#include "runtime/wire/Deflater.h"
#include "runtime/wire/Mask.h"

#include <cassert>
#include <cstdlib>
#include <new>

using namespace plumb::rt::wire;

FrameRef FrameRef::make(Opcode opcode, size_t payloadSize, uint8_t *&payload) {
  size_t headerSize = frameHeaderSize(payloadSize);
  void *memory = base::allocateBlock(sizeof(Block) + headerSize + payloadSize);
  if (!memory)
    throw std::bad_alloc();
  auto *block = new (memory)
      Block{1, static_cast<uint32_t>(headerSize), headerSize + payloadSize, {}};
  payload = writeFrameHeader(block->data(), opcode, true, payloadSize);
  return FrameRef(block);
}

void FrameRef::release(Block *block) noexcept {
  Block *twin = block->twin.load(std::memory_order_relaxed);
  FrameRef last(twin == block ? nullptr : twin); // Goes out of scope.
  size_t size = sizeof(Block) + block->size;
  block->~Block();
  base::freeBlock(block, size);
}

FrameRef FrameRef::compressed(Deflater &deflater) const noexcept {
  Block *twin = nullptr;
  if (block->twin.compare_exchange_strong(twin, busy(),
                                          std::memory_order_acquire)) {
    FrameRef made;
    try {
      made = deflater.compress(opcode(), payload());
    } catch (const std::bad_alloc &) { // It goes out as it is.
    }
    twin = made ? std::exchange(made.block, nullptr) : block;
    block->twin.store(twin, std::memory_order_release);
    block->twin.notify_all();
  } else {
    while (twin == busy()) {
      block->twin.wait(twin, std::memory_order_acquire);
      twin = block->twin.load(std::memory_order_acquire);
    }
  }
  twin->references.fetch_add(1, std::memory_order_relaxed);
  return FrameRef(twin);
}

FrameRef plumb::rt::wire::encode(Opcode opcode,
                                 std::span<const uint8_t> payload) {
  assert(!isControl(opcode) || payload.size() <= maxControlPayload);
  uint8_t *out;
  FrameRef frame = FrameRef::make(opcode, payload.size(), out);
  if (!payload.empty())
    std::memcpy(out, payload.data(), payload.size());
  return frame;
}

FrameRef plumb::rt::wire::encodeCompressed(Opcode opcode,
                                           std::span<const uint8_t> payload) {
  assert(!isControl(opcode));
  FrameRef frame = encode(opcode, payload);
  frame.block->data()[0] |= 0x40;
  return frame;
}

FrameRef plumb::rt::wire::encodeMessage(Opcode opcode,
                                        std::span<const uint8_t> payload) {
  uint8_t *out;
  FrameRef frame = FrameRef::make(opcode, payload.size(), out);
  bool ascii = maskCopy(out, payload.data(), payload.size(), 0);
  if (opcode == Opcode::Text && !ascii && !base::isValidUtf8(payload))
    return {};
  return frame;
}

FrameRef plumb::rt::wire::encodeClose(uint16_t code, std::string_view reason) {
  if (code == close::NoStatus)
    return encode(Opcode::Close, {});
  if (!isValidCloseCode(code))
    code = close::InternalError;
  std::span<const uint8_t> text =
      base::asBytes(reason.substr(0, maxControlPayload - 2));
  text = text.first(base::validUtf8Prefix(text));
  uint8_t *out;
  FrameRef frame = FrameRef::make(Opcode::Close, 2 + text.size(), out);
  out[0] = static_cast<uint8_t>(code >> 8);
  out[1] = static_cast<uint8_t>(code);
  if (!text.empty())
    std::memcpy(out + 2, text.data(), text.size());
  return frame;
}

void plumb::rt::wire::encodeMasked(std::vector<uint8_t> &out, Opcode opcode,
                                   bool fin, std::span<const uint8_t> payload,
                                   uint32_t key) {
  uint8_t head[maxFrameHeader];
  uint8_t *end = writeFrameHeader(head, opcode, fin, payload.size());
  head[1] |= 0x80;
  base::store(end, key);
  size_t headerSize = end + 4 - head, begin = out.size();
  out.resize(begin + headerSize + payload.size());
  std::memcpy(out.data() + begin, head, headerSize);
  maskCopy(out.data() + begin + headerSize, payload.data(), payload.size(),
           key);
}
