//===- LimitsTest.cpp - every limit has a policy --------------------------===//

#include "Loopback.h"
#include "Support.h"

#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace plumb::test;

namespace {
class Limits : public testing::TestWithParam<Config> {};
} // namespace

INSTANTIATE_TEST_SUITE_P(All, Limits, PLUMB_ALL_CONFIGS, nameOf);

TEST_P(Limits, StoreOfAConnection) {
  Environment limit("PLUMB_WS_MAX_STORE_BYTES", "164"); // 64 for the key.
  Server server(GetParam());
  Client a(server), b(server);
  EXPECT_EQ(a.ask("put k " + std::string(99, 'x')), "0");
  EXPECT_EQ(a.ask("put l y"), std::to_string(PLUMB_WS_ERR_TOO_LARGE));
  EXPECT_EQ(a.ask("put k " + std::string(50, 'z')), "0") << "replaced";
  EXPECT_EQ(a.ask("put l y"), std::to_string(PLUMB_WS_ERR_TOO_LARGE))
      << "another key costs as much";
  EXPECT_EQ(a.ask("put k z"), "0");
  EXPECT_EQ(a.ask("put l y"), "0");
  EXPECT_EQ(a.ask("get k"), "z");
  EXPECT_EQ(a.ask("get l"), "y");
  EXPECT_EQ(a.ask("put k "), "0") << "forgotten";
  EXPECT_EQ(a.ask("get k"), "");
  EXPECT_EQ(a.ask("get l"), "y");
  EXPECT_EQ(b.ask("get l"), "") << "each has its own";
}

/// A member that does not read is closed with 1013 when its queue is full, is
/// counted, and holds up nobody.
TEST_P(Limits, FullQueueOfABroadcast) {
  Environment bytes("PLUMB_WS_MAX_QUEUE_BYTES", "200000"),
      timeout("PLUMB_WS_CLOSE_TIMEOUT_MS", "50");
  Server server(GetParam(), false);
  server.onMessage = [&](plumb_ws_conn conn, std::string line) {
    if (line != "flood")
      return server.command(conn, line);
    Text payload{std::string(20000, 'x')};
    int64_t undelivered = 0;
    int sent = 0;
    // Far more than the sockets of the loopback hold.
    for (; undelivered == 0 && sent < 20000 &&
           plumb_ws_member_count(Text("r")) == 1;
         ++sent)
      undelivered = plumb_ws_broadcast(Text("r"), payload);
    plumb_ws_send(conn, Text(sent < 20000 ? "full" : "endless"));
  };
  server.start();
  Client slow(server, "slow"), other(server, "other");
  slow.ask("join r");
  EXPECT_EQ(other.ask("flood"), "full");
  EXPECT_EQ(server.closed.pop(),
            (Closed{"slow", 1013, "the send queue is full"}));
  EXPECT_EQ(other.ask("count r"), "0");
}

TEST_P(Limits, FullQueueOfASend) {
  Environment messages("PLUMB_WS_MAX_QUEUE_MESSAGES", "10"),
      timeout("PLUMB_WS_CLOSE_TIMEOUT_MS", "50");
  Channel<int64_t> results;
  Server server(GetParam(), false);
  server.onMessage = [&](plumb_ws_conn conn, std::string) {
    Text payload{std::string(100000, 'x')};
    int64_t status;
    do
      status = plumb_ws_send(conn, payload);
    while (status == 0);
    results.push(status);
    results.push(plumb_ws_send(conn, payload));
  };
  server.start();
  Client slow(server, "slow");
  slow.send("go");
  EXPECT_EQ(results.pop(), PLUMB_WS_ERR_QUEUE_FULL);
  EXPECT_EQ(results.pop(), PLUMB_WS_ERR_CLOSED) << "it is being closed";
  EXPECT_EQ(server.closed.pop()->code, 1013);
}

/// A burst of one callback is no slow peer: what the socket takes goes out in
/// between.
TEST_P(Limits, BurstToAReaderFits) {
  Environment bytes("PLUMB_WS_MAX_QUEUE_BYTES", "20000");
  Server server(GetParam(), false);
  server.onMessage = [&](plumb_ws_conn conn, std::string) {
    for (int i = 0; i < 20; ++i)
      EXPECT_EQ(plumb_ws_send(conn, Text(std::string(5000, 'x'))), 0);
  };
  server.start();
  Client a(server);
  a.send("go");
  for (int i = 0; i < 20; ++i)
    EXPECT_EQ(a.read().size(), 5000u);
}

TEST_P(Limits, MessageThatNoQueueTakes) {
  Environment bytes("PLUMB_WS_MAX_QUEUE_BYTES", "2000");
  Server server(GetParam(), false);
  server.onMessage = [&](plumb_ws_conn conn, std::string) {
    Text large{std::string(3000, 'x')};
    plumb_ws_join(conn, Text("r"));
    EXPECT_EQ(plumb_ws_send(conn, large), PLUMB_WS_ERR_TOO_LARGE);
    EXPECT_EQ(plumb_ws_broadcast(Text("r"), large), 1);
    EXPECT_EQ(plumb_ws_broadcast_except(Text("r"), large, conn), 0);
    plumb_ws_send(conn, Text("still here"));
  };
  server.start();
  Client a(server);
  EXPECT_EQ(a.ask("go"), "still here");
}

TEST_P(Limits, Connections) {
  Environment limit("PLUMB_WS_MAX_CONNECTIONS", "2");
  Server server(GetParam());
  Client one(server, "one");
  auto two = std::make_unique<Client>(server, "two");
  Client three(server, "three");
  EXPECT_EQ(three.status, 503);
  Log::instance().waitFor("the server is full (2 connections)");
  two->drop();
  EXPECT_EQ(server.closed.pop()->name, "two");
  // The slot may be free a moment after on_close: ask until it is.
  int status = 503;
  for (int i = 0; i < 1000 && status == 503; ++i)
    status = Client(server, "four").status;
  EXPECT_EQ(status, 101);
}

/// When the process has no descriptor left, accepting pauses, is told once and
/// goes on; those who are served do not notice.
TEST_P(Limits, Descriptors) {
  Server server(GetParam());
  Client before(server);
  int client = ::socket(AF_INET, SOCK_STREAM, 0);
  rlimit old, tight;
  ::getrlimit(RLIMIT_NOFILE, &old);
  int lowest = ::dup(0);
  ::close(lowest);
  tight = old;
  tight.rlim_cur = static_cast<rlim_t>(lowest);
  ::setrlimit(RLIMIT_NOFILE, &tight);
  // The kernel completes the connection; the server cannot take it.
  EXPECT_EQ(connectTo(client, server.port), 0);
  Log::instance().waitFor("cannot accept connections for now");
  EXPECT_EQ(before.ask("echo still"), "still");
  ::setrlimit(RLIMIT_NOFILE, &old);
  // Something that only a server that has accepted it does.
  std::string rubbish(40000, 'x');
  ::send(client, rubbish.data(), rubbish.size(), MSG_NOSIGNAL);
  char byte;
  while (::recv(client, &byte, 1, 0) > 0) {
  }
  ::close(client);
}

TEST_P(Limits, PeerThatAnswersPingsStays) {
  Environment interval("PLUMB_WS_PING_INTERVAL_MS", "5"),
      timeout("PLUMB_WS_PONG_TIMEOUT_MS", "30000");
  Server server(GetParam());
  Client quiet(server, "quiet");
  quiet.ask("join r");
  Channel<int> pings;
  quiet.onPing([&] { pings.push(1); });
  std::thread reader([&] { EXPECT_EQ(quiet.read(), "done"); });
  for (int i = 0; i < 5; ++i)
    EXPECT_TRUE(pings.pop());
  {
    Client other(server, "other");
    other.send("quiet r done");
    reader.join();
  }
  quiet.sync();
}
