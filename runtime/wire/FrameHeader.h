//===- FrameHeader.h - the bytes in front of a payload ----------*- C++ -*-===//
//
// RFC 6455 section 5.2, both directions. Nothing here allocates.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_WIRE_FRAMEHEADER_H
#define PLUMB_RUNTIME_WIRE_FRAMEHEADER_H

#include "runtime/wire/Opcode.h"

#include <cstddef>
#include <cstdint>

namespace plumb::rt::wire {

/// 2 bytes, 8 of extended length, 4 of masking key.
inline constexpr size_t maxFrameHeader = 14;

/// The size of an unmasked header; a masked one has 4 more.
constexpr size_t frameHeaderSize(uint64_t payloadSize) {
  return payloadSize < 126 ? 2 : payloadSize < 65536 ? 4 : 10;
}

/// Writes an unmasked header of frameHeaderSize(payloadSize) bytes to `out`
/// and returns its end. For callers that lay out many frames in one buffer.
inline uint8_t *writeFrameHeader(uint8_t *out, Opcode opcode, bool fin,
                                 uint64_t payloadSize) noexcept {
  *out++ = uint8_t(fin ? 0x80 : 0) | static_cast<uint8_t>(opcode);
  int lengthBytes = 0;
  if (payloadSize < 126) {
    *out++ = static_cast<uint8_t>(payloadSize);
  } else if (payloadSize < 65536) {
    *out++ = 126;
    lengthBytes = 2;
  } else {
    *out++ = 127;
    lengthBytes = 8;
  }
  while (lengthBytes != 0)
    *out++ = static_cast<uint8_t>(payloadSize >> (8 * --lengthBytes));
  return out;
}

} // namespace plumb::rt::wire

#endif // PLUMB_RUNTIME_WIRE_FRAMEHEADER_H
