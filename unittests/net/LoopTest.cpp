//===- LoopTest.cpp - the event loop --------------------------------------===//

#include "runtime/net/Loop.h"
#include "runtime/net/Stop.h"

#include <csignal>
#include <gtest/gtest.h>
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
