//===- Subprotocol.h - what both sides speak inside messages ----*- C++ -*-===//
//
// Sec-WebSocket-Protocol (RFC 6455 sections 1.9, 4.1, 4.2.2 and 11.3.4). Throws
// std::bad_alloc only.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_WIRE_SUBPROTOCOL_H
#define PLUMB_RUNTIME_WIRE_SUBPROTOCOL_H

#include "runtime/wire/Request.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace plumb::rt::wire {

/// A comma-separated list of names, in the server's order of preference; empty
/// for none. None of them may be in it twice, and each is a token (RFC 9110
/// section 5.6.2); nullopt when that is not so.
std::optional<std::vector<std::string>>
parseSubprotocols(std::string_view text);

struct SubprotocolChoice {
  bool wellFormed = true; ///< else the request is to be refused with 400
  int32_t index = -1;     ///< in the server's list; -1 for none in common
};

/// The first of the server's names that the client has offered; names are
/// compared with regard to case. Costs O(n log n) in the bytes of the header.
SubprotocolChoice chooseSubprotocol(const Request &request,
                                    std::span<const std::string> ours);

} // namespace plumb::rt::wire

#endif // PLUMB_RUNTIME_WIRE_SUBPROTOCOL_H
