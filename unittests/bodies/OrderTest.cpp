//===- OrderTest.cpp - who sees what in which order -----------------------===//

#include "Support.h"

#include <latch>
#include <map>

using namespace plumb::test;

namespace {
/// Over TLS nothing is sent by io_uring, so plain is enough for that.
struct Order : testing::TestWithParam<Config> {
  std::optional<Environment> flush;
  Order() {
    if (GetParam().ioUring)
      flush.emplace("PLUMB_WS_FLUSH", "io_uring");
  }
};
} // namespace

INSTANTIATE_TEST_SUITE_P(All, Order, PLUMB_ALL_CONFIGS_AND_UNIX, nameOf);
INSTANTIATE_TEST_SUITE_P(IoUring, Order,
                         testing::Values(Config{false, 1, true},
                                         Config{false, 3, true},
                                         Config{false, 3, true, true}),
                         nameOf);

/// Publishers on all shards at once: every member sees the same sequence, and
/// each publisher's messages in it as they were sent.
TEST_P(Order, AllMembersSeeOneOrder) {
  constexpr int clientCount = 12, publishers = 6, messages = 200;
  Server server(GetParam());
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < clientCount; ++i) {
    clients.push_back(std::make_unique<Client>(server));
    EXPECT_EQ(clients.back()->ask("join r"), "0");
  }
  std::vector<std::vector<std::string>> seen(clientCount);
  std::vector<std::thread> threads;
  for (int i = 0; i < clientCount; ++i)
    threads.emplace_back([&, i] {
      auto at = static_cast<size_t>(i);
      if (i < publishers)
        for (int m = 0; m < messages; ++m)
          clients[at]->send("quiet r " + std::to_string(i) + ":" +
                            std::to_string(m));
      while (seen[at].size() < publishers * messages)
        seen[at].push_back(clients[at]->read());
    });
  for (std::thread &thread : threads)
    thread.join();
  for (int i = 1; i < clientCount; ++i)
    EXPECT_EQ(seen[static_cast<size_t>(i)], seen[0]) << "client " << i;
  std::map<std::string, int> next;
  for (const std::string &message : seen[0]) {
    std::string publisher = message.substr(0, message.find(':'));
    EXPECT_EQ(message, publisher + ":" + std::to_string(next[publisher]++));
  }
}

/// One callback that sends to one connection in every way there is.
TEST_P(Order, OneConnectionGetsAllInTheOrderOfTheCalls) {
  Server server(GetParam(), false);
  server.onMessage = [&](plumb_ws_conn conn, std::string line) {
    if (line != "go")
      return server.command(conn, line);
    for (int i = 0; i < 3; ++i) {
      std::string n = std::to_string(i);
      plumb_ws_broadcast(Text("a"), Text("a1-" + n));
      plumb_ws_send(conn, Text("own1-" + n));
      plumb_ws_broadcast(Text("b"), Text("b1-" + n));
      plumb_ws_broadcast(Text("a"), Text("a2-" + n));
      plumb_ws_broadcast_except(Text("a"), Text("others-" + n), conn);
      plumb_ws_broadcast(Text("a"), Text(std::string(300000, 'x')));
      plumb_ws_send(conn, Text("own2-" + n));
      plumb_ws_broadcast_except(Text("b"), Text("never"), conn);
      plumb_ws_broadcast(Text("a"), Text("a3-" + n));
    }
    plumb_ws_leave(conn, Text("a"));
    plumb_ws_broadcast(Text("a"), Text("left"));
    plumb_ws_broadcast(Text("b"), Text("last"));
  };
  server.start();
  Client both(server), onlyA(server);
  both.ask("join a");
  both.ask("join b");
  onlyA.ask("join a");
  // Twice, because members share their room's bytes from the second turn on.
  for (int round = 0; round < 2; ++round) {
    both.ask("join a");
    both.send("go");
    for (int i = 0; i < 3; ++i) {
      std::string n = std::to_string(i), large(300000, 'x');
      for (const std::string &expected :
           {"a1-" + n, "own1-" + n, "b1-" + n, "a2-" + n, large, "own2-" + n,
            "a3-" + n})
        ASSERT_EQ(both.read(), expected);
      for (const std::string &expected :
           {"a1-" + n, "a2-" + n, "others-" + n, large, "a3-" + n})
        ASSERT_EQ(onlyA.read(), expected);
    }
    EXPECT_EQ(both.read(), "last");
    EXPECT_EQ(onlyA.read(), "left");
  }
}

/// Joining is a point in the order: nothing from before, all from after.
TEST_P(Order, JoiningBetweenTwoBroadcasts) {
  Server server(GetParam(), false);
  server.onMessage = [&](plumb_ws_conn conn, std::string line) {
    if (line != "go")
      return server.command(conn, line);
    plumb_ws_broadcast(Text("r"), Text("before"));
    plumb_ws_join(conn, Text("r"));
    plumb_ws_broadcast(Text("r"), Text("after"));
    plumb_ws_leave(conn, Text("r"));
    plumb_ws_broadcast(Text("r"), Text("left"));
    plumb_ws_join(conn, Text("r"));
    plumb_ws_broadcast(Text("r"), Text("again"));
  };
  server.start();
  Client member(server), joiner(server);
  member.ask("join r");
  member.sync();
  joiner.send("go");
  EXPECT_EQ(joiner.read(), "after");
  EXPECT_EQ(joiner.read(), "again");
  for (const char *expected : {"before", "after", "left", "again"})
    EXPECT_EQ(member.read(), expected);
}

/// More than a chunk holds, to members that read slowly: parts of a room's
/// bytes wait in queues and must neither be lost nor overtaken.
TEST_P(Order, LargeBurstToManyMembers) {
  constexpr int messages = 400;
  Server server(GetParam(), false);
  server.onMessage = [&](plumb_ws_conn conn, std::string line) {
    if (line != "go")
      return server.command(conn, line);
    for (int i = 0; i < messages; ++i)
      plumb_ws_broadcast(
          Text("r"), Text(std::to_string(i) + ":" + std::string(20000, '.')));
  };
  server.start();
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 4; ++i) {
    clients.push_back(std::make_unique<Client>(server));
    clients.back()->ask("join r");
    clients.back()->sync();
  }
  clients[0]->send("go");
  for (auto &client : clients)
    for (int i = 0; i < messages; ++i) {
      std::string message = client->read();
      ASSERT_EQ(message.substr(0, message.find(':')), std::to_string(i));
    }
  clients[1]->send("quiet r end");
  for (auto &client : clients)
    EXPECT_EQ(client->read(), "end");
}

/// What another thread has said in a room before a member's end is read is for
/// that member, too: it goes before the close frame.
TEST(OrderAtTheEnd, WhatWasSaidBeforeIsHeard) {
  struct {
    std::string sent;
    int code;
  } const ends[] = {
      {{'\x88', '\x82', 0, 0, 0, 0, 3, '\xe8'}, 1000}, // Its own close.
      {{'\x83', '\x80', 0, 0, 0, 0}, 1002},            // No such opcode.
      {{'\x81', '\x81', 0, 0, 0, 0, '\xff'}, 1007},    // No UTF-8.
  };
  for (const auto &end : ends) {
    std::latch held{1}, ready{1}, heldAgain{1}, said{1};
    Environment timeout("PLUMB_WS_CLOSE_TIMEOUT_MS", "50");
    Server server({}, false);
    server.onMessage = [&](plumb_ws_conn conn, std::string line) {
      if (line == "hold")
        held.count_down(), ready.wait();
      else if (line == "again") // The member's end is in the same turn.
        heldAgain.count_down(), said.wait();
      else
        server.command(conn, line);
    };
    server.start();
    Client holder(server);
    auto member = Client::raw(server);
    member->writeRaw("GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
                     "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                     "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    member->readRaw("\r\n\r\n");
    member->writeRaw(std::string{'\x81', '\x86', 0, 0, 0, 0} + "join r");
    member->readRaw("0");
    holder.send("hold");
    held.wait();
    holder.send("again");
    member->writeRaw(end.sent);
    ready.count_down();
    heldAgain.wait();
    EXPECT_EQ(plumb_ws_broadcast(Text("r"), Text("the last word")), 0);
    said.count_down();
    std::string heard = member->readRaw();
    EXPECT_TRUE(heard.starts_with("\x81\x0dthe last word\x88")) << end.code;
    EXPECT_EQ(server.closed.pop()->code, end.code);
  }
}
