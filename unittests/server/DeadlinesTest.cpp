//===- DeadlinesTest.cpp - to the millisecond -----------------------------===//
//
// Deadlines of peers and of the server's end, by a clock that the test holds:
// an hour takes no time, and a millisecond too early is seen.
//
//===----------------------------------------------------------------------===//

#include "World.h"

#include <gtest/gtest.h>

using namespace plumb::rt;
using namespace plumb::test;
using server::Options;

namespace {
/// One shard, and a client that is connected.
struct Deadlines : testing::Test {
  Options options;
  std::unique_ptr<World> world;
  Peer *peer = nullptr;

  void begin() {
    world = std::make_unique<World>(options, 1, 1);
    peer = &connected();
  }
  Peer &connected() {
    Peer &one = world->connect(0);
    world->settle();
    one.read();
    EXPECT_TRUE(one.upgraded);
    return one;
  }
  void tell(Peer &one, std::string_view commands) {
    one.send(commands);
    world->settle();
  }
};
} // namespace

TEST_F(Deadlines, WhoDoesNotAnswerACloseIsWaitedForOnlySoLong) {
  options.close_timeout_ms = 5000;
  begin();
  peer->answers = false;
  tell(*peer, "c4001");
  peer->read();
  EXPECT_EQ(peer->sawClose, 4001);
  world->pass(4999);
  EXPECT_EQ(peer->closes, 0u);
  world->pass(1);
  EXPECT_EQ(peer->closes, 1u);
  EXPECT_EQ(peer->closeCode, 4001);
  EXPECT_TRUE(peer->link->serverClosed);
}

/// The last it is sent, and slower than the time-out: while it takes some in
/// each of its times, it gets all.
TEST_F(Deadlines, AReaderThatGetsOnIsWaitedFor) {
  options.close_timeout_ms = 1000;
  begin();
  peer->link->room = 100;
  for (int i = 0; i < 20; ++i)
    world->sendTo(*peer, "test", 100);
  tell(*peer, "c4001");
  for (int i = 0; i < 60 && !peer->sawClose; ++i) {
    world->pass(900);
    peer->read(60);
  }
  EXPECT_EQ(peer->received.size(), 20u);
  EXPECT_EQ(peer->sawClose, 4001);
  EXPECT_EQ(peer->closes, 0u);
  world->settle();
  EXPECT_EQ(peer->closes, 1u) << "it has answered";
}

TEST_F(Deadlines, SilenceIsAskedAboutThenEnded) {
  options.ping_interval_ms = 30'000;
  options.pong_timeout_ms = 20'000;
  begin();
  Peer &silent = connected();
  silent.answers = false;
  world->pass(29'999);
  for (Peer *one : {peer, &silent}) {
    one->read();
    EXPECT_EQ(one->pings, 0u);
  }
  world->pass(1);
  for (Peer *one : {peer, &silent}) {
    one->read();
    EXPECT_EQ(one->pings, 1u);
  }
  world->settle();
  world->pass(19'999);
  EXPECT_EQ(silent.closes, 0u);
  world->pass(1);
  EXPECT_EQ(silent.closes, 1u);
  EXPECT_EQ(silent.closeCode, 1006);
  EXPECT_EQ(silent.closeReason, "no answer to a ping");
  EXPECT_EQ(peer->closes, 0u);
  world->pass(10'000);
  peer->read();
  EXPECT_EQ(peer->pings, 2u);
}

TEST_F(Deadlines, WhoSaysNothingToTheProgramIsSentAway) {
  options.idle_timeout_ms = 60'000;
  options.ping_interval_ms = 1000;
  begin();
  tell(*peer, "b1");
  for (int i = 0; i < 59; ++i) {
    world->pass(1000);
    peer->read(); // Pongs are no messages.
    world->settle();
  }
  EXPECT_EQ(peer->pings, 59u);
  world->pass(999);
  EXPECT_FALSE(peer->sawClose);
  world->pass(1);
  peer->read();
  EXPECT_EQ(peer->sawClose, 1001);
  world->settle();
  EXPECT_EQ(peer->closes, 1u);
  EXPECT_EQ(peer->closeReason, "no message for too long");
}

/// Each message starts the time anew.
TEST_F(Deadlines, WhoTalksIsNotIdle) {
  options.idle_timeout_ms = 1000;
  begin();
  Peer &silent = connected();
  for (int i = 0; i < 10; ++i) {
    world->pass(999);
    tell(*peer, "b1");
  }
  silent.read();
  EXPECT_EQ(silent.sawClose, 1001);
  peer->read();
  EXPECT_FALSE(peer->sawClose);
}

TEST_F(Deadlines, ARequestHasItsTime) {
  options.handshake_timeout_ms = 10'000;
  begin();
  Peer &slow = world->connect(0), &mute = world->connect(0);
  slow.link->toServer.resize(slow.link->toServer.size() - 2);
  mute.link->toServer.clear();
  world->settle();
  world->pass(9999);
  EXPECT_FALSE(slow.link->serverClosed || mute.link->serverClosed);
  world->pass(1);
  EXPECT_TRUE(slow.link->toClient.starts_with("HTTP/1.1 408 "));
  EXPECT_TRUE(mute.link->toClient.empty());
  EXPECT_TRUE(mute.link->serverClosed);
  EXPECT_FALSE(slow.accepted || mute.accepted);
}

/// A callback that takes longer than every time-out makes nobody late.
TEST_F(Deadlines, NobodyIsLateWhomNobodyHeard) {
  options.handshake_timeout_ms = 3000;
  options.ping_interval_ms = 100;
  options.pong_timeout_ms = 3000;
  begin();
  Peer &half = world->connect(0);
  std::string rest = half.link->toServer.substr(20);
  half.link->toServer.resize(20);
  world->settle();
  world->hold(0, 4'000'000);
  world->settle();
  EXPECT_FALSE(half.link->serverClosed);
  half.link->toServer = rest;
  world->settle();
  half.read();
  EXPECT_TRUE(half.upgraded);
  EXPECT_EQ(peer->closes, 0u);
  peer->read();
  tell(*peer, "j1;b1");
  peer->read();
  EXPECT_EQ(peer->received.size(), 1u);
}

/// What came while nobody listened was not sent all at once.
TEST_F(Deadlines, ALongCallbackMakesNoFloodOfWhatWaited) {
  options.max_message_rate = 20;
  begin();
  tell(*peer, "j1");
  world->hold(0, 2000);
  for (int i = 0; i < 40; ++i) // 20 a second, for two seconds.
    peer->send("b1");
  world->settle();
  peer->read();
  EXPECT_EQ(peer->received.size(), 40u);
  EXPECT_FALSE(peer->sawClose);
  for (int i = 0; i < 40; ++i) // And now it was.
    peer->send("b1");
  world->settle();
  peer->read();
  EXPECT_EQ(peer->sawClose, 1008);
}

TEST_F(Deadlines, AStopIsSpreadAndEndsInTime) {
  options.drain_window_ms = 1000;
  options.drain_timeout_ms = 10'000;
  options.close_timeout_ms = 86'400'000;
  begin();
  std::vector<Peer *> all{peer};
  while (all.size() < 10)
    all.push_back(&connected());
  all.back()->answers = false;
  tell(*all.front(), "j1");
  world->stop();
  std::vector<size_t> told;
  for (int i = 0; i < 10; ++i) {
    world->settle();
    for (Peer *one : all)
      one->read();
    told.push_back(static_cast<size_t>(std::ranges::count_if(
        all, [](Peer *one) { return one->sawClose == 1001; })));
    world->settle();
    world->pass(100);
  }
  EXPECT_LT(told[2], 5u);
  EXPECT_TRUE(std::ranges::is_sorted(told));
  for (Peer *one : all) {
    one->read();
    EXPECT_EQ(one->sawClose, 1001);
  }
  world->settle();
  for (size_t i = 0; i < 9; ++i)
    EXPECT_EQ(all[i]->closes, 1u);
  EXPECT_TRUE(world->turn(0)) << "one has not answered";
  world->pass(8999);
  EXPECT_EQ(all.back()->closes, 0u);
  world->pass(1);
  EXPECT_EQ(all.back()->closes, 1u);
  EXPECT_EQ(all.back()->closeCode, 1001);
  EXPECT_FALSE(world->turn(0)) << "the server has ended";
}

TEST_F(Deadlines, AWindowIsWithinTheTimeOfAStop) {
  options.drain_window_ms = 86'400'000;
  options.drain_timeout_ms = 1000;
  begin();
  Peer &other = connected();
  world->stop();
  world->settle();
  world->pass(999);
  for (Peer *one : {peer, &other}) {
    one->read();
    EXPECT_EQ(one->sawClose, 1001);
  }
}

/// Each policy for a queue of four messages, to the message.
TEST_F(Deadlines, FullQueues) {
  using Policy = Options::QueuePolicy;
  for (Policy policy :
       {Policy::Disconnect, Policy::DropNewest, Policy::DropOldest}) {
    options.max_queue_messages = 4;
    options.queue_policy = policy;
    begin();
    world->slow = true;
    Peer &reader = connected();
    for (Peer *one : {peer, &reader})
      tell(*one, "j1");
    peer->link->room = 0;
    for (int i = 0; i < 10; ++i) {
      world->broadcast(1, 0);
      world->settle();
    }
    reader.read();
    EXPECT_EQ(reader.received.size(), 10u);
    peer->link->room = SIZE_MAX;
    world->settle();
    peer->read();
    world->settle();
    auto &all = peer->expected["room 1"];
    std::vector<std::string> wanted;
    for (size_t i = 0; i < 4 && policy != Policy::Disconnect; ++i)
      wanted.push_back(all[policy == Policy::DropNewest ? i : 6 + i].text);
    EXPECT_EQ(peer->received, wanted);
    EXPECT_EQ(peer->drained, policy == Policy::Disconnect ? 0u : 1u);
    EXPECT_EQ(peer->closes, policy == Policy::Disconnect ? 1u : 0u);
    if (policy == Policy::Disconnect)
      EXPECT_EQ(peer->closeCode, 1013);
  }
}
