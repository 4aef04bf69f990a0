//===- RawPeer.h - a WebSocket client of a socket and a page ----*- C++ -*-===//
//
// For tests in which the server may fail at anything: no codec, no thread, and
// what was written is not waited for.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_UNITTESTS_ABI_RAWPEER_H
#define PLUMB_UNITTESTS_ABI_RAWPEER_H

#include <cstdint>
#include <openssl/ssl.h>
#include <string>

namespace plumb::test {

/// A frame of a client, masked with zeros, of `first` byte.
std::string frameOf(uint8_t first, const std::string &payload);
inline std::string textFrame(const std::string &payload) {
  return frameOf(0x81, payload);
}
inline std::string closeFrame() { return frameOf(0x88, "\x03\xe8"); }

/// A port of 127.0.0.1 that no other test gets while this exists: a socket is
/// bound to it that does not listen, so a server with SO_REUSEADDR can.
class KeptPort {
public:
  KeptPort();
  ~KeptPort();
  KeptPort(const KeptPort &) = delete;
  KeptPort &operator=(const KeptPort &) = delete;
  uint16_t number;

private:
  int fd;
};
/// Whether something listens there.
bool isServed(uint16_t port);

/// A connection that has asked for a WebSocket and read the answer. What fails
/// is over: later reads give nothing. A server that says nothing for as
/// long as a test has patience and keeps the connection fails the test.
class RawPeer {
public:
  struct How {
    bool deflate = false;
    SSL_CTX *tls = nullptr; ///< null: plain
    int receiveBuffer = 0;  ///< bytes of SO_RCVBUF; 0: the kernel's choice
    bool upgrade = true;
  };
  RawPeer(uint16_t port, How how);
  ~RawPeer();
  RawPeer(const RawPeer &) = delete;
  RawPeer &operator=(const RawPeer &) = delete;

  void write(const std::string &bytes);
  /// Until `end` has come or the connection has ended; all there was.
  std::string read(const std::string &end = "");
  /// Whether `end` came.
  bool hears(const std::string &end) {
    return read(end).find(end) != std::string::npos;
  }

private:
  int fd;
  SSL *ssl = nullptr;
};

} // namespace plumb::test

#endif // PLUMB_UNITTESTS_ABI_RAWPEER_H
