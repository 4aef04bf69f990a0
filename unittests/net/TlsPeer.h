//===- TlsPeer.h - a stream, and the client at its other end ----*- C++ -*-===//
//
// Without GoogleTest, so that fuzzers have it, too.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_UNITTESTS_NET_TLSPEER_H
#define PLUMB_UNITTESTS_NET_TLSPEER_H

#include "runtime/net/Stream.h"
#include "runtime/net/Tls.h"

#include <memory>
#include <openssl/ssl.h>
#include <span>
#include <string>
#include <string_view>
#include <sys/socket.h>

namespace plumb::test {

/// The settings of a server of ours, with a certificate of the test's.
SSL_CTX *serverContext();

/// A client on memory, joined to a Stream by a socket pair: what goes over the
/// socket can be seen and held up. With SOCK_SEQPACKET each send of the stream
/// is a packet. What cannot fail aborts.
class Peer {
public:
  /// `version` is the newest that it takes; 0 for any.
  explicit Peer(int type, int version = 0);
  ~Peer();
  Peer(const Peer &) = delete;
  Peer &operator=(const Peer &) = delete;

  void hangUp();
  /// Takes no more than this before its kernel holds the stream up.
  void takeLittle();

  void encrypt(std::string_view text);
  /// Wants the server to answer with a key update of its own (RFC 8446 section
  /// 4.6.3).
  void updateKeys();
  /// The records so far, which are then not sent.
  std::string takeOutput();
  /// All records so far, in one packet; false when they did not fit.
  bool send();
  bool send(std::string_view bytes);
  /// Reads what has come off the socket; how many packets there were.
  int receive();
  /// The same, for records that are opened by hand.
  std::string receiveRaw();
  /// The data in what was received.
  std::string decrypt();

  int socket;
  std::unique_ptr<rt::net::Stream> stream;
  SSL *ssl;

private:
  SSL_CTX *context;
  BIO *in, *out;
};

inline std::span<const uint8_t> bytesOf(std::string_view text) {
  return {reinterpret_cast<const uint8_t *>(text.data()), text.size()};
}

/// Bytes that nobody has a reason to expect, the same in each run.
std::string noise(size_t size);

} // namespace plumb::test

#endif // PLUMB_UNITTESTS_NET_TLSPEER_H
