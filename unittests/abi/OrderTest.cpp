//===- OrderTest.cpp - who sees what in which order -----------------------===//

#include "Support.h"

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

INSTANTIATE_TEST_SUITE_P(All, Order, PLUMB_ALL_CONFIGS, nameOf);
INSTANTIATE_TEST_SUITE_P(IoUring, Order,
                         testing::Values(Config{false, 1, true},
                                         Config{false, 3, true}),
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
