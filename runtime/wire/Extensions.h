//===- Extensions.h - which extensions a handshake agrees on ----*- C++ -*-===//
//
// Sec-WebSocket-Extensions, server side (RFC 6455 section 9.1), and the one
// extension that is spoken: permessage-deflate (RFC 7692 section 7.1). Any
// thread; nothing here allocates but answer(), which throws std::bad_alloc.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_WIRE_EXTENSIONS_H
#define PLUMB_RUNTIME_WIRE_EXTENSIONS_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace plumb::rt::wire {

/// permessage-deflate as agreed. The answer has no parameter that the client
/// has not offered, since some refuse those. The server never refers to an
/// earlier message all the same, so one compressed payload serves many clients;
/// a client that has not offered to do without may refer to its own.
struct Deflate {
  /// How far back the client can follow the server: 2 to the power of this,
  /// 8 to 15 (server_max_window_bits).
  uint8_t windowBits = 15;
  /// The client named its limit, so the answer must repeat it (7.1.2.1).
  bool namesWindow = false;
  /// The client asks us to refer to no earlier message, which the answer
  /// promises then (server_no_context_takeover, 7.1.1.1).
  bool promisesToForget = false;
  /// No message of the client refers to an earlier one. Said in its offer
  /// (client_no_context_takeover), or asked for unsaid: then it honours that or
  /// fails the connection (7.1.1.2).
  bool clientForgets = false;
  /// How far back the client refers, as windowBits: 15 unless it has offered
  /// less (client_max_window_bits).
  uint8_t clientWindowBits = 15;

  /// How many of the last bytes of the client's messages its next one may refer
  /// to: 2 to the power of 8 to 15, or 0.
  size_t context() const noexcept {
    return clientForgets ? 0 : size_t(1) << clientWindowBits;
  }

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
