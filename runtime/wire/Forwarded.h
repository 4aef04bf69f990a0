//===- Forwarded.h - what proxies say about a request -----------*- C++ -*-===//
//
// Forwarded (RFC 7239), or the X-Forwarded-* headers that came before it. Each
// proxy adds, at the end, from whom it has the request. The client can have
// written anything before that: only what proxies that are trusted have written
// counts, which is the end of the list.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_WIRE_FORWARDED_H
#define PLUMB_RUNTIME_WIRE_FORWARDED_H

#include "runtime/wire/Endpoint.h"
#include "runtime/wire/Request.h"

#include <functional>
#include <string>

namespace plumb::rt::wire {

/// What the outermost trusted proxy says of what it was asked.
struct ForwardedRequest {
  std::optional<Endpoint> client; ///< none: it does not tell
  std::optional<bool> secure;     ///< over TLS; none: it does not tell
  std::string host;               ///< "a.example:8443"; empty: as the request
  /// What is malformed, a static text; null when the rest is good.
  const char *wrong = nullptr;
};

/// Whether that address is a proxy whose own word is taken.
using Trusts = std::function<bool(const Endpoint &)>;

/// Reads the Forwarded header of a request that a trusted proxy has sent. The
/// list is gone through from its end, past the addresses that are trusted; the
/// last element so reached tells all. A quote that is not closed could hide
/// what a proxy has added, so the whole header must be well formed.
ForwardedRequest readForwarded(const Request &request, const Trusts &trusts);

/// The same of X-Forwarded-For, which is gone through in the same way; of
/// X-Forwarded-Proto, -Host and -Port the last value counts. The port is that
/// of a host that has none.
ForwardedRequest readXForwarded(const Request &request, const Trusts &trusts);

} // namespace plumb::rt::wire

#endif // PLUMB_RUNTIME_WIRE_FORWARDED_H
