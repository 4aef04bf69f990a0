//===- RoomsTest.cpp - rooms over real connections ------------------------===//

#include "Support.h"

using namespace plumb::test;

namespace {
class Rooms : public testing::TestWithParam<Config> {
protected:
  Server server{GetParam()};
};
} // namespace

INSTANTIATE_TEST_SUITE_P(All, Rooms, PLUMB_ALL_CONFIGS_AND_UNIX, nameOf);

TEST_P(Rooms, BroadcastReachesEveryMemberAndNobodyElse) {
  std::vector<std::unique_ptr<Client>> members;
  for (int i = 0; i < 9; ++i) {
    members.push_back(std::make_unique<Client>(server));
    EXPECT_EQ(members.back()->ask("join lobby"), "0");
  }
  Client outsider(server);
  EXPECT_EQ(outsider.ask("join other"), "0");
  EXPECT_EQ(outsider.ask("count lobby"), "9");
  EXPECT_EQ(outsider.ask("say lobby hello"), "0");
  for (auto &member : members)
    EXPECT_EQ(member->read(), "hello");
  outsider.sync();
}

TEST_P(Rooms, SenderGetsItsOwnBroadcastOnce) {
  Client one(server);
  one.ask("join r");
  one.send("say r mine");
  EXPECT_EQ(one.read(), "mine");
  EXPECT_EQ(one.read(), "0");
  one.sync();
}

TEST_P(Rooms, BroadcastExceptLeavesOneOut) {
  Client a(server), b(server), c(server);
  for (Client *client : {&a, &b, &c})
    client->ask("join r");
  EXPECT_EQ(a.ask("others r psst"), "0");
  EXPECT_EQ(b.read(), "psst");
  EXPECT_EQ(c.read(), "psst");
  a.sync();
}

TEST_P(Rooms, BinaryBroadcast) {
  Client a(server), b(server);
  a.ask("join r");
  EXPECT_EQ(b.ask("bytes r data"), "0");
  EXPECT_FALSE(b.gotBinary());
  EXPECT_EQ(a.read(), "data");
  EXPECT_TRUE(a.gotBinary());
}

TEST_P(Rooms, JoinAndLeaveAreIdempotent) {
  Client a(server), b(server);
  EXPECT_EQ(a.ask("join r"), "0");
  EXPECT_EQ(a.ask("join r"), "0");
  EXPECT_EQ(b.ask("count r"), "1");
  EXPECT_EQ(b.ask("say r once"), "0");
  EXPECT_EQ(a.read(), "once");
  a.sync();
  EXPECT_EQ(a.ask("leave r"), "0");
  EXPECT_EQ(a.ask("leave r"), "0");
  EXPECT_EQ(a.ask("leave never-seen"), "0");
  EXPECT_EQ(b.ask("count r"), "0");
}

TEST_P(Rooms, NothingComesAfterLeaving) {
  Client a(server), b(server);
  a.ask("join r");
  b.ask("join r");
  a.ask("leave r");
  EXPECT_EQ(b.ask("others r gone?"), "0");
  a.sync();
  EXPECT_EQ(a.ask("join r"), "0");
  b.send("quiet r back");
  EXPECT_EQ(a.read(), "back");
}

TEST_P(Rooms, EmptyRoomTakesMessagesFromNobody) {
  Client a(server);
  EXPECT_EQ(a.ask("count nobody"), "0");
  EXPECT_EQ(a.ask("say nobody hello"), "0");
}

TEST_P(Rooms, RoomNamesAreAnyText) {
  Client a(server), b(server);
  std::string name = "zażółć/gęślą?\xf0\x9f\x98\x80";
  EXPECT_EQ(a.ask("join " + name), "0");
  EXPECT_EQ(a.ask("join "), "0") << "the empty name is a name";
  EXPECT_EQ(b.ask("count " + name), "1");
  EXPECT_EQ(b.ask("count "), "1");
  EXPECT_EQ(b.ask("say " + name + " x"), "0");
  EXPECT_EQ(a.read(), "x");
}

TEST_P(Rooms, DisconnectingLeavesEveryRoomBeforeOnClose) {
  // on_close asks for the counts itself.
  Channel<std::string> seen;
  Server watching(GetParam(), false);
  watching.onClose = [&](plumb_ws_conn conn, int64_t, std::string) {
    seen.push(std::to_string(plumb_ws_member_count(Text("a"))) + " " +
              std::to_string(plumb_ws_member_count(Text("b"))) + " " +
              std::to_string(plumb_ws_broadcast(Text("a"), Text("left"))) +
              " " + std::to_string(plumb_ws_send(conn, Text("x"))));
  };
  watching.start();
  Client stays(watching);
  stays.ask("join a");
  for (bool polite : {true, false}) {
    Client leaves(watching);
    leaves.ask("join a");
    leaves.ask("join b");
    EXPECT_EQ(stays.ask("count a"), "2");
    if (polite)
      leaves.close(1000, "");
    else
      leaves.drop();
    EXPECT_EQ(seen.pop(), "1 0 0 -100");
    EXPECT_EQ(stays.read(), "left") << "broadcast from on_close works";
  }
}

TEST_P(Rooms, ManyRoomsOfOneConnection) {
  Client a(server), b(server);
  for (int i = 0; i < 200; ++i)
    EXPECT_EQ(a.ask("join room" + std::to_string(i)), "0");
  for (int i = 0; i < 200; i += 2)
    EXPECT_EQ(a.ask("leave room" + std::to_string(i)), "0");
  for (int i = 0; i < 200; ++i)
    EXPECT_EQ(b.ask("count room" + std::to_string(i)), i % 2 ? "1" : "0") << i;
  for (int i = 1; i < 200; i += 2) {
    std::string name = "room" + std::to_string(i);
    EXPECT_EQ(b.ask("say " + name + " " + name), "0");
    EXPECT_EQ(a.read(), name);
  }
  a.close(1000, "");
  EXPECT_TRUE(server.closed.pop());
  for (int i = 0; i < 200; ++i)
    EXPECT_EQ(b.ask("count room" + std::to_string(i)), "0");
}

TEST_P(Rooms, MembersComeAndGoInTheMiddle) {
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 8; ++i) {
    clients.push_back(std::make_unique<Client>(server));
    clients.back()->ask("join r");
    clients.back()->ask("join s");
  }
  for (int gone : {3, 0, 5}) {
    clients[static_cast<size_t>(gone)]->close(1000, "");
    EXPECT_TRUE(server.closed.pop());
  }
  clients[1]->ask("leave r");
  EXPECT_EQ(clients[1]->ask("say r four"), "0");
  for (int member : {2, 4, 6, 7})
    EXPECT_EQ(clients[static_cast<size_t>(member)]->read(), "four");
  EXPECT_EQ(clients[2]->ask("others s five"), "0");
  for (int member : {1, 4, 6, 7})
    EXPECT_EQ(clients[static_cast<size_t>(member)]->read(), "five");
  for (int member : {1, 2, 4, 6, 7})
    clients[static_cast<size_t>(member)]->sync();
}

/// A connection in so many rooms that they are indexed: joining, leaving and
/// closing keep every list straight.
TEST_P(Rooms, SoManyRoomsThatTheyAreIndexed) {
  constexpr int count = 200;
  Client many(server, "many"), one(server, "one");
  auto room = [](int i) { return "room" + std::to_string(i); };
  for (int i = 0; i < count; ++i) {
    ASSERT_EQ(many.ask("join " + room(i)), "0");
    if (i % 3 == 0) {
      ASSERT_EQ(one.ask("join " + room(i)), "0");
    }
  }
  ASSERT_EQ(many.ask("join " + room(7)), "0") << "again";
  for (int i = 0; i < count; i += 2)
    ASSERT_EQ(many.ask("leave " + room(i)), "0");
  ASSERT_EQ(many.ask("leave " + room(0)), "0") << "again";
  for (int i = 0; i < count; ++i)
    ASSERT_EQ(one.ask("count " + room(i)),
              std::to_string((i % 2 == 1) + (i % 3 == 0)))
        << i;
  ASSERT_EQ(many.ask("join " + room(4)), "0");
  one.send("quiet " + room(4) + " four");
  EXPECT_EQ(many.read(), "four");
  many.drop();
  EXPECT_EQ(server.closed.pop()->name, "many");
  for (int i = 0; i < count; ++i)
    ASSERT_EQ(one.ask("count " + room(i)), std::to_string(i % 3 == 0)) << i;
}
