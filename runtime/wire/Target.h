//===- Target.h - the target of a request -----------------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_WIRE_TARGET_H
#define PLUMB_RUNTIME_WIRE_TARGET_H

#include <cstdint>
#include <optional>
#include <string_view>

namespace plumb::rt::wire {

/// A request target taken apart (RFC 9112 section 3.2). Views into it.
///
/// Nothing is decoded or normalised: percent-escapes, dot segments and empty
/// segments stay as they were sent, so two spellings of a path are two paths.
/// Browsers resolve dot segments before they send.
struct Target {
  enum class Form : uint8_t {
    Origin,    ///< "/path?query"
    Absolute,  ///< "http://host/path?query"; also https, ws and wss
    Authority, ///< "host:port", of CONNECT alone
    Asterisk   ///< "*", of OPTIONS alone
  };
  Form form = Form::Origin;
  std::string_view scheme;    ///< Absolute: as sent
  std::string_view authority; ///< Absolute and Authority: host and port
  std::string_view path;      ///< up to '?'; "/" for Absolute without one
  std::string_view query;     ///< behind '?'

  /// Absolute: the scheme is one for TLS.
  bool isSecure() const noexcept;
};

/// Nothing for a target that has none of the forms, or one that `method` may
/// not have. Beyond RFC 3986 it takes what browsers send unescaped: in a path
/// "^|[]", in a query those and "\`{}" and a '%' that starts no escape, and
/// bytes above 127 in both.
std::optional<Target> parseTarget(std::string_view method,
                                  std::string_view target) noexcept;

} // namespace plumb::rt::wire

#endif // PLUMB_RUNTIME_WIRE_TARGET_H
