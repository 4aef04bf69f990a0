//===- Authority.h - host and port of a request -----------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_WIRE_AUTHORITY_H
#define PLUMB_RUNTIME_WIRE_AUTHORITY_H

#include <optional>
#include <string_view>

namespace plumb::rt::wire {

/// uri-host [ ":" port ] (RFC 9110 section 7.2, RFC 3986 section 3.2). Views
/// into the text that was parsed.
struct Authority {
  std::string_view host; ///< as sent; an IPv6 literal with its brackets
  std::string_view port; ///< its digits, at most 65535; empty when absent
};

/// A name (percent-escapes allowed), an IPv4 or IPv6 address, and perhaps a
/// port; nothing for any other text. The whole may be empty (a client sends an
/// empty Host when its target has no authority, RFC 9112 section 3.2), a host
/// with a port may not. User information is an error (RFC 9110 section 4.2.4).
std::optional<Authority> parseAuthority(std::string_view text) noexcept;

} // namespace plumb::rt::wire

#endif // PLUMB_RUNTIME_WIRE_AUTHORITY_H
