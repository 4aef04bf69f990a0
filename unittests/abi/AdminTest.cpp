//===- AdminTest.cpp - the admin port: health, metrics, HTTP --------------===//

#include "AdminSupport.h"

#include <sys/socket.h>

using namespace plumb::test;

namespace {
const std::string upgradeFields =
    "Upgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
const std::string upgradeRequest = "GET / HTTP/1.1\r\nHost: x\r\n" +
                                   upgradeFields +
                                   "Sec-WebSocket-Version: 13\r\n\r\n";

/// Sockets of this process that listen.
int listening() {
  int count = 0;
  for (int fd = 0; fd < 1024; ++fd) {
    int value = 0;
    socklen_t size = sizeof value;
    if (::getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &value, &size) == 0)
      count += value;
  }
  return count;
}

/// A server with an admin port from the start.
struct Watched {
  Environment port{"PLUMB_WS_ADMIN_PORT", "0"};
  Server server;
  AdminServer admin;
  explicit Watched(Config config = {}, bool start = true)
      : server((listeningBefore = listening(), config), start), admin(server) {}
  static inline int listeningBefore;
};

class Admin : public testing::TestWithParam<Config> {};

std::string failures(const std::string &reason) {
  return "plumb_handshake_failures_total{reason=\"" + reason + "\"}";
}
} // namespace

INSTANTIATE_TEST_SUITE_P(All, Admin, PLUMB_ALL_CONFIGS, nameOf);

TEST(AdminPort, OffUnlessAskedFor) {
  int before = listening();
  Server server;
  EXPECT_EQ(listening(), before + 1);
}

TEST(AdminPort, OneSocketWhenAskedFor) {
  Watched watched(Config{false, 3});
  EXPECT_EQ(listening(), Watched::listeningBefore + 4);
}

/// Clients whose every message is known; the sums of all shards.
TEST_P(Admin, NumbersOfAConversation) {
  Watched watched(GetParam());
  AdminServer &admin = watched.admin;
  Exposition start = admin.scrape();
  EXPECT_EQ(start["plumb_connections"], 0);
  EXPECT_EQ(start["plumb_shards"], GetParam().shards);

  constexpr int members = 6, rounds = 20;
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < members; ++i) {
    clients.push_back(std::make_unique<Client>(watched.server));
    EXPECT_EQ(clients.back()->ask("join r"), "0");
  }
  for (int i = 0; i < members; ++i)
    for (int round = 0; round < rounds; ++round)
      clients[i]->send("quiet r hello");
  for (auto &client : clients)
    for (int i = 0; i < members * rounds; ++i)
      EXPECT_EQ(client->read(), "hello");
  clients[0]->send("bytes", true); // An echo.
  EXPECT_EQ(clients[0]->read(), "bytes");

  constexpr double deliveries = members * members * rounds;
  admin.expect({
      {"plumb_sockets", members},
      {"plumb_sockets_accepted_total", members},
      {"plumb_connections", members},
      {"plumb_connections_opened_total", members},
      {"plumb_memberships", members},
      {"plumb_rooms", 1},
      {"plumb_messages_received_total{type=\"text\"}",
       members + members * rounds},
      {"plumb_messages_received_total{type=\"binary\"}", 1},
      {"plumb_messages_sent_total", members + deliveries + 1},
      {"plumb_fanout_members_sum", deliveries},
      {"plumb_queue_bytes", 0},
  });
  Exposition talked = admin.scrape();
  EXPECT_EQ(talked["plumb_fanout_members_count"],
            talked["plumb_broadcasts_total"]);
  EXPECT_EQ(talked["plumb_flush_bytes_sum"], talked["plumb_sent_bytes_total"]);
  EXPECT_GE(talked["plumb_callback_seconds_count"], 1);
  if (GetParam().shards == 1) {
    EXPECT_EQ(talked["plumb_broadcasts_total"], members * rounds);
    EXPECT_EQ(talked["plumb_fanout_members_bucket{le=\"4.0\"}"], 0);
    EXPECT_EQ(talked["plumb_fanout_members_bucket{le=\"8.0\"}"],
              members * rounds);
  }

  clients[0]->close(1000, "bye");
  clients[1]->close(4001, "bye");
  clients[2]->drop();
  for (int i = 0; i < 3; ++i)
    EXPECT_TRUE(watched.server.closed.pop());
  admin.expect({
      {"plumb_connections", members - 3},
      {"plumb_memberships", members - 3},
      {"plumb_connections_closed_total{code=\"1000\"}", 1},
      {"plumb_connections_closed_total{code=\"4xxx\"}", 1},
      {"plumb_connections_closed_total{code=\"1006\"}", 1},
      {"plumb_control_frames_received_total{type=\"close\"}", 2},
  });
  for (int i = 3; i < members; ++i)
    EXPECT_EQ(clients[i]->ask("leave r"), "0");
  admin.expect({{"plumb_memberships", 0}, {"plumb_rooms", 0}});

  Exposition end = admin.scrape();
  for (const auto &[name, value] : talked.samples)
    if (name.find("_total") != std::string::npos ||
        name.find("_bucket") != std::string::npos)
      EXPECT_GE(end[name], value) << name << " counts down";
}

TEST(AdminMetrics, BytesAreExact) {
  Watched watched;
  Socket peer(watched.server.port);
  peer.write(upgradeRequest);
  // A masked "echo hi", "ping" with 4 bytes, "join r".
  std::string frames("\x81\x87\0\0\0\0echo hi"
                     "\x89\x84\0\0\0\0ping"
                     "\x81\x86\0\0\0\0join r"
                     "\x88\x82\0\0\0\0\x03\xe8",
                     13 + 10 + 12 + 8);
  peer.write(frames);
  std::string all = peer.readAll();
  // Three answers and the echo of the close frame.
  EXPECT_EQ(all.substr(all.find("\r\n\r\n") + 4),
            std::string("\x81\x02hi\x8a\x04ping\x81\x01"
                        "0\x88\x02\x03\xe8"));
  watched.admin.expect({
      {"plumb_received_bytes_total",
       static_cast<double>(upgradeRequest.size() + frames.size())},
      {"plumb_sent_bytes_total", static_cast<double>(all.size())},
      {"plumb_control_frames_received_total{type=\"ping\"}", 1},
      {"plumb_messages_sent_total", 2},
      {"plumb_connections_closed_total{code=\"1000\"}", 1},
      {"plumb_sockets", 0},
  });
}

TEST(AdminMetrics, EveryHandshakeFailureByItsReason) {
  Watched watched;
  uint16_t port = watched.server.port;
  auto ask = [&](const std::string &request) {
    Socket peer(port);
    peer.write(request);
    return peer.readAll();
  };
  {
    Socket silent(port);
  }
  watched.admin.expect({{failures("disconnect"), 1}});
  ask("rubbish\r\n\r\n");
  ask("GET / HTTP/1.1\r\nHost: x\r\nX: " + std::string(20000, 'x'));
  ask("POST / HTTP/1.1\r\nHost: x\r\n" + upgradeFields +
      "Sec-WebSocket-Version: 13\r\n\r\n");
  ask("GET / HTTP/1.1\r\nHost: x\r\n" + upgradeFields +
      "Sec-WebSocket-Version: 8\r\n\r\n");
  ask("GET / HTTP/1.1\r\nHost: x\r\n" + upgradeFields +
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Version: 13\r\n\r\n");
  EXPECT_EQ(Client(watched.server, "", "/refuse").status, 403);
  // Answered, if not with what it hoped for: no failure.
  ask("GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  watched.admin.expect({
      {failures("tls"), 0},
      {failures("timeout"), 0},
      {failures("disconnect"), 1},
      {failures("malformed"), 2},
      {failures("too_large"), 1},
      {failures("method"), 1},
      {failures("version"), 1},
      {failures("refused"), 1},
      {failures("full"), 0},
      {"plumb_connections_opened_total", 0},
      {"plumb_sockets", 0},
  });
}

TEST(AdminMetrics, HandshakeThatTakesTooLong) {
  Environment timeout("PLUMB_WS_HANDSHAKE_TIMEOUT_MS", "50");
  Watched watched;
  Socket silent(watched.server.port);
  silent.readAll();
  watched.admin.expect({{failures("timeout"), 1}, {"plumb_sockets", 0}});
}

TEST(AdminMetrics, WhatIsNoTls) {
  Watched watched(Config{true, 1});
  Socket peer(watched.server.port);
  peer.write("GET / HTTP/1.1\r\n\r\n");
  peer.readAll();
  watched.admin.expect({{failures("tls"), 1}});
}

TEST(AdminMetrics, FullQueueIsADrop) {
  Environment bytes("PLUMB_WS_MAX_QUEUE_BYTES", "1024");
  Watched watched;
  Client a(watched.server);
  a.ask("join r");
  a.send("say r " + std::string(2000, 'x')); // Larger than any queue.
  EXPECT_EQ(a.read(), "1");
  watched.admin.expect(
      {{"plumb_messages_dropped_total{reason=\"too_large\"}", 1},
       {"plumb_messages_dropped_total{reason=\"queue_full\"}", 0}});
}

TEST(AdminMetrics, SlowMember) {
  Environment bytes("PLUMB_WS_MAX_QUEUE_BYTES", "200000"),
      timeout("PLUMB_WS_CLOSE_TIMEOUT_MS", "50"),
      port("PLUMB_WS_ADMIN_PORT", "0");
  Server server({}, false);
  server.onMessage = [&](plumb_ws_conn conn, std::string line) {
    if (line != "flood")
      return server.command(conn, line);
    Text payload{std::string(20000, 'x')};
    while (plumb_ws_broadcast(Text("r"), payload) == 0) {
    }
    plumb_ws_send(conn, Text("full"));
  };
  server.start();
  AdminServer admin(server);
  Client slow(server, "slow"), other(server, "other");
  slow.ask("join r");
  EXPECT_EQ(other.ask("flood"), "full");
  EXPECT_TRUE(server.closed.pop());
  admin.expect({{"plumb_messages_dropped_total{reason=\"queue_full\"}", 1},
                {"plumb_connections_closed_total{code=\"1013\"}", 1},
                {"plumb_queue_bytes", 0},
                {"plumb_memberships", 0}});
}

//===----------------------------------------------------------------------===//
// Health
//===----------------------------------------------------------------------===//

TEST_P(Admin, StuckShardIsNamedUntilItTurnsAgain) {
  Environment timeout("PLUMB_WS_HEALTH_TIMEOUT_MS", "100"),
      port("PLUMB_WS_ADMIN_PORT", "0");
  Channel<bool> go;
  Channel<uint64_t> blocked;
  Server server(GetParam(), false);
  server.onMessage = [&](plumb_ws_conn conn, std::string) {
    blocked.push(reinterpret_cast<uint64_t>(conn) & 1023);
    go.pop();
  };
  server.start();
  AdminServer admin(server);
  auto is = [](int status) {
    return [=](const HttpAnswer &answer) { return answer.status == status; };
  };
  admin.until("/healthz", is(200));
  Client client(server);
  client.send("block");
  std::optional<uint64_t> shard = blocked.pop();
  ASSERT_TRUE(shard);
  std::string stuck =
      "shard " + std::to_string(*shard) + " is stuck in a callback\n";
  admin.until("/healthz", [&](const HttpAnswer &answer) {
    return answer.status == 503 && answer.body == stuck;
  });
  admin.until("/readyz", is(503));
  EXPECT_EQ(admin.get("/metrics").status, 200);
  go.push(true);
  EXPECT_EQ(admin.until("/healthz", is(200)).body, "ok\n");
  admin.until("/readyz", is(200));
}

TEST(AdminHealth, FullIsNotReady) {
  Environment most("PLUMB_WS_MAX_CONNECTIONS", "1");
  Watched watched;
  auto ready = [](const HttpAnswer &answer) { return answer.status == 200; };
  auto full = [](const HttpAnswer &answer) {
    return answer.status == 503 && answer.body.starts_with("full");
  };
  watched.admin.until("/readyz", ready);
  {
    Client only(watched.server);
    watched.admin.until("/readyz", full);
    EXPECT_EQ(watched.admin.get("/healthz").status, 200);
    EXPECT_EQ(Client(watched.server).status, 503);
    watched.admin.expect({{failures("full"), 1}, {"plumb_connections", 1}});
    only.drop();
  }
  watched.admin.until("/readyz", ready);
}

TEST(AdminHealth, DrainingIsNotReadyButHealthy) {
  Environment timeout("PLUMB_WS_CLOSE_TIMEOUT_MS", "60000"),
      drain("PLUMB_WS_DRAIN_TIMEOUT_MS", "60000");
  Watched watched;
  {
    // Upgraded, but never answers a close frame.
    Socket mute(watched.server.port);
    mute.write(upgradeRequest);
    watched.admin.expect({{"plumb_connections", 1}});
    EXPECT_EQ(plumb_ws_stop(), 0);
    watched.admin.until("/readyz", [](const HttpAnswer &answer) {
      return answer.status == 503 && answer.body.starts_with("draining");
    });
    EXPECT_EQ(watched.admin.get("/healthz").status, 200);
  }
  EXPECT_EQ(watched.server.join(), 0);
}

//===----------------------------------------------------------------------===//
// HTTP
//===----------------------------------------------------------------------===//

TEST(AdminHttp, PathsMethodsAndForms) {
  Watched watched;
  AdminServer &admin = watched.admin;
  HttpAnswer index = admin.get("/");
  EXPECT_EQ(index.status, 200);
  for (const char *path : {"/healthz", "/readyz", "/metrics"})
    EXPECT_NE(index.body.find(path), std::string::npos);
  EXPECT_EQ(admin.get("/nothing").status, 404);
  HttpAnswer post = admin.get("/metrics", "", "POST");
  EXPECT_EQ(post.status, 405);
  EXPECT_NE(post.head.find("Allow: GET, HEAD\r\n"), std::string::npos);
  HttpAnswer head = admin.get("/healthz", "", "HEAD");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.body, "");
  EXPECT_NE(head.head.find("Content-Length: 3\r\n"), std::string::npos);
  EXPECT_EQ(admin.request("rubbish\r\n\r\n").status, 400);
  EXPECT_EQ(admin.get("/", "X: " + std::string(9000, 'x') + "\r\n").status,
            431);

  HttpAnswer plain = admin.get("/metrics");
  EXPECT_NE(plain.head.find(
                "Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n"),
            std::string::npos);
  HttpAnswer open = admin.get(
      "/metrics", "Accept: application/openmetrics-text;version=1.0.0;q=0.5,"
                  "text/plain;version=0.0.4;q=0.3\r\n");
  EXPECT_NE(open.head.find("application/openmetrics-text; version=1.0.0"),
            std::string::npos);
  EXPECT_TRUE(open.body.ends_with("# EOF\n"));
}

TEST(AdminHttp, ThoseWhoSayNothingTakeNoPlaceForEver) {
  Watched watched;
  std::vector<Socket> silent;
  for (int i = 0; i < 40; ++i)
    silent.emplace_back(watched.admin.port);
  EXPECT_EQ(watched.admin.get("/healthz").status, 200);
  EXPECT_EQ(silent.front().readAll(), "") << "the oldest had to go";
}

TEST(AdminHttp, AddressInUseAndNoAddress) {
  Watched watched;
  auto connect = [](plumb_ws_conn, void *) { return true; };
  auto message = [](plumb_ws_conn, const plumb_str *, void *) {};
  auto close = [](plumb_ws_conn, int64_t, const plumb_str *, void *) {};
  auto serve = [&] {
    return plumb_ws_serve(0, connect, nullptr, message, nullptr, close, nullptr,
                          nullptr, nullptr, nullptr, nullptr,
                          Text(std::string()));
  };
  {
    Environment same("PLUMB_WS_ADMIN_PORT", std::to_string(watched.admin.port));
    EXPECT_EQ(serve(), PLUMB_WS_ERR_ADDRESS_IN_USE);
  }
  Environment port("PLUMB_WS_ADMIN_PORT", "0"),
      bind("PLUMB_WS_ADMIN_BIND", "nowhere");
  EXPECT_EQ(serve(), PLUMB_ERR_INVALID_ARGUMENT);
}

//===----------------------------------------------------------------------===//
// The reader of the tests
//===----------------------------------------------------------------------===//

TEST(PrometheusText, RefusesWhatIsWrong) {
  const std::string good = "# HELP a_total x\n# TYPE a_total counter\n"
                           "a_total 1\n";
  EXPECT_EQ(Exposition(good).wrong, "");
  const std::string histogram = "# HELP h x\n# TYPE h histogram\n";
  for (const std::string &text :
       {good + "a_total 1\n", good + good, good + "b 1\n", good + "a_total{",
        std::string("# HELP a x\n# TYPE a counter\na 1\n"),
        std::string("# TYPE a gauge\na 1\n"), std::string("a 1\n"),
        std::string("# HELP a x\n# TYPE a gauge\na{b=\"\\x\"} 1\n"),
        std::string("# HELP a x\n# TYPE a gauge\na one\n"),
        histogram + "h_bucket{le=\"1\"} 2\nh_bucket{le=\"+Inf\"} 1\n",
        histogram + "h_bucket{le=\"1\"} 2\nh_sum 1\nh_count 2\n",
        histogram + "h_bucket{le=\"+Inf\"} 2\nh_count 2\n",
        histogram + "h_bucket{le=\"+Inf\"} 2\nh_sum 1\nh_count 3\n"})
    EXPECT_NE(Exposition(text).wrong, "") << text;
}
