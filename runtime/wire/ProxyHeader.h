//===- ProxyHeader.h - the PROXY protocol, versions 1 and 2 -----*- C++ -*-===//
//
// With what a proxy begins a connection to tell whose it is: HAProxy's
// "The PROXY protocol, versions 1 & 2", here called the specification. It
// stands below TLS.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_WIRE_PROXYHEADER_H
#define PLUMB_RUNTIME_WIRE_PROXYHEADER_H

#include "runtime/wire/Endpoint.h"

#include <cstddef>
#include <string>

namespace plumb::rt::wire {

struct ProxyHeader {
  /// The client. None when the connection is the proxy's own (LOCAL, a health
  /// check), or the client has no IP address over TCP (UNKNOWN, UNSPEC, UDP, a
  /// UNIX socket): then the specification keeps to the real peer.
  std::optional<Endpoint> source;
  /// Whether the client speaks TLS with the proxy. None when it is not told,
  /// as in version 1.
  std::optional<bool> secure;
};

/// Reads one header, cut anywhere. Whatever departs from the specification is
/// refused as soon as it has come, so that bytes of no header are not waited
/// for. Holds what has arrived: 107 bytes of version 1, 64 KiB of version 2.
class ProxyHeaderReader {
public:
  enum class State : uint8_t { NeedMore, Done, Failed };

  /// Returns how many of `bytes` belong to the header: all of them while it
  /// needs more; what follows it (the TLS hello, a request) is left. Once it
  /// has failed the count says nothing. Throws std::bad_alloc.
  size_t feed(std::span<const uint8_t> bytes);

  State state() const noexcept { return current; }
  /// Failed: why, a static text.
  std::string_view text() const noexcept { return why; }
  const ProxyHeader &header() const noexcept { return result; }

private:
  size_t feedLine(std::span<const uint8_t> bytes);
  size_t feedBlock(std::span<const uint8_t> bytes);
  bool checkSignature();
  void finishLine();
  void finishBlock();
  bool readVectors(std::string_view vectors);
  bool readSsl(std::string_view value);
  bool checkSum(std::string_view value) const;
  size_t fail(std::string_view text) noexcept;

  std::string held;
  ProxyHeader result;
  std::string_view why;
  State current = State::NeedMore;
};

} // namespace plumb::rt::wire

#endif // PLUMB_RUNTIME_WIRE_PROXYHEADER_H
