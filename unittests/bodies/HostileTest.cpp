//===- HostileTest.cpp - peers that are slow, silent or too loud ----------===//

#include "Loopback.h"
#include "Support.h"

#include <functional>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace plumb::test;

namespace {
class Hostile : public testing::TestWithParam<Config> {};

/// A TCP connection of the test's own, below TLS.
class Socket {
public:
  explicit Socket(const Server &server)
      : fd(::socket(AF_INET, SOCK_STREAM, 0)) {
    EXPECT_EQ(connectTo(fd, server.port), 0);
  }
  ~Socket() { ::close(fd); }

  /// Sends bytes of `endless` one by one, with a little time between, until
  /// the server has sent something or ended the connection; false when it
  /// never does.
  bool dribble(const std::function<char(size_t)> &endless) {
    for (size_t i = 0; i < 10000; ++i) {
      char byte = endless(i);
      ::send(fd, &byte, 1, MSG_NOSIGNAL);
      pollfd events = {fd, POLLIN, 0};
      if (::poll(&events, 1, 5) > 0)
        return true;
    }
    return false;
  }
  /// What comes until the server ends the connection.
  std::string rest() {
    std::string all;
    char buffer[4096];
    ssize_t got;
    while ((got = ::recv(fd, buffer, sizeof buffer, 0)) > 0)
      all.append(buffer, static_cast<size_t>(got));
    return all;
  }

private:
  int fd;
};

const std::string upgradeRequest =
    "GET /?name=raw HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
} // namespace

INSTANTIATE_TEST_SUITE_P(All, Hostile, PLUMB_ALL_CONFIGS, nameOf);

//===----------------------------------------------------------------------===//
// Slow ones
//===----------------------------------------------------------------------===//

/// Slowloris: the time for a request is not extended by bytes of it.
TEST_P(Hostile, HeaderThatDribbles) {
  Environment close("PLUMB_WS_CLOSE_TIMEOUT_MS", "50");
  std::string start = "GET / HTTP/1.1\r\nHost: a\r\nX: ";
  EXPECT_TRUE(withinLongerTimes([&](const char *milliseconds) {
    Environment timeout("PLUMB_WS_HANDSHAKE_TIMEOUT_MS", milliseconds);
    Server server(Config{false, GetParam().shards});
    Socket slow(server);
    EXPECT_TRUE(slow.dribble(
        [&](size_t i) { return i < start.size() ? start[i] : 'x'; }));
    return slow.rest().starts_with("HTTP/1.1 408");
  }));
}

TEST_P(Hostile, TlsHandshakeThatDribbles) {
  Environment timeout("PLUMB_WS_HANDSHAKE_TIMEOUT_MS", "100");
  Server server(Config{true, GetParam().shards});
  Socket slow(server);
  // A record of a handshake of 16 KiB, of which a ClientHello is the first.
  std::string start("\x16\x03\x01\x3f\xff\x01\x00\x3f\xfb\x03\x03", 11);
  EXPECT_TRUE(slow.dribble(
      [&](size_t i) { return i < start.size() ? start[i] : 'x'; }));
  EXPECT_EQ(slow.rest(), "");
}

/// Who has asked for nothing is owed no answer.
TEST_P(Hostile, NoRequestAtAll) {
  EXPECT_TRUE(withinLongerTimes([](const char *milliseconds) {
    Environment timeout("PLUMB_WS_HANDSHAKE_TIMEOUT_MS", milliseconds);
    Server server(GetParam());
    EXPECT_EQ(Client::raw(server)->readRaw(), "");
    // Nor is one whose page was sent and who keeps the connection.
    auto kept = Client::raw(server);
    kept->writeRaw("GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n");
    std::string all = kept->readRaw();
    EXPECT_EQ(all.find("HTTP/1.1", 1), std::string::npos) << all;
    return all.starts_with("HTTP/1.1 404");
  }));
}

/// A body is never waited for.
TEST_P(Hostile, BodyThatDribbles) {
  Environment close("PLUMB_WS_CLOSE_TIMEOUT_MS", "100");
  Server server(Config{false, GetParam().shards});
  Socket slow(server);
  std::string start =
      "GET /nothing HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n";
  EXPECT_TRUE(slow.dribble(
      [&](size_t i) { return i < start.size() ? start[i] : 'x'; }));
  EXPECT_EQ(slow.rest().substr(0, 12), "HTTP/1.1 404");
}

//===----------------------------------------------------------------------===//
// Silent ones
//===----------------------------------------------------------------------===//

/// A peer that is gone without a word: the socket is open and takes what it is
/// sent, but nothing ever comes from it.
TEST_P(Hostile, HalfOpenPeerIsFound) {
  Environment interval("PLUMB_WS_PING_INTERVAL_MS", "20"),
      timeout("PLUMB_WS_PONG_TIMEOUT_MS", "20");
  Server server(GetParam());
  auto gone = Client::raw(server);
  gone->writeRaw(upgradeRequest);
  EXPECT_EQ(server.closed.pop(), (Closed{"raw", 1006, "no answer to a ping"}));
  // It was pinged, then cut off.
  EXPECT_NE(gone->readRaw().find(std::string("\x89\0", 2)), std::string::npos);
}

//===----------------------------------------------------------------------===//
// Loud ones
//===----------------------------------------------------------------------===//

TEST_P(Hostile, MessagesASecond) {
  Environment rate("PLUMB_WS_MAX_MESSAGE_RATE", "1"),
      burst("PLUMB_WS_MAX_MESSAGE_BURST", "20");
  Server server(GetParam());
  Client loud(server, "loud"), fair(server, "fair");
  for (int i = 0; i < 20; ++i)
    EXPECT_EQ(loud.ask("echo x"), "x") << i;
  for (int i = 0; i < 100; ++i)
    loud.send("echo x", i % 2);
  EXPECT_EQ(loud.readClose(),
            (std::pair(1008, std::string("too many messages a second"))));
  EXPECT_EQ(server.closed.pop(),
            (Closed{"loud", 1008, "too many messages a second"}));
  EXPECT_EQ(fair.ask("echo fair"), "fair") << "each has its own";
}

TEST_P(Hostile, BytesASecond) {
  Environment rate("PLUMB_WS_MAX_BYTE_RATE", "1000"),
      burst("PLUMB_WS_MAX_BYTE_BURST", "200000");
  Server server(GetParam());
  Client loud(server, "loud"), fair(server, "fair");
  std::string large(50000, 'x');
  EXPECT_EQ(loud.ask("echo " + large), large);
  EXPECT_EQ(loud.ask("echo " + large), large);
  // One message that is never whole.
  loud.writeRaw(std::string("\x81\xff\0\0\0\0\0\x0f\xff\xff\0\0\0\0", 14) +
                std::string(400000, 'x'));
  EXPECT_EQ(loud.readClose(),
            (std::pair(1008, std::string("too many bytes a second"))));
  EXPECT_EQ(server.closed.pop()->code, 1008);
  EXPECT_EQ(fair.ask("echo fair"), "fair");
}

/// Frames that the program never sees are limited without being asked.
TEST_P(Hostile, PingsASecond) {
  for (char kind : {'\x89', '\x8a'}) {
    Environment rate("PLUMB_WS_MAX_PING_RATE", "50");
    Server server(GetParam());
    Client loud(server, "loud");
    std::string frame{kind, '\x80', 0, 0, 0, 0};
    std::string fifty, flood;
    for (int i = 0; i < 50; ++i)
      fifty += frame;
    for (int i = 0; i < 20; ++i)
      flood += fifty;
    loud.writeRaw(fifty);
    EXPECT_EQ(loud.ask("echo a burst"), "a burst");
    loud.writeRaw(flood);
    EXPECT_EQ(loud.readClose(),
              (std::pair(1008, std::string("too many pings a second"))));
    EXPECT_EQ(server.closed.pop()->code, 1008);
  }
}

/// Without options nothing of this is in the way of a client that is only
/// fast.
TEST_P(Hostile, DefaultsLetFastClientsBe) {
  Server server(GetParam());
  Client fast(server, "fast");
  std::string frames;
  for (int i = 0; i < 5000; ++i)
    frames += std::string("\x81\x85\0\0\0\0count", 11);
  for (int i = 0; i < 100; ++i)
    frames += std::string("\x89\x80\0\0\0\0", 6);
  fast.writeRaw(frames);
  for (int i = 0; i < 5000; ++i)
    ASSERT_EQ(fast.read(), "0");
  EXPECT_EQ(fast.ask("echo still"), "still");
}
