//===- Request.h - the head of an HTTP request ------------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_WIRE_REQUEST_H
#define PLUMB_RUNTIME_WIRE_REQUEST_H

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace plumb::rt::wire {

/// What becomes of the connection behind a response (RFC 9112 section 9.3).
enum class Persistence : uint8_t {
  Close,
  Keep,    ///< HTTP/1.1, which need not be told
  KeepSaid ///< HTTP/1.0, which waits for the end unless it is told otherwise
};

/// A syntactically correct request head (RFC 9112), in one allocation of just
/// its bytes, because a server keeps one for each open connection. All views
/// point into it and live as long; moving the object keeps them. Bytes above
/// 127 may occur in the target and the values: see toUtf8 in Utf8.h.
class Request {
public:
  /// A head that is syntactically correct, and where its parts are in it.
  struct Head {
    std::unique_ptr<char[]> raw;
    uint32_t size, methodSize, targetSize;
    uint8_t version;        ///< 10 or 11
    uint64_t contentLength; ///< 0 when it does not say
  };

  Request() noexcept = default;
  explicit Request(Head head) noexcept;

  std::string_view method() const noexcept { return part(0, methodSize); }
  /// As sent: "/room/1?name=x".
  std::string_view target() const noexcept {
    return part(methodSize + 1, targetSize);
  }
  /// The target up to '?', without scheme and host, neither decoded nor
  /// normalised: see Target.h. Empty for CONNECT.
  std::string_view path() const noexcept;
  /// The target behind '?', raw; empty when there is none.
  std::string_view query() const noexcept;
  /// 10 or 11: HTTP/1.0 or HTTP/1.1.
  unsigned version() const noexcept { return httpVersion; }

  /// The value of a header, its name compared without regard to case; several
  /// lines of one name are joined by ", " (RFC 9110 section 5.3), those of
  /// Cookie by "; " (RFC 6265 section 5.4); empty when absent. "Host" is
  /// host(), which the target may override.
  std::string header(std::string_view name) const;
  /// How many lines have that name.
  unsigned headerCount(std::string_view name) const noexcept;
  /// True when the comma-separated list in the header has `token`, compared
  /// without regard to case.
  bool headerHasToken(std::string_view name,
                      std::string_view token) const noexcept;
  /// The value of the first header of that name; null data() when absent.
  std::string_view firstHeader(std::string_view name) const noexcept;

  /// Host and port that the client asks: those of the target when it has them,
  /// else the Host header (RFC 9112 section 3.2.2).
  std::string_view host() const noexcept;
  /// Sec-WebSocket-Key as sent.
  std::string_view key() const noexcept;
  /// The client asks for "Upgrade: websocket"; validateUpgrade in Handshake.h
  /// says whether it does so correctly.
  bool isUpgrade() const noexcept;
  /// Close also when a body follows, which would be taken for the next request.
  Persistence persistence() const noexcept;
  /// A body follows (which RequestReader does not read): answer and close.
  bool hasBody() const noexcept { return bodyFollows; }

  /// Calls `v(value) -> bool` for each line of that name until it is false;
  /// defined in RequestLines.h.
  template <typename Visit> void eachLine(std::string_view name, Visit v) const;

private:
  std::string_view part(uint32_t begin, uint32_t size) const noexcept {
    return size == 0 ? std::string_view()
                     : std::string_view(raw.get() + begin, size);
  }

  std::unique_ptr<char[]> raw;
  uint32_t rawSize = 0, methodSize = 0, targetSize = 0;
  uint8_t httpVersion = 11;
  bool bodyFollows = false;
};

/// The percent-decoded value of the first parameter `name` of a raw query
/// ("a=1&b=x%20y", '+' is a space); none when absent. Bytes as they come out:
/// see toUtf8 in Utf8.h.
std::optional<std::string> queryValue(std::string_view query,
                                      std::string_view name);

} // namespace plumb::rt::wire

#endif // PLUMB_RUNTIME_WIRE_REQUEST_H
