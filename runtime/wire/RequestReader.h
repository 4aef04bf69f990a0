//===- RequestReader.h - HTTP request heads out of bytes --------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_WIRE_REQUESTREADER_H
#define PLUMB_RUNTIME_WIRE_REQUESTREADER_H

#include "runtime/wire/Limits.h"
#include "runtime/wire/Request.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace plumb::rt::wire {

/// Collects one request head, cut anywhere, and has Beast's parser judge it.
/// Holds what has arrived, at most Limits::maxHeader bytes, until take().
class RequestReader {
public:
  enum class State : uint8_t { NeedMore, Done, Failed };

  /// Returns how many of `bytes` belong to the head; what follows it (a body,
  /// the next request, pipelined frames) is left. 0 once Done or Failed.
  size_t feed(std::span<const uint8_t> bytes, const Limits &limits);

  State state() const noexcept { return current; }
  /// Part of a request has come.
  bool started() const noexcept { return head.size() > (blankLine ? 2 : 0); }
  /// Failed: the HTTP status to answer with (400, 414, 431, 501, 505) ...
  unsigned status() const noexcept { return failure; }
  /// ... and why, a static text.
  std::string_view text() const noexcept { return why; }

  /// The last request that was Done or Failed wants no body (RFC 9110 section
  /// 9.3.2), taken or not.
  bool headOnly() const noexcept { return isHead; }

  /// Done: the request; the reader then starts on the next one.
  Request take();

private:
  void finish();
  void fail(unsigned status, std::string_view text);

  std::string head;
  Request request;
  std::string_view why;
  uint16_t failure = 0;
  State current = State::NeedMore;
  uint8_t endMatched = 0; // how much of "\r\n\r\n" the head ends with
  bool inRequestLine = true;
  bool isHead = false;
  bool blankLine = false; // the head starts with one, which is no part of it
};

} // namespace plumb::rt::wire

#endif // PLUMB_RUNTIME_WIRE_REQUESTREADER_H
