//===- Mask.h - masking a payload -------------------------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_WIRE_MASK_H
#define PLUMB_RUNTIME_WIRE_MASK_H

#include "runtime/base/Unaligned.h"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace plumb::rt::wire {

/// The key for a payload whose first `done` bytes are dealt with already. Keys
/// are in memory order: the first byte in memory masks the first byte.
inline uint32_t advanceKey(uint32_t key, size_t done) {
  int bits = static_cast<int>(done % 4) * 8;
  return std::endian::native == std::endian::little ? std::rotr(key, bits)
                                                    : std::rotl(key, bits);
}

/// Writes `from` xor `key` (RFC 6455 section 5.3) to `to`, which must not
/// overlap it. True when all bytes written are ASCII: a text needs no second
/// pass then.
inline bool maskCopy(uint8_t *__restrict to, const uint8_t *__restrict from,
                     size_t size, uint32_t key) {
  using base::load, base::store;
  using Vector = uint64_t __attribute__((vector_size(16)));
  uint64_t key8 = uint64_t(key) << 32 | key;
  uint64_t high = 0x8080808080808080u, seen = 0;
  size_t at = 0;
  if (size >= 32) {
    Vector key16 = {key8, key8}, seen16 = {0, 0};
    for (; at + 32 <= size; at += 32) {
      Vector a = load<Vector>(from + at) ^ key16;
      Vector b = load<Vector>(from + at + 16) ^ key16;
      seen16 |= a | b;
      store(to + at, a);
      store(to + at + 16, b);
    }
    seen = seen16[0] | seen16[1];
  }
#pragma clang loop vectorize(disable) unroll(disable) // Three times at most.
  for (; at + 8 <= size; at += 8) {
    uint64_t word = load<uint64_t>(from + at) ^ key8;
    seen |= word;
    store(to + at, word);
  }
  // The last word may overlap the one before: no loop over single bytes.
  if (at < size) {
    if (size >= 8) {
      at = size - 8;
      uint32_t turned = advanceKey(key, at);
      uint64_t word =
          load<uint64_t>(from + at) ^ (uint64_t(turned) << 32 | turned);
      seen |= word;
      store(to + at, word);
    } else if (size >= 4) {
      uint32_t first = load<uint32_t>(from) ^ key;
      at = size - 4;
      uint32_t last = load<uint32_t>(from + at) ^ advanceKey(key, at);
      seen |= first | last;
      store(to, first);
      store(to + at, last);
    } else {
      uint8_t bytes[4];
      store(bytes, key);
#pragma clang loop vectorize(disable) unroll(disable)
      for (; at < size; ++at) {
        to[at] = from[at] ^ bytes[at];
        seen |= to[at];
      }
    }
  }
  return (seen & high) == 0;
}

} // namespace plumb::rt::wire

#endif // PLUMB_RUNTIME_WIRE_MASK_H
