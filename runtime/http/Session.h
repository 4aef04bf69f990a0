//===- Session.h - HTTP/1.1 on one connection -------------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_HTTP_SESSION_H
#define PLUMB_RUNTIME_HTTP_SESSION_H

#include "runtime/wire/Bytes.h"
#include "runtime/wire/RequestCheck.h"
#include "runtime/wire/RequestReader.h"
#include "runtime/wire/Response.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace plumb::rt::http {

struct Response {
  std::string head;         ///< with a body of its own, if it has one
  wire::SharedBytes body{}; ///< one that others are sent, too; may be null
  /// Close: nothing is read after it, and the stream ends behind it.
  wire::Persistence persistence = wire::Persistence::Close;
};

/// Requests out of bytes, one at a time, and what every server here answers by
/// itself. Without I/O: who uses it sends the responses, and reads no further
/// before one is on its way. Serves clients and the admin port. One thread's.
class Session {
public:
  enum class State : uint8_t {
    NeedMore,
    Request, ///< takeRequest(), then a response
    Refused, ///< what came is no request: answer with refusal()
  };

  /// Takes from the front of `bytes` what belongs to one request's head.
  State read(std::span<const uint8_t> &bytes, const wire::Limits &limits);
  wire::Request takeRequest() { return reader.take(); }

  /// Why it was refused.
  unsigned status() const noexcept { return reader.status(); }
  Response refusal() const { return refusal(reader.status(), reader.text()); }
  /// Says no to the last request, and ends the connection.
  Response refusal(unsigned status, std::string_view text) const {
    return {wire::refusal(status, text, reader.headOnly())};
  }
  /// What is wrong with a request whatever it asks for, and OPTIONS; none when
  /// it is for others to answer. `fault` becomes the former. `secure`: it came
  /// over TLS. `persistence`: what is to become of the connection.
  std::optional<Response> answer(const wire::Request &request, bool secure,
                                 wire::Persistence persistence,
                                 wire::RequestFault &fault) const;
  /// The last request's response has no body.
  bool headOnly() const noexcept { return reader.headOnly(); }

  /// Part of a request has come.
  bool started() const noexcept { return reader.started(); }
  /// Some request has been answered, or refused.
  bool answered() const noexcept { return hasAnswered; }
  void noteAnswer() noexcept { hasAnswered = true; }

private:
  wire::RequestReader reader;
  bool hasAnswered = false;
};

} // namespace plumb::rt::http

#endif // PLUMB_RUNTIME_HTTP_SESSION_H
