//===- SlowMembersTest.cpp - what a full queue does -----------------------===//

#include "Support.h"

#include <fstream>
#include <unistd.h>

using namespace plumb::test;

namespace {
struct SlowMembers : testing::TestWithParam<Config> {
  std::optional<Environment> flush;
  SlowMembers() {
    if (GetParam().ioUring)
      flush.emplace("PLUMB_WS_FLUSH", "io_uring");
  }
};

/// A server whose command "flood" broadcasts numbered messages to room `r`
/// until `enough` says so, then tells its sender how many.
struct Flooding {
  Server server;
  Channel<std::string> drained;

  explicit Flooding(Config config,
                    std::function<bool(int64_t undelivered, int sent)> enough)
      : server(config, false) {
    server.onMessage = [this, enough](plumb_ws_conn conn, std::string line) {
      if (line != "flood")
        return server.command(conn, line);
      int sent = 0;
      int64_t undelivered = 0;
      while (!enough(undelivered, sent)) {
        std::string text =
            std::to_string(sent++) + ":" + std::string(20000, 'x');
        undelivered = plumb_ws_broadcast(Text("r"), Text(text));
      }
      plumb_ws_send(conn, Text(std::to_string(sent)));
    };
    server.onDrained = [this](plumb_ws_conn conn) {
      drained.push(text(plumb_ws_query(conn, Text("name"))));
    };
    server.start();
  }
};
int numberOf(const std::string &message) {
  return std::atoi(message.substr(0, message.find(':')).c_str());
}
} // namespace

INSTANTIATE_TEST_SUITE_P(All, SlowMembers, PLUMB_ALL_CONFIGS_AND_UNIX, nameOf);
INSTANTIATE_TEST_SUITE_P(IoUring, SlowMembers,
                         testing::Values(Config{false, 1, true},
                                         Config{false, 3, true},
                                         Config{false, 3, true, true}),
                         nameOf);

/// The slow member keeps what was queued first, gets nothing that came when it
/// was full, stays, and is told of once it has read all.
TEST_P(SlowMembers, DropNewest) {
  Environment policy("PLUMB_WS_QUEUE_POLICY", "drop_newest"),
      bytes("PLUMB_WS_MAX_QUEUE_BYTES", "200000");
  if (GetParam().shards > 1)
    GTEST_SKIP() << "what other shards drop is not counted by the caller";
  Flooding flooding(GetParam(), [](int64_t undelivered, int sent) {
    return undelivered > 0 || sent == 20000;
  });
  Client slow(flooding.server, "slow"), other(flooding.server, "other");
  slow.ask("join r");
  int sent = std::atoi(other.ask("flood").c_str());
  ASSERT_LT(sent, 20000) << "a broadcast counts a member that did not get it";
  for (int i = 0; i < sent - 1; ++i)
    ASSERT_EQ(numberOf(slow.read()), i);
  EXPECT_EQ(flooding.drained.pop(), "slow");
  other.ask("say r after");
  EXPECT_EQ(slow.read(), "after") << "it is a member still";
  EXPECT_EQ(flooding.drained.size(), 0u) << "told once";
}

/// The newest always arrive, in order.
TEST_P(SlowMembers, DropOldest) {
  Environment policy("PLUMB_WS_QUEUE_POLICY", "drop_oldest"),
      bytes("PLUMB_WS_MAX_QUEUE_BYTES", "200000");
  constexpr int messages = 2000;
  Flooding flooding(GetParam(), [](int64_t undelivered, int sent) {
    EXPECT_EQ(undelivered, 0) << "it takes the place of an older one";
    return sent == messages;
  });
  Client slow(flooding.server, "slow"), other(flooding.server, "other");
  slow.ask("join r");
  other.ask("flood");
  int last = -1, gaps = 0, sinceGap = 0;
  while (last != messages - 1) {
    int number = numberOf(slow.read());
    ASSERT_GT(number, last);
    bool gap = number != last + 1;
    gaps += gap;
    sinceGap = gap ? 1 : sinceGap + 1;
    last = number;
  }
  EXPECT_GE(gaps, 1) << "40 MB do not fit into the sockets and the queue";
  EXPECT_GE(sinceGap, 5) << "a full queue holds the newest";
  EXPECT_EQ(flooding.drained.pop(), "slow");
  slow.sync();
}

/// Under the policy to drop, send says that the queue is full, and goes on when
/// the program is told that it has emptied.
TEST_P(SlowMembers, SendStopsAndGoesOn) {
  Environment policy("PLUMB_WS_QUEUE_POLICY", "drop_newest"),
      messages("PLUMB_WS_MAX_QUEUE_MESSAGES", "10");
  constexpr int wanted = 300;
  Server server(GetParam(), false);
  int next = 0; // Of the connection's shard.
  Channel<bool> paused;
  auto goOn = [&](plumb_ws_conn conn) {
    while (next < wanted) {
      std::string text = std::to_string(next) + ":" + std::string(50000, 'x');
      int64_t status = plumb_ws_send(conn, Text(text));
      if (status == PLUMB_WS_ERR_QUEUE_FULL) {
        paused.push(true);
        return;
      }
      ASSERT_EQ(status, 0);
      ++next;
    }
  };
  server.onMessage = [&](plumb_ws_conn conn, std::string) { goOn(conn); };
  server.onDrained = goOn;
  server.start();
  Client reader(server);
  reader.send("go");
  EXPECT_TRUE(paused.pop()) << "15 MB do not fit into the sockets";
  for (int i = 0; i < wanted; ++i)
    ASSERT_EQ(numberOf(reader.read()), i);
}

/// Bytes of memory of this process that are not shared.
static size_t residentBytes() {
  std::ifstream statm("/proc/self/statm");
  size_t size = 0, resident = 0;
  statm >> size >> resident;
  return resident * static_cast<size_t>(::sysconf(_SC_PAGESIZE));
}

/// A message that waits for many is held once.
TEST_P(SlowMembers, ShareOneCopy) {
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
  GTEST_SKIP() << "memory is measured";
#endif
#endif
  constexpr int members = 200;
  constexpr size_t size = 8 << 20;
  Server server(GetParam(), false);
  Channel<size_t> grown;
  server.onMessage = [&](plumb_ws_conn conn, std::string line) {
    if (line != "large")
      return server.command(conn, line);
    Text large{std::string(size, 'x')};
    size_t before = residentBytes();
    EXPECT_EQ(plumb_ws_broadcast(Text("r"), large), 0);
    grown.push(residentBytes() - before);
  };
  server.start();
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < members; ++i) {
    clients.push_back(std::make_unique<Client>(server));
    ASSERT_EQ(clients.back()->ask("join r"), "0");
  }
  Client other(server);
  other.send("large");
  EXPECT_LT(*grown.pop(), 10 * size) << "for " << members << " members";
}
