//===- RequestCheck.h - what a server must refuse ---------------*- C++ -*-===//
//
// The rules of HTTP that hold for any server here, whatever it serves. Nothing
// here allocates.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_WIRE_REQUESTCHECK_H
#define PLUMB_RUNTIME_WIRE_REQUESTCHECK_H

#include <string_view>

namespace plumb::rt::wire {

class Request;

/// The status to refuse a request with, and why; 0 when it is in order.
struct RequestFault {
  unsigned status = 0;
  std::string_view text; ///< static
  explicit operator bool() const noexcept { return status != 0; }
};

/// Judges a head that is syntactically correct: its target (RFC 9112 section
/// 3.2), Host, fields that must not be repeated, and how its body is framed
/// (sections 6.1 to 6.3): 400, or 501 for a transfer coding that is not spoken.
RequestFault checkHead(const Request &request) noexcept;

/// Judges what is asked of a server that knows GET, HEAD and OPTIONS: 501 for a
/// method that HTTP does not have, 405 for another one of HTTP's, 421 for
/// "https://" without TLS or the other way round (RFC 9110 section 7.4).
/// `secure`: the client speaks TLS.
RequestFault checkService(const Request &request, bool secure) noexcept;

} // namespace plumb::rt::wire

#endif // PLUMB_RUNTIME_WIRE_REQUESTCHECK_H
