//===- ReachTest.cpp - one connection, from elsewhere ---------------------===//

#include "Support.h"

#include <atomic>
#include <set>

using namespace plumb::test;

namespace {
class Reach : public testing::TestWithParam<Config> {};
const std::string stale = std::to_string(PLUMB_ERR_STALE_HANDLE);
} // namespace

INSTANTIATE_TEST_SUITE_P(All, Reach, PLUMB_ALL_CONFIGS, nameOf);

TEST_P(Reach, ByItsNumber) {
  Server server(GetParam());
  std::vector<std::unique_ptr<Client>> clients;
  std::set<std::string> ids;
  for (int i = 0; i != 8; ++i) {
    clients.push_back(std::make_unique<Client>(server));
    std::string id = clients.back()->ask("id");
    EXPECT_NE(id, "0");
    EXPECT_TRUE(ids.insert(id).second) << "each has its own";
    EXPECT_EQ(clients.back()->ask("id"), id) << "and keeps it";
  }
  // From each to each, whichever shard they are on.
  for (auto &from : clients)
    for (auto &to : clients) {
      std::string id = to->ask("id");
      from->send("tell " + id + " hello");
      if (from != to) {
        ASSERT_EQ(from->read(), "0"); // Else nothing comes.
        EXPECT_EQ(to->read(), "hello");
        continue;
      }
      std::string one = from->read();
      ASSERT_TRUE(one == "0" || one == "hello") << one;
      EXPECT_EQ(from->read(), one == "0" ? "hello" : "0");
    }
}

TEST_P(Reach, NobodyOnceItHasEnded) {
  Server server(GetParam());
  Client stays(server, "stays");
  std::vector<std::string> ended;
  for (int i = 0; i != 20; ++i) {
    Client goes(server, "goes");
    ended.push_back(goes.ask("id"));
    goes.close(1000, "");
    EXPECT_EQ(server.closed.pop()->name, "goes");
  }
  // Its place has been taken again, but not its number.
  std::string own = stays.ask("id");
  for (const std::string &id : ended) {
    EXPECT_NE(id, own);
    std::string answer = stays.ask("tell " + id + " hello");
    // Its on_close may be about to return.
    EXPECT_TRUE(answer == stale ||
                answer == std::to_string(PLUMB_WS_ERR_CLOSED))
        << answer;
  }
}

TEST_P(Reach, FromATimerAndFromOnClose) {
  Server server(GetParam(), false);
  static std::atomic<plumb_ws_conn> first, second;
  server.onMessage = [&](plumb_ws_conn conn, std::string line) {
    if (line == "first")
      first = conn;
    if (line == "later") {
      second = conn;
      plumb_time_after(
          1, plumb_ws_id(conn),
          [](int64_t id, void *) {
            EXPECT_EQ(plumb_ws_by_id(id), second.load());
            plumb_ws_send(second, Text("now"));
          },
          nullptr);
    }
    server.command(conn, line);
  };
  server.onClose = [&](plumb_ws_conn conn, int64_t, std::string) {
    // In on_close a connection still is what its number says.
    EXPECT_EQ(plumb_ws_by_id(plumb_ws_id(conn)), conn);
    if (conn == first)
      return;
    EXPECT_EQ(plumb_ws_by_id(plumb_ws_id(first)), first.load());
    EXPECT_EQ(plumb_ws_send(first, Text("gone")), 0);
  };
  server.start();
  Client one(server), two(server);
  one.send("first");
  EXPECT_EQ(one.ask("echo known"), "known");
  two.send("later");
  EXPECT_EQ(two.read(), "now");
  two.close(1000, "");
  EXPECT_EQ(one.read(), "gone");
}
