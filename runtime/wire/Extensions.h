//===- Extensions.h - which extensions a handshake agrees on ----*- C++ -*-===//
//
// Sec-WebSocket-Extensions, server side (RFC 6455 section 9.1), and the one
// extension that is spoken: permessage-deflate (RFC 7692 section 7.1). Any
// thread; nothing here allocates but answer(), which throws std::bad_alloc.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_WIRE_EXTENSIONS_H
#define PLUMB_RUNTIME_WIRE_EXTENSIONS_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace plumb::rt::wire {

/// permessage-deflate as agreed. No side ever refers to an earlier message:
/// the server says server_no_context_takeover and asks for
/// client_no_context_takeover, which a client honours or fails the connection
/// over (RFC 7692 section 7.1.1.2). So one compressed payload serves many
/// clients, and nobody holds a window between two messages.
struct Deflate {
  /// How far back the client can follow the server: 2 to the power of this,
  /// 8 to 15 (server_max_window_bits). The client may use up to 15.
  uint8_t windowBits = 15;
  /// The client named its limit, so the answer must repeat it (7.1.2.1).
  bool namesWindow = false;

  /// The value of the response's Sec-WebSocket-Extensions.
  std::string answer() const;

  /// True when a message of that many bytes, compressed with any window, can
  /// be inflated by the client: nothing in it refers further back than it is
  /// long. So a window of 256 bytes, which zlib cannot make, needs no
  /// compressor of its own; a longer message goes out uncompressed.
  bool takes(size_t messageSize) const noexcept {
    return windowBits >= 15 || messageSize <= size_t(1) << windowBits;
  }
};

/// What a client offers.
struct Offers {
  /// False when the header is not what section 9.1 defines: the handshake must
  /// fail then.
  bool wellFormed = true;
  /// The first offer of permessage-deflate that can be accepted. One with an
  /// unknown, repeated or wrong parameter is declined (RFC 7692 section 7).
  std::optional<Deflate> deflate;
};

/// Reads the header's value; several lines are joined by ", ". Names are
/// compared with regard to case.
Offers readOffers(std::string_view extensions) noexcept;

} // namespace plumb::rt::wire

#endif // PLUMB_RUNTIME_WIRE_EXTENSIONS_H
