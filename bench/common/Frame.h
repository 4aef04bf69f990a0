//===- Frame.h - RFC 6455 framing for the benchmark programs ----*- C++ -*-===//
//
// The benchmark's own reading and writing of frames (RFC 6455, section 5.2).
// It shares nothing with runtime/wire on purpose: what checks the runtime's
// deliveries must not have the runtime's faults.
//
// All functions are pure, allocate only what they append to `out`, and may be
// called from any thread.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_BENCH_COMMON_FRAME_H
#define PLUMB_BENCH_COMMON_FRAME_H

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace plumb::bench {

enum Opcode : uint8_t { Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

/// A frame's header: what its first bytes say.
struct FrameHeader {
  bool fin = false;
  uint8_t reserved = 0;
  uint8_t opcode = 0;
  bool masked = false;
  uint8_t key[4] = {};
  uint64_t payloadSize = 0;
  /// Bytes of the header itself, 2 to 14; 0 when more bytes are needed.
  unsigned size = 0;
};

/// Reads the header that starts at `data`; `size == 0` when it is not whole.
inline FrameHeader readHeader(const uint8_t *data, size_t available) {
  FrameHeader header;
  if (available < 2)
    return header;
  header.fin = data[0] & 0x80;
  header.reserved = (data[0] >> 4) & 7;
  header.opcode = data[0] & 15;
  header.masked = data[1] & 0x80;
  unsigned extended = 0;
  uint64_t length = data[1] & 0x7f;
  if (length == 126)
    extended = 2;
  else if (length == 127)
    extended = 8;
  unsigned size = 2 + extended + (header.masked ? 4 : 0);
  if (available < size)
    return header;
  if (extended)
    for (unsigned i = length = 0; i < extended; ++i)
      length = length << 8 | data[2 + i];
  if (header.masked)
    memcpy(header.key, data + 2 + extended, 4);
  header.payloadSize = length;
  header.size = size;
  return header;
}

/// Applies the mask (RFC 6455, section 5.3) in place, 8 bytes a step.
inline void applyMask(uint8_t *data, size_t size, const uint8_t key[4]) {
  uint32_t key32;
  memcpy(&key32, key, 4);
  uint64_t key64 = uint64_t(key32) << 32 | key32;
  size_t i = 0;
  for (; i + 8 <= size; i += 8) {
    uint64_t word;
    memcpy(&word, data + i, 8);
    word ^= key64;
    memcpy(data + i, &word, 8);
  }
  for (; i < size; ++i)
    data[i] ^= key[i & 3];
}

/// Appends the first bytes of a frame, all but the masking key.
inline void appendHeader(std::string &out, Opcode opcode, uint64_t size,
                         bool masked) {
  const char maskBit = masked ? char(0x80) : 0;
  out.push_back(char(0x80 | opcode));
  if (size < 126) {
    out.push_back(char(maskBit | char(size)));
    return;
  }
  unsigned bytes = size < 65536 ? 2 : 8;
  out.push_back(char(maskBit | char(bytes == 2 ? 126 : 127)));
  for (unsigned i = bytes; i-- > 0;)
    out.push_back(char(size >> (8 * i)));
}

/// Appends a server's frame: not masked.
inline void appendServerFrame(std::string &out, Opcode opcode,
                              std::string_view payload) {
  appendHeader(out, opcode, payload.size(), /*masked=*/false);
  out.append(payload);
}

/// Appends a client's frame of two parts (a command and its argument), masked
/// with `key`.
inline void appendClientFrame(std::string &out, Opcode opcode, uint32_t key,
                              std::string_view first, std::string_view second) {
  appendHeader(out, opcode, first.size() + second.size(), /*masked=*/true);
  uint8_t keyBytes[4];
  memcpy(keyBytes, &key, 4);
  out.append(reinterpret_cast<const char *>(keyBytes), 4);
  size_t begin = out.size();
  out.append(first).append(second);
  applyMask(reinterpret_cast<uint8_t *>(out.data()) + begin, out.size() - begin,
            keyBytes);
}

} // namespace plumb::bench

#endif // PLUMB_BENCH_COMMON_FRAME_H
