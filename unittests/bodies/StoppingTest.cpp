//===- StoppingTest.cpp - how a server drains -----------------------------===//

#include "Loopback.h"
#include "Support.h"

#include <arpa/inet.h>
#include <cerrno>
#include <csignal>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace plumb::test;

namespace {
class Stopping : public testing::TestWithParam<Config> {};
const char *const hour = "3600000";
constexpr const char *windowOption = "PLUMB_WS_DRAIN_WINDOW_MS";
constexpr const char *timeoutOption = "PLUMB_WS_DRAIN_TIMEOUT_MS";

/// Whether the client is still served; false once it has been told to go.
bool served(Client &client) {
  try {
    return client.ask("echo here") == "here";
  } catch (const std::exception &) {
    return false;
  }
}

/// Returns when every shard has begun to stop.
void untilNobodyListens(uint16_t port) {
  int error = 0;
  while (error == 0 || error == ECONNRESET) {
    int probe = ::socket(AF_INET, SOCK_STREAM, 0);
    error = connectTo(probe, port) ? errno : 0;
    ::close(probe);
  }
  EXPECT_EQ(error, ECONNREFUSED);
}
} // namespace

INSTANTIATE_TEST_SUITE_P(All, Stopping, PLUMB_ALL_CONFIGS, nameOf);

TEST_P(Stopping, EachIsServedUntilItsTurn) {
  Environment window(windowOption, hour), timeout(timeoutOption, hour);
  Server server(GetParam());
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 20; ++i) {
    clients.push_back(std::make_unique<Client>(server, std::to_string(i)));
    clients.back()->ask("join all");
  }
  auto undecided = Client::raw(server); // Will ask when it is too late.
  clients.back()->sync();
  plumb_ws_stop();
  Log::instance().waitFor("plumb: stopping");
  untilNobodyListens(server.port);
  // The first of each shard at once, the second of it minutes later.
  size_t gone = std::erase_if(clients, [](auto &client) {
    bool stays = served(*client);
    if (!stays)
      client->drop();
    return !stays;
  });
  EXPECT_GE(gone, 1u);
  EXPECT_LE(gone, GetParam().shards);
  for (size_t i = 0; i < gone; ++i)
    EXPECT_EQ(server.closed.pop()->code, 1001);
  EXPECT_EQ(server.closed.size(), 0u);
  EXPECT_EQ(clients[0]->ask("count all"), std::to_string(20 - gone));
  clients[1]->send("others all still here");
  EXPECT_EQ(clients[0]->read(), "still here");
  EXPECT_EQ(clients[1]->read(), "0");
  clients[0]->sync();
  // In haste all go.
  ::kill(::getpid(), SIGINT);
  for (size_t i = 2; i < clients.size(); ++i)
    EXPECT_EQ(clients[i]->readClose().first, 1001);
  EXPECT_EQ(clients[0]->readClose().first, 1001);
  EXPECT_EQ(clients[1]->readClose().first, 1001);
  EXPECT_EQ(server.join(), 0);
  EXPECT_EQ(server.closed.size(), clients.size());
}

TEST_P(Stopping, NobodyComesIn) {
  Environment window(windowOption, hour), timeout(timeoutOption, hour),
      close("PLUMB_WS_CLOSE_TIMEOUT_MS", "500");
  Server server(GetParam());
  std::vector<std::unique_ptr<Client>> clients, undecided;
  for (int i = 0; i < 6; ++i)
    clients.push_back(std::make_unique<Client>(server));
  for (int i = 0; i < 6; ++i)
    undecided.push_back(Client::raw(server));
  for (auto &client :
       undecided) { // Known to the server; other tests have pages.
    client->writeRaw("GET /nobody HTTP/1.1\r\nHost: x\r\n\r\n");
    client->readRaw("there is no page here\n");
  }
  plumb_ws_stop();
  untilNobodyListens(server.port);
  size_t refused = 0;
  for (auto &client : undecided) {
    client->writeRaw("GET / HTTP/1.1\r\nHost: localhost\r\n"
                     "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                     "Sec-WebSocket-Version: 13\r\n"
                     "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    std::string answer = client->readRaw();
    if (!answer.empty()) {
      EXPECT_EQ(answer.substr(0, 13), "HTTP/1.1 503 ") << answer;
      EXPECT_NE(answer.find("Connection: close"), std::string::npos) << answer;
      ++refused;
    }
  }
  EXPECT_GE(refused, 1u); // The others were first of their shard.
  ::kill(::getpid(), SIGINT);
  EXPECT_EQ(server.join(), 0);
}

TEST_P(Stopping, QueuesAreFlushedFirst) {
  Environment window(windowOption, "20");
  Server server(GetParam(), false);
  constexpr int messages = 100;
  std::string large(50000, 'x');
  server.onMessage = [&](plumb_ws_conn, std::string) {
    for (int i = 0; i < messages; ++i)
      plumb_ws_broadcast(Text("all"), Text(std::to_string(i) + " " + large));
    plumb_ws_stop();
  };
  server.onConnect = [](plumb_ws_conn conn) {
    return plumb_ws_join(conn, Text("all")) == 0;
  };
  server.start();
  Client a(server, "a"), b(server, "b"), c(server, "c");
  a.send("go");
  for (Client *client : {&c, &b, &a}) {
    for (int i = 0; i < messages; ++i)
      ASSERT_EQ(client->read(), std::to_string(i) + " " + large);
    EXPECT_EQ(client->readClose().first, 1001);
  }
  EXPECT_EQ(server.join(), 0);
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(server.closed.pop()->code, 1001);
}

TEST_P(Stopping, WhoDoesNotAnswerIsCut) {
  Environment window(windowOption, "0"), timeout(timeoutOption, "50"),
      patience("PLUMB_WS_CLOSE_TIMEOUT_MS", hour);
  Server server(GetParam(), false);
  server.onClose = [&](plumb_ws_conn conn, int64_t code, std::string reason) {
    // Every other one may still be open.
    plumb_ws_broadcast(Text("all"), Text("one less"));
    server.closed.push(
        {text(plumb_ws_query(conn, Text("name"))), code, reason});
  };
  server.start();
  Client a(server, "a"), b(server, "b");
  a.ask("join all");
  b.ask("join all");
  Client c(server, "c"); // In no room.
  EXPECT_EQ(server.stop(), 0);
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(server.closed.pop()->code, 1001);
  EXPECT_EQ(server.closed.size(), 0u);
  Log::instance().waitFor("did not end within drain_timeout_ms");
}

TEST_P(Stopping, InterruptSpreadsNothing) {
  Environment window(windowOption, hour), timeout(timeoutOption, hour);
  Server server(GetParam());
  Client a(server, "a"), b(server, "b"), c(server, "c");
  c.sync();
  ::kill(::getpid(), SIGINT);
  for (Client *client : {&c, &b, &a})
    EXPECT_EQ(client->readClose().first, 1001);
  EXPECT_EQ(server.join(), 0);
}

TEST_P(Stopping, AnIgnoredSignalStaysIgnoredInADrain) {
  ::signal(SIGINT, SIG_IGN);
  Environment window(windowOption, "0");
  {
    Server server(GetParam());
    Client a(server, "a");
    ::kill(::getpid(), SIGTERM);
    Log::instance().waitFor("plumb: stopping");
    ::kill(::getpid(), SIGINT); // Would end this process.
    EXPECT_EQ(a.readClose().first, 1001);
    EXPECT_EQ(server.join(), 0);
  }
  EXPECT_EQ(::signal(SIGINT, SIG_DFL), SIG_IGN);
}
