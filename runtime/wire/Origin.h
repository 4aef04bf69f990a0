//===- Origin.h - which pages may connect -----------------------*- C++ -*-===//
//
// Browsers let any page open a WebSocket to any server and say in the Origin
// header which page it was (RFC 6455 sections 4.2.2 and 10.2, RFC 6454).
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_WIRE_ORIGIN_H
#define PLUMB_RUNTIME_WIRE_ORIGIN_H

#include "runtime/wire/Request.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plumb::rt::wire {

/// An origin as RFC 6454 section 6.2 writes it, in one form for all equal ones:
/// lower case, the default ports of http, https, ws and wss left out; "null"
/// stays. None when `text` is no single origin, for example has a path.
std::optional<std::string> normalOrigin(std::string_view text);

/// Which origins are let in. Made before the first connection, then only read;
/// any thread may ask. Throws std::bad_alloc only.
class OriginPolicy {
public:
  /// "same": the server's own, which is its scheme and what the Host header
  /// says. "any": every one. Else a list of origins, separated by commas. None
  /// when an item of the list is no origin; `wrong` is then that item.
  static std::optional<OriginPolicy> parse(std::string_view text,
                                           std::string &wrong);

  /// True for a request without an Origin header, too: it comes from no page.
  /// `secure`: over TLS; `host`: the host that the client asked, when it is not
  /// the request's own. A request with several Origin headers has none that
  /// could be trusted.
  bool allows(const Request &request, bool secure, std::string_view host) const;
  bool allows(const Request &request, bool secure) const {
    return allows(request, secure, request.host());
  }

private:
  enum class Kind : uint8_t { Same, Any, List } kind = Kind::Same;
  std::vector<std::string> list; // normal, sorted
};

} // namespace plumb::rt::wire

#endif // PLUMB_RUNTIME_WIRE_ORIGIN_H
