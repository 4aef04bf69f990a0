//===- CloseCode.h - status codes of close frames ---------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_WIRE_CLOSECODE_H
#define PLUMB_RUNTIME_WIRE_CLOSECODE_H

#include <cstdint>

namespace plumb::rt::wire {

/// RFC 6455 section 7.4.1 and the IANA registry it opens (1012-1014). Kept as
/// numbers, because a peer may send any code of 3000-4999.
namespace close {
enum : uint16_t {
  Normal = 1000,
  GoingAway = 1001,
  ProtocolError = 1002,
  UnsupportedData = 1003,
  NoStatus = 1005, ///< Never on the wire.
  Abnormal = 1006, ///< Never on the wire.
  InvalidPayload = 1007,
  PolicyViolation = 1008,
  MessageTooBig = 1009,
  MandatoryExtension = 1010,
  InternalError = 1011,
  ServiceRestart = 1012,
  TryAgainLater = 1013,
  BadGateway = 1014,
};
} // namespace close

/// True for a code that may stand in a close frame: 1000-1003, 1007-1014 and
/// 3000-4999 (RFC 6455 sections 7.4.1 and 7.4.2).
constexpr bool isValidCloseCode(uint16_t code) {
  return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) ||
         (code >= 3000 && code <= 4999);
}

} // namespace plumb::rt::wire

#endif // PLUMB_RUNTIME_WIRE_CLOSECODE_H
