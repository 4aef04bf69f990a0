//===- ProxyProtocolTest.cpp - servers behind a PROXY header --------------===//

#include "AdminSupport.h"
#include "Support.h"

using namespace plumb::test;
using namespace std::literals;

namespace {

/// 127.0.0.1 is a proxy.
struct Behind {
  Environment trusted{"PLUMB_WS_TRUSTED_PROXIES", "10.0.0.0/8,127.0.0.1"},
      protocol{"PLUMB_WS_PROXY_PROTOCOL", "on"};
};

std::string line(const std::string &source, int port = 4711) {
  return "PROXY TCP4 " + source + " 192.0.2.2 " + std::to_string(port) +
         " 443\r\n";
}
/// Version 2, from 192.0.2.1:4711, with vectors behind the addresses.
std::string block(const std::string &vectors = "") {
  std::string rest = "\xc0\0\2\1\xc0\0\2\2\x12\x67\x01\xbb"s + vectors;
  return "\r\n\r\n\0\r\nQUIT\n\x21\x11"s + static_cast<char>(rest.size() >> 8) +
         static_cast<char>(rest.size()) + rest;
}
const std::string local = "\r\n\r\n\0\r\nQUIT\n\x20\0\0\0"s;

class ProxyProtocol : public testing::TestWithParam<Config> {
protected:
  Behind behind;

  /// What the program hears of a client that a proxy passes on so.
  static std::string addressBehind(Server &server, const std::string &preface) {
    server.route.preface = preface;
    Client client(server);
    EXPECT_EQ(client.status, 101) << preface;
    return client.status == 101 ? client.ask("address") : "";
  }
};

} // namespace

INSTANTIATE_TEST_SUITE_P(All, ProxyProtocol, PLUMB_ALL_CONFIGS, nameOf);

TEST_P(ProxyProtocol, TheClientIsTheHeaders) {
  Server server(GetParam());
  EXPECT_EQ(addressBehind(server, line("192.0.2.1")), "192.0.2.1:4711");
  EXPECT_EQ(addressBehind(server, "PROXY TCP6 2001:db8::1 ::1 4711 443\r\n"),
            "[2001:db8::1]:4711");
  EXPECT_EQ(addressBehind(server, block()), "192.0.2.1:4711");
  // More than one look at the socket.
  EXPECT_EQ(
      addressBehind(server, block("\4\xf0\0"s + std::string(0xf000, 'x'))),
      "192.0.2.1:4711");
  // The proxy's own, or of a client without an address.
  for (const std::string &own : {local, "PROXY UNKNOWN\r\n"s}) {
    server.route.preface = own;
    Client client(server);
    EXPECT_EQ(client.ask("address"), client.address());
  }
}

/// However the bytes come, none that follows the header is lost.
TEST_P(ProxyProtocol, HeaderInPieces) {
  if (GetParam().tls)
    return; // There the hello comes right behind it in any case.
  Server server(GetParam());
  for (const std::string &header : {line("192.0.2.1"), block()}) {
    Socket socket(server.port);
    for (char c : header)
      socket.write({c});
    socket.write("GET /none HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    EXPECT_TRUE(socket.readAll().starts_with("HTTP/1.1 404 ")) << header;
  }
  Socket socket(server.port);
  socket.write(line("192.0.2.1") + "GET / HTTP/1.1\r\nHost: x\r\n" +
               upgradeFields + "Sec-WebSocket-Version: 13\r\n\r\n" +
               "\x81\x87\0\0\0\0address\x88\x80\0\0\0\0"s);
  std::string answer = socket.readAll();
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 101 ")) << answer;
  EXPECT_NE(answer.find("\x81\x0e"
                        "192.0.2.1:4711"),
            answer.npos)
      << "a request and frames in the segment of the header";
}

/// A trusted proxy that sends none, or a wrong one, is closed without a word.
TEST_P(ProxyProtocol, RefusedWithoutHeader) {
  Environment port("PLUMB_WS_ADMIN_PORT", "0");
  Server server(GetParam());
  AdminServer admin(server);
  int refused = 0;
  for (const std::string &bytes :
       {"GET / HTTP/1.1\r\nHost: x\r\n\r\n"s, "\x16\x03\x01"s,
        "PROXY TCP4 x\r\n"s, line("192.0.2.1").substr(0, 20) + "\n",
        block("\1"), "\r\n\r\n\0\r\nQUIT\n\x31"s}) {
    Socket socket(server.port);
    socket.write(bytes);
    EXPECT_EQ(socket.readAll(), "") << bytes;
    admin.expect({{"plumb_handshake_failures_total{reason=\"proxy\"}",
                   static_cast<double>(++refused)}});
  }
  std::string told =
      Log::instance().waitFor("a connection of a trusted proxy was closed");
  EXPECT_NE(told.find("there is no PROXY header"), told.npos) << told;
  EXPECT_NE(told.find("remote=127.0.0.1:"), told.npos) << told;
  EXPECT_EQ(addressBehind(server, block()), "192.0.2.1:4711");
}

/// Others are served without a header, and are not believed if they send one.
TEST_P(ProxyProtocol, UntrustedPeer) {
  Server server(GetParam());
  server.route = {"127.0.0.2", "", {}};
  Client client(server);
  EXPECT_EQ(client.ask("address"), client.address());
  EXPECT_TRUE(client.address().starts_with("127.0.0.2:"));
  if (GetParam().tls)
    return; // A header is no TLS hello.
  for (const std::string &header : {line("192.0.2.1"), block()}) {
    server.route.preface = header;
    EXPECT_EQ(Client(server).status, 400) << header;
  }
}

TEST_P(ProxyProtocol, WithinTheHandshakesTime) {
  Environment timeout("PLUMB_WS_HANDSHAKE_TIMEOUT_MS", "50");
  Environment port("PLUMB_WS_ADMIN_PORT", "0");
  Server server(GetParam());
  AdminServer admin(server);
  for (const std::string &part : {""s, "PROXY TC"s, block().substr(0, 20)}) {
    Socket socket(server.port);
    socket.write(part);
    EXPECT_EQ(socket.readAll(), "");
  }
  admin.expect({{"plumb_handshake_failures_total{reason=\"timeout\"}", 3},
                {"plumb_sockets", 0}});
}

/// A drain does not wait for a header either: without end, if it did.
TEST_P(ProxyProtocol, StopsWhileOneIsAwaited) {
  Environment handshake("PLUMB_WS_HANDSHAKE_TIMEOUT_MS", "86400000"),
      drain("PLUMB_WS_DRAIN_TIMEOUT_MS", "86400000"),
      port("PLUMB_WS_ADMIN_PORT", "0");
  Server server(GetParam());
  AdminServer admin(server);
  Socket silent(server.port);
  admin.expect({{"plumb_sockets", 1}});
  EXPECT_EQ(server.stop(), 0);
  EXPECT_EQ(silent.readAll(), "");
}

TEST_P(ProxyProtocol, LimitByAddressCountsClients) {
  Environment limit("PLUMB_WS_MAX_CONNECTIONS_PER_ADDRESS", "2");
  Server server(GetParam());
  auto connect = [&](const std::string &source) {
    server.route.preface = source.empty() ? local : line(source);
    return std::make_unique<Client>(server, source);
  };
  auto one = connect("192.0.2.1"), two = connect("192.0.2.1");
  EXPECT_EQ(one->status, 101);
  EXPECT_EQ(two->status, 101);
  EXPECT_EQ(connect("192.0.2.1")->status, 429);
  Log::instance().waitFor("an address has 2 connections and wants more");
  EXPECT_EQ(connect("192.0.2.9")->status, 101) << "another client";
  // The proxy's own are not counted, nor are those of a proxy behind it.
  std::vector<std::unique_ptr<Client>> own;
  for (int i = 0; i < 5; ++i) {
    own.push_back(connect(""));
    EXPECT_EQ(own.back()->status, 101);
    own.push_back(connect("10.1.2.3"));
    EXPECT_EQ(own.back()->status, 101);
  }
  // A connection that has ended is one less of its client's.
  two->drop();
  server.closed.pop();
  int status = 429;
  for (int i = 0; i < 1000 && status == 429; ++i)
    status = connect("192.0.2.1")->status;
  EXPECT_EQ(status, 101);
}

/// Those that are to hear that they are too many are a bounded number, too.
TEST_P(ProxyProtocol, RefusedAtOnceWhenManyAre) {
  if (GetParam().tls || GetParam().shards != 1)
    return;
  Environment limit("PLUMB_WS_MAX_CONNECTIONS_PER_ADDRESS", "1"),
      total("PLUMB_WS_MAX_CONNECTIONS", "80"), port("PLUMB_WS_ADMIN_PORT", "0");
  Server server(GetParam());
  AdminServer admin(server);
  std::vector<Socket> sockets;
  for (int i = 0; i < 70; ++i) {
    sockets.emplace_back(server.port);
    sockets.back().write(line("192.0.2.1"));
  }
  // One is served, 64 wait for their request, the others are closed.
  admin.expect(
      {{"plumb_sockets", 65},
       {"plumb_handshake_failures_total{reason=\"address_full\"}", 5}});
  for (Socket &socket : sockets)
    socket.write("GET /none HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  int found = 0, many = 0, closed = 0;
  for (Socket &socket : sockets) {
    std::string answer = socket.readAll();
    found += answer.starts_with("HTTP/1.1 404 ");
    many += answer.starts_with("HTTP/1.1 429 ");
    closed += answer.empty();
  }
  EXPECT_EQ(found, 1);
  EXPECT_EQ(many, 64);
  EXPECT_EQ(closed, 5);
  sockets.clear();
  admin.expect({{"plumb_sockets", 0}});
  EXPECT_EQ(addressBehind(server, line("192.0.2.1")), "192.0.2.1:4711");
  // None of them counts any more, in total either.
  for (int i = 0; i < 70; ++i) {
    sockets.emplace_back(server.port);
    sockets.back().write(local + "GET /none HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_TRUE(sockets.back().readAll("\r\n\r\n").starts_with("HTTP/1.1 404"));
  }
}

/// TLS that the proxy ends: a page's origin is https, whatever we speak.
TEST_P(ProxyProtocol, OriginOfAClientThatSpeaksTls) {
  Server server(GetParam());
  auto status = [&](uint8_t client, const std::string &origin) {
    server.route.preface =
        block("\x20\0\5"s + static_cast<char>(client) + "\0\0\0\0"s);
    server.route.fields = {{"Origin", origin}};
    return Client(server).status;
  };
  EXPECT_EQ(status(1, "https://localhost"), 101);
  EXPECT_EQ(status(1, "http://localhost"), 403);
  EXPECT_EQ(status(0, "https://localhost"), 403);
  EXPECT_EQ(status(0, "http://localhost"), 101);
}

/// With the option off a header is no request, from anybody.
TEST(ProxyProtocolOff, HeaderIsNoRequest) {
  Environment trusted("PLUMB_WS_TRUSTED_PROXIES", "127.0.0.1");
  Server server;
  for (const std::string &header : {line("192.0.2.1"), block()}) {
    server.route.preface = header;
    EXPECT_EQ(Client(server).status, 400);
  }
}
