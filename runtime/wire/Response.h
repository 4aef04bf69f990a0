//===- Response.h - HTTP responses as strings -------------------*- C++ -*-===//
//
// On Beast's serializer, without any I/O. All functions may be called from any
// thread and throw std::bad_alloc only. Line breaks in a value become spaces,
// so that no value can start a header of its own.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_WIRE_RESPONSE_H
#define PLUMB_RUNTIME_WIRE_RESPONSE_H

#include "runtime/wire/Request.h"

#include <ctime>
#include <span>
#include <string>
#include <string_view>

namespace plumb::rt::wire {

struct HeaderField {
  std::string_view name, value;
};

/// What the servers here can be asked with.
inline constexpr std::string_view allowedMethods = "GET, HEAD, OPTIONS";

/// Status line and fields, nothing else: a 101.
std::string interimResponse(unsigned status,
                            std::span<const HeaderField> fields);

/// A whole response with Content-Length, Date and, where the client needs to
/// be told, Connection. `headOnly` leaves the body out but counts it, which
/// answers HEAD, or lets the caller send a shared body itself. `now`: seconds
/// since 1970.
std::string response(unsigned status, std::string_view contentType,
                     std::string_view body, bool headOnly,
                     Persistence persistence,
                     std::span<const HeaderField> extra = {},
                     std::time_t now = std::time(nullptr));

/// A refusal: `text` as a plain-text body, with "Connection: close" and what
/// the status demands: 426 Upgrade and Sec-WebSocket-Version (RFC 6455 section
/// 4.4), 405 Allow, 429 and 503 Retry-After (RFC 6585 section 4, RFC 9110
/// section 15.6.4). `headOnly`: it answers HEAD.
std::string refusal(unsigned status, std::string_view text,
                    bool headOnly = false,
                    std::time_t now = std::time(nullptr));

/// Answers OPTIONS (RFC 9110 section 9.3.7), for "*" or any path.
std::string optionsResponse(Persistence persistence);

} // namespace plumb::rt::wire

#endif // PLUMB_RUNTIME_WIRE_RESPONSE_H
