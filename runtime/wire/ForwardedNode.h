//===- ForwardedNode.h - one hop of a list of them --------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_WIRE_FORWARDEDNODE_H
#define PLUMB_RUNTIME_WIRE_FORWARDEDNODE_H

#include "runtime/wire/Endpoint.h"

namespace plumb::rt::wire {

/// Who has sent a request, as Forwarded and X-Forwarded-For write it:
/// "192.0.2.1", "192.0.2.1:4711", "[2001:db8::1]:4711", "unknown", "_hidden"
/// (RFC 7239 section 6), and with `bareV6` "2001:db8::1", as X-Forwarded-For
/// has it. Any thread; throws std::bad_alloc only.
struct ForwardedNode {
  std::optional<Endpoint> endpoint; ///< none when it is unknown or hidden
  bool wellFormed = false;
  static ForwardedNode parse(std::string_view text, bool bareV6);
};

/// Whether "https", "http", "wss" or "ws" is over TLS; none for another.
std::optional<bool> isSecureScheme(std::string_view scheme);

} // namespace plumb::rt::wire

#endif // PLUMB_RUNTIME_WIRE_FORWARDEDNODE_H
