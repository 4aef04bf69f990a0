//===- UpgradeTest.cpp - who is let in, and what is agreed on -------------===//

#include "Support.h"

#include <cstring>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace plumb::test;

namespace {
class Upgrade : public testing::TestWithParam<Config> {
protected:
  /// The head of the response to an upgrade request with more fields.
  static std::string ask(Server &server, const std::string &fields,
                         const std::string &host = "a.example") {
    auto client = Client::raw(server);
    client->writeRaw("GET / HTTP/1.1\r\nHost: " + host +
                     "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                     "Sec-WebSocket-Version: 13\r\n"
                     "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
                     fields + "\r\n");
    return client->readRaw("\r\n\r\n");
  }
  static int status(const std::string &response) {
    return response.size() < 12 ? 0 : std::atoi(response.c_str() + 9);
  }
  static bool has(const std::string &response, const std::string &line) {
    return response.find(line + "\r\n") != std::string::npos;
  }
  /// The server's own origin.
  std::string own(const std::string &host = "a.example") {
    return (GetParam().tls ? "https://" : "http://") + host;
  }
};
} // namespace

INSTANTIATE_TEST_SUITE_P(All, Upgrade, PLUMB_ALL_CONFIGS, nameOf);

TEST_P(Upgrade, OnlyPagesOfTheServerItself) {
  Server server(GetParam(), false);
  std::atomic<int> asked{0};
  server.onConnect = [&](plumb_ws_conn) { return ++asked, true; };
  server.start();
  EXPECT_EQ(status(ask(server, "Origin: " + own() + "\r\n")), 101);
  EXPECT_EQ(status(ask(server, "")), 101) << "no page";
  EXPECT_EQ(asked, 2);
  std::string other = ask(server, "Origin: http://evil.example\r\n");
  EXPECT_EQ(status(other), 403);
  Log::instance().waitFor("a page of http://evil.example was refused; name it "
                          "in the option origins");
  EXPECT_EQ(status(ask(server, "Origin: null\r\n")), 403);
  EXPECT_EQ(
      status(ask(server, "Origin: " + own() + "\r\nOrigin: " + own() + "\r\n")),
      400);
  EXPECT_EQ(asked, 2) << "the program was not asked";
  std::string port = ":" + std::to_string(server.port);
  EXPECT_EQ(status(ask(server, "Origin: " + own("localhost") + port + "\r\n",
                       "localhost" + port)),
            101);
}

TEST_P(Upgrade, OriginsOfAList) {
  Environment list("PLUMB_WS_ORIGINS", "https://b.example, null");
  Server server(GetParam());
  EXPECT_EQ(status(ask(server, "Origin: https://B.example:443\r\n")), 101);
  EXPECT_EQ(status(ask(server, "Origin: null\r\n")), 101);
  EXPECT_EQ(status(ask(server, "")), 101);
  EXPECT_EQ(status(ask(server, "Origin: " + own() + "\r\n")), 403);
}

TEST_P(Upgrade, AnyOrigin) {
  Environment any("PLUMB_WS_ORIGINS", "any");
  Server server(GetParam());
  EXPECT_EQ(status(ask(server, "Origin: http://evil.example\r\n")), 101);
}

TEST_P(Upgrade, Subprotocol) {
  Environment ours("PLUMB_WS_SUBPROTOCOLS", "v2.chat, v1.chat");
  Channel<std::string> inConnect;
  Server server(GetParam(), false);
  server.onConnect = [&](plumb_ws_conn conn) {
    inConnect.push(text(plumb_ws_subprotocol(conn)));
    return true;
  };
  server.onMessage = [](plumb_ws_conn conn, std::string) {
    plumb_ws_send(conn, plumb_ws_subprotocol(conn));
  };
  server.start();
  std::string both =
      ask(server, "Sec-WebSocket-Protocol: v1.chat, v2.chat\r\n");
  EXPECT_EQ(status(both), 101);
  EXPECT_TRUE(has(both, "Sec-WebSocket-Protocol: v2.chat")) << both;
  EXPECT_EQ(inConnect.pop(), "v2.chat");
  std::string none = ask(server, "Sec-WebSocket-Protocol: other\r\n");
  EXPECT_EQ(status(none), 101);
  EXPECT_EQ(none.find("Sec-WebSocket-Protocol"), std::string::npos) << none;
  EXPECT_EQ(inConnect.pop(), "");
  for (const char *wrong : {"", "a b", "a,a", "v1.chat;x"})
    EXPECT_EQ(status(ask(server, "Sec-WebSocket-Protocol: " +
                                     std::string(wrong) + "\r\n")),
              400)
        << wrong;
  Client without(server);
  EXPECT_EQ(without.ask("what"), "");
  EXPECT_EQ(inConnect.pop(), "");
  // A frame behind the request, so that the program can be asked.
  auto client = Client::raw(server);
  client->writeRaw("GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n"
                   "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                   "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                   "Sec-WebSocket-Protocol: v1.chat\r\n\r\n" +
                   std::string("\x81\x81\0\0\0\0x", 7));
  EXPECT_NE(client->readRaw("\x81\x07v1.chat").find("\x81\x07v1.chat"),
            std::string::npos);
}

TEST(UpgradeOptions, Wrong) {
  auto serve = [] {
    return plumb_ws_serve(
        0, [](plumb_ws_conn, void *) { return true; }, nullptr,
        [](plumb_ws_conn, const plumb_str *, void *) {}, nullptr,
        [](plumb_ws_conn, int64_t, const plumb_str *, void *) {}, nullptr,
        nullptr, nullptr, nullptr, nullptr, Text(""));
  };
  {
    Environment wrong("PLUMB_WS_ORIGINS", "https://a.example, b.example");
    EXPECT_EQ(serve(), PLUMB_ERR_INVALID_ARGUMENT);
    Log::instance().waitFor("the option origins has 'b.example'");
  }
  Environment wrong("PLUMB_WS_SUBPROTOCOLS", "a,a");
  EXPECT_EQ(serve(), PLUMB_ERR_INVALID_ARGUMENT);
  Log::instance().waitFor("the option subprotocols is 'a,a'");
}

/// Over the limit of its address a peer gets 429, until it has closed one; the
/// limit holds over all shards, and for nobody else.
TEST_P(Upgrade, ConnectionsOfOneAddress) {
  Environment limit("PLUMB_WS_MAX_CONNECTIONS_PER_ADDRESS", "3");
  Server server(GetParam());
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 3; ++i) {
    clients.push_back(
        std::make_unique<Client>(server, "c" + std::to_string(i)));
    EXPECT_EQ(clients.back()->status, 101);
  }
  for (int i = 0; i < 5; ++i) {
    std::string refused = ask(server, "");
    EXPECT_EQ(status(refused), 429);
    EXPECT_TRUE(has(refused, "Retry-After: 10")) << refused;
  }
  Log::instance().waitFor("an address has 3 connections and wants more");
  if (!GetParam().tls) {
    // Another address of the loopback.
    int other = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in from = {}, to = {};
    from.sin_family = to.sin_family = AF_INET;
    from.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    to.sin_port = htons(server.port);
    ASSERT_EQ(::bind(other, reinterpret_cast<sockaddr *>(&from), sizeof from),
              0);
    ASSERT_EQ(::connect(other, reinterpret_cast<sockaddr *>(&to), sizeof to),
              0);
    const char request[] = "GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n";
    ::send(other, request, sizeof request - 1, MSG_NOSIGNAL);
    char head[12] = {};
    EXPECT_EQ(::recv(other, head, sizeof head, MSG_WAITALL), 12);
    EXPECT_EQ(std::string(head, 12), "HTTP/1.1 404");
    ::close(other);
  }
  clients[1]->drop();
  EXPECT_EQ(server.closed.pop()->name, "c1");
  // The place may be free a moment after on_close: ask until it is.
  int again = 429;
  for (int i = 0; i < 1000 && again == 429; ++i)
    again = Client(server, "again").status;
  EXPECT_EQ(again, 101);
}
