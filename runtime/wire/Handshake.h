//===- Handshake.h - the opening handshake, server side ---------*- C++ -*-===//
//
// RFC 6455 section 4.2 without any I/O: strings to send. All functions may be
// called from any thread and throw std::bad_alloc only.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_WIRE_HANDSHAKE_H
#define PLUMB_RUNTIME_WIRE_HANDSHAKE_H

#include "runtime/wire/Request.h"
#include "runtime/wire/RequestReader.h"
#include "runtime/wire/Response.h"

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
/// fault. What holds for any request is checkHead's and checkService's in
/// RequestCheck.h.
UpgradeCheck validateUpgrade(const Request &request);

/// Sec-WebSocket-Accept for a key (section 4.2.2, item 5.4).
std::string acceptKey(std::string_view key);

/// The 101 response to a request that validateUpgrade accepts, with what was
/// agreed on: Sec-WebSocket-Extensions, Sec-WebSocket-Protocol.
std::string upgradeResponse(const Request &request,
                            std::span<const HeaderField> agreed = {});

} // namespace plumb::rt::wire

#endif // PLUMB_RUNTIME_WIRE_HANDSHAKE_H
