//===- Handshake.h - the opening handshake, server side ---------*- C++ -*-===//
//
// RFC 6455 section 4.2 on Beast's HTTP serializer, without any I/O: strings
// to send. All functions may be called from any thread and throw
// std::bad_alloc only.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_WIRE_HANDSHAKE_H
#define PLUMB_RUNTIME_WIRE_HANDSHAKE_H

#include "runtime/wire/Request.h"
#include "runtime/wire/RequestReader.h"

#include <span>
#include <string>
#include <string_view>

namespace plumb::rt::wire {

/// What to answer to an upgrade request.
struct UpgradeCheck {
  unsigned status;       ///< 101, or the HTTP status to refuse with.
  std::string_view text; ///< Why it is refused; static.
  bool ok() const { return status == 101; }
};

/// Judges a request by section 4.2.1: 405 when it is not a GET, 426 when it
/// asks for no upgrade or for another version (section 4.4), 400 for any other
/// fault.
UpgradeCheck validateUpgrade(const Request &request);

/// Sec-WebSocket-Accept for a key (section 4.2.2, item 5.4).
std::string acceptKey(std::string_view key);

struct HeaderField {
  std::string_view name, value;
};

/// The 101 response to a request that validateUpgrade accepts, with what was
/// agreed on: Sec-WebSocket-Extensions, Sec-WebSocket-Protocol.
std::string upgradeResponse(const Request &request,
                            std::span<const HeaderField> agreed = {});

/// A whole response with Content-Length. `headOnly` leaves the body out but
/// counts it, which answers HEAD, or lets the caller send a shared body itself.
/// `keepAlive` false adds "Connection: close". Line breaks in a value become
/// spaces, so that no value can start a header of its own.
std::string response(unsigned status, std::string_view contentType,
                     std::string_view body, bool headOnly, bool keepAlive,
                     std::span<const HeaderField> extra = {});

/// A refusal: `text` as a plain-text body, with "Connection: close" and what
/// the status demands: 426 Upgrade and Sec-WebSocket-Version (section 4.4),
/// 405 Allow, 429 and 503 Retry-After (RFC 6585 section 4, RFC 9110 section
/// 15.6.4).
std::string refusal(unsigned status, std::string_view text);

} // namespace plumb::rt::wire

#endif // PLUMB_RUNTIME_WIRE_HANDSHAKE_H
