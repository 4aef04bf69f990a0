//===- AdminSupport.h - what a scraper sees of a server ---------*- C++ -*-===//
#ifndef PLUMB_UNITTESTS_ABI_ADMINSUPPORT_H
#define PLUMB_UNITTESTS_ABI_ADMINSUPPORT_H

#include "PrometheusText.h"
#include "Support.h"

namespace plumb::test {

struct HttpAnswer {
  int status = 0;
  std::string head, body;
};

/// A blocking TCP connection to a port of 127.0.0.1, without any codec.
class Socket {
public:
  explicit Socket(uint16_t port);
  ~Socket();
  Socket(Socket &&other) : fd(std::exchange(other.fd, -1)) {}
  void write(const std::string &bytes);
  /// Until the other side has ended its own, or `until` has arrived.
  std::string readAll(const std::string &until = "");

private:
  int fd;
};

/// A server with an admin port; `port` is its own.
class AdminServer {
public:
  explicit AdminServer(Server &server);
  uint16_t port = 0;

  HttpAnswer request(const std::string &text);
  HttpAnswer get(const std::string &path, const std::string &fields = "",
                 const std::string &method = "GET") {
    return request(method + " " + path + " HTTP/1.1\r\nHost: x\r\n" + fields +
                   "\r\n");
  }
  /// Expects that it is well formed.
  Exposition scrape();
  /// Asks until `good` likes the answer, or a minute has passed.
  HttpAnswer until(const std::string &path,
                   const std::function<bool(const HttpAnswer &)> &good);
  /// Scrapes until all samples have these values, or a minute has passed.
  void expect(const std::map<std::string, double> &values);
};

/// A server with an admin port from the start.
struct Watched {
  Environment port{"PLUMB_WS_ADMIN_PORT", "0"};
  Server server;
  AdminServer admin;
  explicit Watched(Config config = {}) : server(config), admin(server) {}
};

inline const std::string upgradeFields =
    "Upgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
inline const std::string upgradeRequest = "GET / HTTP/1.1\r\nHost: x\r\n" +
                                          upgradeFields +
                                          "Sec-WebSocket-Version: 13\r\n\r\n";

/// A series of /metrics.
inline std::string failures(const std::string &reason) {
  return "plumb_handshake_failures_total{reason=\"" + reason + "\"}";
}

} // namespace plumb::test

#endif // PLUMB_UNITTESTS_ABI_ADMINSUPPORT_H
