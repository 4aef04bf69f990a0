//===- RequestCheck.cpp - what a server must refuse -----------------------===//

#include "runtime/wire/RequestCheck.h"
#include "runtime/wire/Authority.h"
#include "runtime/wire/RequestLines.h"
#include "runtime/wire/Target.h"

using namespace plumb::rt::wire;

/// Transfer-Encoding (RFC 9112 sections 6.1, 6.3 and 7).
static RequestFault checkTransferEncoding(const Request &request) {
  if (request.version() < 11)
    return {400, "HTTP/1.0 has no Transfer-Encoding"};
  bool chunked = false, others = false, malformed = false;
  request.eachLine("Transfer-Encoding", [&](std::string_view list) {
    while (!list.empty()) {
      std::string_view coding = takeElement(list, ',');
      if (coding.empty())
        continue;
      // Once, last, and without parameters.
      malformed |= chunked;
      if (equalNoCase(coding, "chunked"))
        chunked = true;
      else if (isToken(trimBlanks(coding.substr(0, coding.find(';')))))
        others = true;
      else
        malformed = true;
    }
    return true;
  });
  if (malformed || !chunked)
    return {400, "the last transfer coding must be chunked"};
  if (others)
    return {501, "chunked is the only transfer coding spoken here"};
  return {};
}

RequestFault plumb::rt::wire::checkHead(const Request &request) noexcept {
  if (!parseTarget(request.method(), request.target()))
    return {400, "the request target has none of the forms of RFC 9112 "
                 "section 3.2"};
  unsigned hosts = request.headerCount("Host");
  if (hosts > 1 || (hosts == 0 && request.version() >= 11))
    return {400, "there must be one Host header"};
  if (hosts == 1 && !parseAuthority(request.firstHeader("Host")))
    return {400, "the Host header must be a host, perhaps with a port"};
  if (request.headerCount("Origin") > 1)
    return {400, "there must be one Origin header at most"};
  if (request.headerCount("Sec-WebSocket-Key") > 1)
    return {400, "there must be one Sec-WebSocket-Key header at most"};
  if (request.headerCount("Transfer-Encoding") != 0)
    return checkTransferEncoding(request);
  return {};
}

RequestFault plumb::rt::wire::checkService(const Request &request,
                                           bool secure) noexcept {
  std::string_view method = request.method();
  constexpr std::string_view other[] = {"POST",    "PUT",   "DELETE",
                                        "CONNECT", "TRACE", "PATCH"};
  if (method != "GET" && method != "HEAD" && method != "OPTIONS") {
    if (std::find(std::begin(other), std::end(other), method) ==
        std::end(other))
      return {501, "this method is not known here"};
    return {405, "only GET, HEAD and OPTIONS"};
  }
  std::optional<Target> target = parseTarget(method, request.target());
  if (target && target->form == Target::Form::Absolute &&
      target->isSecure() != secure)
    return {421, "this server is not asked with that scheme"};
  return {};
}
