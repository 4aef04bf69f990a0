//===- Opcode.h - frame opcodes ---------------------------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_WIRE_OPCODE_H
#define PLUMB_RUNTIME_WIRE_OPCODE_H

#include <cstdint>

namespace plumb::rt::wire {

/// RFC 6455 section 5.2; 3-7 and 11-15 are reserved.
enum class Opcode : uint8_t {
  Continuation = 0,
  Text = 1,
  Binary = 2,
  Close = 8,
  Ping = 9,
  Pong = 10,
};

/// Close, ping, pong and the reserved control opcodes (section 5.5).
constexpr bool isControl(Opcode opcode) {
  return (static_cast<uint8_t>(opcode) & 8) != 0;
}

/// The largest payload of a control frame (section 5.5).
inline constexpr uint32_t maxControlPayload = 125;

} // namespace plumb::rt::wire

#endif // PLUMB_RUNTIME_WIRE_OPCODE_H
