//===- AdminMetricsTest.cpp - what /metrics counts ------------------------===//

#include "../wire/Zlib.h"
#include "AdminSupport.h"

using namespace plumb::test;

namespace {
class AdminNumbers : public testing::TestWithParam<Config> {};
} // namespace

INSTANTIATE_TEST_SUITE_P(All, AdminNumbers, PLUMB_ALL_CONFIGS, nameOf);

/// Clients whose every message is known; the sums of all shards.
TEST_P(AdminNumbers, OfAConversation) {
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

namespace {
std::string dropped(const std::string &reason) {
  return "plumb_messages_dropped_total{reason=\"" + reason + "\"}";
}

/// Has sent so much to a room that its one member, which reads nothing, could
/// not be given all of it.
struct Flooded {
  Environment bytes{"PLUMB_WS_MAX_QUEUE_BYTES", "200000"},
      port{"PLUMB_WS_ADMIN_PORT", "0"}, policy;
  static constexpr int messages =
      2000; // Of 20,000 bytes: more than sockets hold.
  std::atomic<int64_t> undelivered{0};
  Server server{{}, false};
  std::unique_ptr<AdminServer> admin;
  std::unique_ptr<Client> slow, other;

  explicit Flooded(const std::string &queuePolicy)
      : policy("PLUMB_WS_QUEUE_POLICY", queuePolicy) {
    server.onMessage = [&](plumb_ws_conn conn, std::string line) {
      if (line != "flood")
        return server.command(conn, line);
      Text payload{std::string(20000, 'x')};
      for (int i = 0; i < messages; ++i)
        undelivered += plumb_ws_broadcast(Text("r"), payload);
      plumb_ws_send(conn, Text("flooded"));
    };
    server.start();
    admin = std::make_unique<AdminServer>(server);
    slow = std::make_unique<Client>(server, "slow");
    other = std::make_unique<Client>(server, "other");
    slow->ask("join r");
    EXPECT_EQ(other->ask("flood"), "flooded");
  }
};
} // namespace

TEST(AdminMetrics, NewestAreDropped) {
  Flooded flooded("drop_newest");
  EXPECT_GT(flooded.undelivered, 0);
  flooded.admin->expect(
      {{dropped("newest"), static_cast<double>(flooded.undelivered)},
       {dropped("oldest"), 0},
       {dropped("queue_full"), 0},
       {"plumb_connections", 2}});
}

TEST(AdminMetrics, OldestAreDropped) {
  Flooded flooded("drop_oldest");
  EXPECT_EQ(flooded.undelivered, 0) << "each was taken when it came";
  // What the member gets, and what it does not, is all that was sent.
  flooded.slow->send("echo end");
  int got = 0;
  while (flooded.slow->read() != "end")
    ++got;
  EXPECT_LT(got, Flooded::messages);
  flooded.admin->expect(
      {{dropped("oldest"), static_cast<double>(Flooded::messages - got)},
       {dropped("newest"), 0},
       {dropped("queue_full"), 0}});
}

/// A shard in a callback that does not return has its inbox filled by others.
TEST(AdminMetrics, InboxIsFull) {
  Environment bytes("PLUMB_WS_MAX_QUEUE_BYTES", "100000"),
      port("PLUMB_WS_ADMIN_PORT", "0");
  Channel<bool> blocked, go;
  Server server({}, false);
  server.onMessage = [&](plumb_ws_conn conn, std::string line) {
    if (line != "block")
      return server.command(conn, line);
    blocked.push(true);
    go.pop();
  };
  server.start();
  AdminServer admin(server);
  Client one(server, "one"), two(server, "two");
  one.ask("join r");
  two.ask("join r");
  one.send("block");
  ASSERT_TRUE(blocked.pop());
  // From this thread, which is no shard.
  Text payload{std::string(60000, 'x')};
  int64_t undelivered = 0;
  for (int i = 0; i < 100000 && undelivered == 0; ++i)
    undelivered = plumb_ws_broadcast(Text("r"), payload);
  EXPECT_EQ(undelivered, 2) << "every member of the shard";
  admin.expect({{dropped("inbox_full"), 2}});
  go.push(true);
}

//===----------------------------------------------------------------------===//
// Compression
//===----------------------------------------------------------------------===//

namespace {
/// A frame of a client with the key 0: the payload as it is.
std::string masked(int first, const std::string &payload) {
  std::string frame{static_cast<char>(first)};
  EXPECT_LT(payload.size(), 65536u);
  if (payload.size() < 126) {
    frame += static_cast<char>(0x80 | payload.size());
  } else {
    frame += static_cast<char>(0x80 | 126);
    frame += static_cast<char>(payload.size() >> 8);
    frame += static_cast<char>(payload.size() & 255);
  }
  return frame + std::string(4, 0) + payload;
}

/// A client with permessage-deflate, as bytes.
std::unique_ptr<Client> deflating(Server &server) {
  auto client = Client::raw(server);
  client->writeRaw("GET / HTTP/1.1\r\nHost: x\r\n" + upgradeFields +
                   "Sec-WebSocket-Version: 13\r\n"
                   "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n");
  client->readRaw("\r\n\r\n");
  return client;
}
} // namespace

TEST_P(AdminNumbers, OfCompression) {
  Environment on("PLUMB_WS_DEFLATE", "on"),
      ratio("PLUMB_WS_MAX_INFLATE_RATIO", "2"),
      maxMessage("PLUMB_WS_MAX_MESSAGE", "2000000"),
      port("PLUMB_WS_ADMIN_PORT", "0");
  Server server(GetParam(), false);
  server.start();
  AdminServer admin(server);
  auto one = deflating(server), two = deflating(server),
       bad = deflating(server);
  for (Client *member : {one.get(), two.get()}) {
    member->writeRaw(masked(0x81, "join r"));
    member->readRaw(std::string("\x81\x01") + "0");
  }
  // Comes compressed, and goes out compressed to both: once on each shard, as
  // a message that is told to a room is made once.
  std::string text(1000, 'x'), line = "say r " + text, in = zip(line);
  one->writeRaw(masked(0xc1, in));
  admin.expect({{"plumb_messages_inflated_total", 1},
                {"plumb_inflate_input_bytes_total", double(in.size())},
                {"plumb_inflate_output_bytes_total", double(line.size())},
                {"plumb_messages_deflated_total", 1},
                {"plumb_deflate_input_bytes_total", 1000}});
  double out = admin.scrape().samples.at("plumb_deflate_output_bytes_total");
  EXPECT_GT(out, 0);
  EXPECT_LT(out, 100);
  for (Client *member : {one.get(), two.get()})
    member->readRaw(std::string("\xc1") + static_cast<char>(out));
  bad->writeRaw(masked(0xc1, "\xff\xff"));
  EXPECT_EQ(server.closed.pop()->code, 1007);
  bad = deflating(server);
  bad->writeRaw(masked(0xc1, zip(std::string(1500000, 'x'))));
  EXPECT_EQ(server.closed.pop()->code, 1009);
  bad = deflating(server);
  bad->writeRaw(masked(0xc1, zip(std::string(2500000, 'x'))));
  EXPECT_EQ(server.closed.pop()->code, 1009);
  auto refused = [](const std::string &reason) {
    return "plumb_inflate_failures_total{reason=\"" + reason + "\"}";
  };
  admin.expect({{refused("damaged"), 1},
                {refused("ratio"), 2},
                {refused("too_large"), 0},
                {"plumb_messages_inflated_total", 1}});
}
