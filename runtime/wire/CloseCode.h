//===- CloseCode.h - status codes of close frames ---------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_WIRE_CLOSECODE_H
#define PLUMB_RUNTIME_WIRE_CLOSECODE_H

#include <cstdint>

namespace plumb::rt::wire {

/// RFC 6455 section 7.4.1 and the IANA registry it opens (1012-1014). Kept as
/// numbers, because a peer may send any code of 3000-4999.
namespace close {
inline constexpr uint16_t Normal = 1000;
inline constexpr uint16_t GoingAway = 1001;
inline constexpr uint16_t ProtocolError = 1002;
inline constexpr uint16_t UnsupportedData = 1003;
inline constexpr uint16_t NoStatus = 1005; ///< Never on the wire.
inline constexpr uint16_t Abnormal = 1006; ///< Never on the wire.
inline constexpr uint16_t InvalidPayload = 1007;
inline constexpr uint16_t PolicyViolation = 1008;
inline constexpr uint16_t MessageTooBig = 1009;
inline constexpr uint16_t MandatoryExtension = 1010;
inline constexpr uint16_t InternalError = 1011;
inline constexpr uint16_t ServiceRestart = 1012;
inline constexpr uint16_t TryAgainLater = 1013;
inline constexpr uint16_t BadGateway = 1014;
} // namespace close

/// True for a code that may stand in a close frame: 1000-1003, 1007-1014 and
/// 3000-4999 (RFC 6455 sections 7.4.1 and 7.4.2).
constexpr bool isValidCloseCode(uint16_t code) {
  return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) ||
         (code >= 3000 && code <= 4999);
}

} // namespace plumb::rt::wire

#endif // PLUMB_RUNTIME_WIRE_CLOSECODE_H
