//===- FlushTest.cpp - when output goes out -------------------------------===//

#include "AdminSupport.h"

#include <future>

using namespace plumb::test;

namespace {
/// No working server takes this long.
constexpr std::chrono::seconds forEver{20};

/// "go" lets two others send, so that both wait for the same turn; whether the
/// first has its answer when the second is heard.
bool answeredBeforeTheNextIsHeard(bool inRoom, const std::string &answer) {
  Server server({}, false);
  std::unique_ptr<Client> first, second;
  Channel<bool> answered;
  std::future<std::string> read;
  server.onMessage = [&](plumb_ws_conn conn, std::string line) {
    if (line == "go") {
      first->send("first");
      second->send("second");
    } else if (line == "first") {
      plumb_ws_send(conn, Text(answer));
    } else if (line == "second") {
      read = std::async(std::launch::async, [&] { return first->read(); });
      answered.push(read.wait_for(forEver) == std::future_status::ready);
    } else {
      server.command(conn, line);
    }
  };
  server.start();
  Client other(server);
  first = std::make_unique<Client>(server);
  second = std::make_unique<Client>(server);
  if (inRoom)
    first->ask("join r");
  other.send("go");
  bool result = answered.pop().value_or(false);
  EXPECT_EQ(read.get(), answer);
  return result;
}
} // namespace

TEST(Flush, AnAnswerIsSentBeforeOthersAreHeard) {
  EXPECT_TRUE(answeredBeforeTheNextIsHeard(false, "a"));
}

TEST(Flush, ALargeAnswerToAMemberToo) {
  EXPECT_TRUE(answeredBeforeTheNextIsHeard(true, std::string(20000, 'a')));
}

/// What comes while a message to a large room is on its way there goes along.
TEST(Flush, MessagesToALargeRoomMeet) {
  constexpr size_t members = 64;
  Environment port("PLUMB_WS_ADMIN_PORT", "0");
  Server server({}, false);
  std::unique_ptr<Client> second;
  server.onMessage = [&](plumb_ws_conn conn, std::string line) {
    if (line != "first" && line != "second")
      return server.command(conn, line);
    if (line == "first")
      second->send("second");
    plumb_ws_broadcast(Text("r"), Text(line));
  };
  server.start();
  AdminServer admin(server);
  Client first(server);
  second = std::make_unique<Client>(server);
  std::vector<std::unique_ptr<Client>> clients;
  for (size_t i = 0; i < members; ++i) {
    clients.push_back(std::make_unique<Client>(server));
    clients.back()->ask("join r");
  }
  first.sync();
  double before = admin.scrape()["plumb_flush_bytes_count"];
  first.send("first");
  for (std::unique_ptr<Client> &client : clients) {
    EXPECT_EQ(client->read(), "first");
    EXPECT_EQ(client->read(), "second");
  }
  // Not twice as many. The answer to sync() may be counted late.
  EXPECT_LE(admin.scrape()["plumb_flush_bytes_count"] - before, members + 1);
}
