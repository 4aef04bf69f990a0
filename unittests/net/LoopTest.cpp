//===- LoopTest.cpp - the event loop --------------------------------------===//

#include "runtime/net/Loop.h"
#include "runtime/net/Stop.h"

#include <csignal>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/epoll.h>
#include <thread>

using namespace plumb::rt::net;

TEST(Loop, PostFromAnotherThreadWakesAndKeepsOrder) {
  Loop loop;
  Loop::Running running(loop);
  std::vector<int> seen;
  std::thread other([&] {
    for (int i = 0; i < 1000; ++i)
      loop.post([&seen, i] { seen.push_back(i); });
  });
  while (seen.size() < 1000)
    loop.turn(true); // Would wait for ever if a wake-up were lost.
  other.join();
  for (int i = 0; i < 1000; ++i)
    EXPECT_EQ(seen[static_cast<size_t>(i)], i);
}

TEST(Loop, AShortTurnEndsByItself) {
  Loop loop;
  EXPECT_FALSE(loop.turnFor(std::chrono::microseconds(50)));
  loop.wake();
  EXPECT_TRUE(loop.turnFor(std::chrono::hours(1)));
}

/// Peers have their time while the loop listens; the clock goes on.
TEST(Loop, TimeInWhichNobodyListenedIsNotThePeers) {
  Loop loop;
  struct Fired final : Timer {
    int64_t at = 0;
    Loop &loop;
    explicit Fired(Loop &loop) : loop(loop) {}
    void onTimer() override { at = loop.now(); }
  } timer(loop), peers(loop);
  loop.turn(false);
  int64_t now = loop.now(), peerTime = loop.peerTime();
  loop.timers().arm(timer, now + 900);
  loop.patience().arm(peers, peerTime + 900);
  loop.post([] { ::poll(nullptr, 0, 1000); });
  loop.turn(true);  // Held up,
  loop.turn(false); // and afterwards.
  EXPECT_GE(loop.behind(), 1000);
  EXPECT_GE(loop.now() - now, 1000);
  EXPECT_LE(loop.peerTime() - peerTime, loop.now() - now - 700);
  EXPECT_NE(timer.at, 0);
  EXPECT_EQ(peers.at, 0);
  while (peers.at == 0)
    loop.turn(true); // Ends by itself when it is due.
  EXPECT_GE(loop.peerTime() - peerTime, 900);
  EXPECT_GE(peers.at - now, 1500);
}

TEST(Loop, CurrentIsTheRunningOne) {
  EXPECT_EQ(Loop::current(), nullptr);
  Loop loop;
  {
    Loop::Running running(loop);
    EXPECT_EQ(Loop::current(), &loop);
    std::thread([] { EXPECT_EQ(Loop::current(), nullptr); }).join();
  }
  EXPECT_EQ(Loop::current(), nullptr);
}

TEST(Loop, StopReachesThoseThatRunAndNoOther) {
  Loop early;
  EXPECT_FALSE(early.stopRequested());
  requestStop();
  Loop late;
  early.turn(true); // The stop wakes it.
  EXPECT_TRUE(early.stopRequested());
  EXPECT_FALSE(late.stopRequested());
}

TEST(SignalGuard, FirstSignalStopsAndHandlersComeBack) {
  struct sigaction before, during, after;
  ::sigaction(SIGTERM, nullptr, &before);
  Loop loop;
  {
    SignalGuard outer;
    {
      SignalGuard inner;
    }
    ::sigaction(SIGTERM, nullptr, &during);
    EXPECT_NE(during.sa_handler, before.sa_handler);
    ::raise(SIGTERM);
    EXPECT_TRUE(loop.stopRequested());
    // A second one would end the process, of either kind.
    ::sigaction(SIGINT, nullptr, &during);
    EXPECT_EQ(during.sa_handler, SIG_DFL);
  }
  ::sigaction(SIGTERM, nullptr, &after);
  EXPECT_EQ(after.sa_handler, before.sa_handler);
}
