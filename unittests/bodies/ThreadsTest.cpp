//===- ThreadsTest.cpp - calls from threads that are no shard -------------===//

#include "Support.h"

using namespace plumb::test;

namespace {
class Threads : public testing::TestWithParam<Config> {};
} // namespace

INSTANTIATE_TEST_SUITE_P(All, Threads, PLUMB_ALL_CONFIGS_AND_UNIX, nameOf);

TEST_P(Threads, EveryCallWorksFromAnotherThread) {
  Channel<plumb_ws_conn> handles;
  Server server(GetParam(), false);
  server.onConnect = [&](plumb_ws_conn conn) {
    handles.push(conn);
    return true;
  };
  server.start();
  Client a(server, "a", "/p");
  plumb_ws_conn conn = *handles.pop();
  a.sync();
  EXPECT_EQ(text(plumb_ws_path(conn)), "/p");
  EXPECT_EQ(text(plumb_ws_query(conn, Text("name"))), "a");
  EXPECT_EQ(text(plumb_ws_remote_address(conn)), a.address());
  EXPECT_EQ(plumb_ws_put(conn, Text("k"), Text("v")), 0);
  EXPECT_EQ(text(plumb_ws_get(conn, Text("k"))), "v");
  EXPECT_EQ(a.ask("get k"), "v");

  // The order of one thread's calls holds, whatever they are.
  EXPECT_EQ(plumb_ws_join(conn, Text("r")), 0);
  EXPECT_EQ(plumb_ws_member_count(Text("r")), 1);
  EXPECT_EQ(plumb_ws_broadcast(Text("r"), Text("1")), 0);
  EXPECT_EQ(plumb_ws_send(conn, Text("2")), 0);
  EXPECT_EQ(plumb_ws_broadcast(Text("r"), Text("3")), 0);
  EXPECT_EQ(plumb_ws_broadcast_except(Text("r"), Text("no"), conn), 0);
  EXPECT_EQ(plumb_ws_send_binary(conn, Text("4")), 0);
  EXPECT_EQ(plumb_ws_leave(conn, Text("r")), 0);
  EXPECT_EQ(plumb_ws_member_count(Text("r")), 0);
  EXPECT_EQ(plumb_ws_broadcast(Text("r"), Text("no")), 0);
  EXPECT_EQ(plumb_ws_close(conn, 4000, Text("done")), 0);
  EXPECT_EQ(plumb_ws_send(conn, Text("late")), PLUMB_WS_ERR_CLOSED);
  for (const char *expected : {"1", "2", "3", "4"})
    EXPECT_EQ(a.read(), expected);
  EXPECT_EQ(a.readClose(), (std::pair<int, std::string>(4000, "done")));
  EXPECT_EQ(server.closed.pop(), (Closed{"a", 4000, "done"}));
}

/// A message that was sent before a member joined, but is carried out later,
/// is not for it.
TEST_P(Threads, JoiningBehindAMessageThatWaits) {
  Channel<bool> inCallback, published;
  Server server(GetParam(), false);
  server.onMessage = [&](plumb_ws_conn conn, std::string line) {
    if (line != "go")
      return server.command(conn, line);
    inCallback.push(true);
    published.pop();
    plumb_ws_join(conn, Text("r"));
    plumb_ws_send(conn, Text("joined"));
  };
  server.start();
  std::vector<std::unique_ptr<Client>> members;
  for (int i = 0; i < 6; ++i) { // On every shard, most likely.
    members.push_back(std::make_unique<Client>(server));
    members.back()->ask("join r");
  }
  Client joiner(server);
  joiner.send("go");
  EXPECT_TRUE(inCallback.pop());
  EXPECT_EQ(plumb_ws_broadcast(Text("r"), Text("early")), 0);
  published.push(true);
  EXPECT_EQ(joiner.read(), "joined");
  for (auto &member : members)
    EXPECT_EQ(member->read(), "early");
  joiner.sync();
}

/// A message that was accepted before a member left is for it, though its shard
/// has not looked at it yet; the same for a connection that is closed.
TEST_P(Threads, LeavingBehindAMessageThatWaits) {
  Channel<bool> inCallback, published;
  Server server(GetParam(), false);
  server.onMessage = [&](plumb_ws_conn conn, std::string line) {
    if (line != "leaves" && line != "closes")
      return server.command(conn, line);
    inCallback.push(true);
    published.pop();
    if (line == "leaves")
      plumb_ws_leave(conn, Text("r"));
    else
      plumb_ws_close(conn, 4000, Text("closed"));
  };
  server.start();
  Client leaver(server), closer(server);
  for (Client *member : {&leaver, &closer}) {
    member->ask("join r");
    member->send(member == &leaver ? "leaves" : "closes");
    EXPECT_TRUE(inCallback.pop());
    EXPECT_EQ(plumb_ws_broadcast(Text("r"), Text("before")), 0);
    published.push(true);
    EXPECT_EQ(member->read(), "before");
  }
  EXPECT_EQ(plumb_ws_broadcast(Text("r"), Text("after")), 0);
  leaver.sync();
  EXPECT_EQ(closer.readClose(), (std::pair<int, std::string>(4000, "closed")));
}

/// A broadcast is behind all that have returned before it, though the shard has
/// not looked at those yet.
TEST_P(Threads, BroadcastingBehindAMessageThatWaits) {
  Server server(GetParam(), false);
  server.onMessage = [&](plumb_ws_conn conn, std::string line) {
    if (line != "go")
      return server.command(conn, line);
    plumb_ws_broadcast(Text("r"), Text("0"));
    std::thread([] { plumb_ws_broadcast(Text("r"), Text("1")); }).join();
    plumb_ws_broadcast(Text("r"), Text("2"));
  };
  server.start();
  Client member(server);
  member.ask("join r");
  member.send("go");
  for (const char *expected : {"0", "1", "2"})
    EXPECT_EQ(member.read(), expected);
}

TEST_P(Threads, SendFillsTheQueue) {
  Environment bytes("PLUMB_WS_MAX_QUEUE_BYTES", "100000"),
      timeout("PLUMB_WS_CLOSE_TIMEOUT_MS", "50");
  Channel<plumb_ws_conn> handles;
  Server server(GetParam(), false);
  server.onConnect = [&](plumb_ws_conn conn) {
    handles.push(conn);
    return true;
  };
  server.start();
  Client slow(server, "slow");
  plumb_ws_conn conn = *handles.pop();
  slow.sync();
  Text payload{std::string(20000, 'x')};
  int64_t status;
  do
    status = plumb_ws_send(conn, payload);
  while (status == 0);
  EXPECT_EQ(status, PLUMB_WS_ERR_QUEUE_FULL);
  EXPECT_EQ(server.closed.pop()->code, 1013);
}

/// Everything at once, for ThreadSanitizer; the counts must come out even.
TEST_P(Threads, Storm) {
  Server server(GetParam());
  std::atomic<bool> over{false};
  std::thread publisher([&] {
    while (!over)
      plumb_ws_broadcast(Text("storm"), Text("x"));
  });
  std::vector<std::thread> visitors;
  for (int v = 0; v < 4; ++v)
    visitors.emplace_back([&, v] {
      for (int i = 0; i < 15; ++i) {
        Client client(server, "c");
        client.send("join storm");
        client.send("join own" + std::to_string(v));
        client.send("quiet storm y");
        client.send("leave storm");
        client.send("join storm");
        client.read();
        if (i % 2)
          client.drop();
        else
          client.close(1000, "");
      }
    });
  for (std::thread &visitor : visitors)
    visitor.join();
  over = true;
  publisher.join();
  for (int i = 0; i < 60; ++i)
    EXPECT_TRUE(server.closed.pop());
  EXPECT_EQ(plumb_ws_member_count(Text("storm")), 0);
  EXPECT_EQ(server.stop(), 0);
  EXPECT_EQ(server.closed.size(), 0u);
}

/// Handles used while their connections end: a status, and nothing else.
TEST_P(Threads, HandlesRaceWithTheEnd) {
  Channel<plumb_ws_conn> handles;
  Server server(GetParam(), false);
  server.onConnect = [&](plumb_ws_conn conn) {
    handles.push(conn);
    return true;
  };
  server.start();
  for (int i = 0; i < 20; ++i) {
    auto client = std::make_unique<Client>(server, "c");
    plumb_ws_conn conn = *handles.pop();
    std::thread user([&] {
      int64_t status;
      do {
        plumb_ws_get(conn, Text("k"));
        plumb_ws_path(conn);
        status = plumb_ws_join(conn, Text("r"));
        if (status == 0)
          status = plumb_ws_leave(conn, Text("r"));
      } while (status == 0 || status == PLUMB_WS_ERR_CLOSED);
      EXPECT_EQ(status, PLUMB_ERR_STALE_HANDLE);
    });
    client->drop();
    user.join();
    EXPECT_TRUE(server.closed.pop());
  }
}
