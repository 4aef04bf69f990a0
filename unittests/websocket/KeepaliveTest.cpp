//===- KeepaliveTest.cpp - deadlines of a session, to the millisecond -----===//

#include "Desk.h"

using namespace plumb::rt;
using namespace plumb::test;
using websocket::Keepalive;

namespace {
struct KeepaliveTest : Desk {
  /// What happens within the time, and nothing before its last millisecond.
  Lines after(int64_t milliseconds) {
    pass(milliseconds - 1);
    EXPECT_EQ(story(), Lines{}) << "too early";
    pass(1);
    return story();
  }
  const Lines ping{"send 9 "};
  const Lines gone{"phase Closing", "leave rooms",
                   "phase Closed",  "on_close 1006 no answer to a ping",
                   "closed",        "cut"};
};
} // namespace

TEST_F(KeepaliveTest, WithoutTimeOutsNothingIsWaitedFor) {
  begin();
  EXPECT_EQ(deadline, Keepalive::never);
  text("x");
  EXPECT_EQ(deadline, Keepalive::never);
}

TEST_F(KeepaliveTest, ASilentPeerIsPingedAndThenGivenUp) {
  timeouts = {.pingInterval = 30'000, .pongTimeout = 20'000};
  begin();
  EXPECT_EQ(after(30'000), ping);
  EXPECT_EQ(after(20'000), gone);
}

TEST_F(KeepaliveTest, AnyBytesAreAnAnswer) {
  timeouts = {.pingInterval = 30'000, .pongTimeout = 20'000};
  begin();
  EXPECT_EQ(after(30'000), ping);
  pass(19'999);
  receive(masked(Opcode::Pong, "").substr(0, 1));
  EXPECT_EQ(after(30'000), ping) << "and the silence begins anew";
}

TEST_F(KeepaliveTest, WhoTalksIsNotPinged) {
  timeouts = {.pingInterval = 100, .pongTimeout = 100};
  begin();
  for (int i = 0; i < 10; ++i) {
    pass(99);
    receive(masked(Opcode::Pong, ""));
  }
  EXPECT_EQ(story(), Lines{});
  EXPECT_EQ(after(100), ping);
}

/// The ping waits behind what it has not read yet.
TEST_F(KeepaliveTest, WhoReadsOnIsAlive) {
  timeouts = {.pingInterval = 1000, .pongTimeout = 400};
  begin();
  EXPECT_EQ(after(1000), ping);
  for (int i = 0; i < 50; ++i) {
    ++mark;
    pass(100);
  }
  EXPECT_EQ(story(), Lines{}) << "it has been reading for 5 seconds";
  pass(300);
  EXPECT_EQ(story(), Lines{});
  pass(200);
  EXPECT_EQ(story(), gone);
}

/// That is what its kernel takes without it, the ping too.
TEST_F(KeepaliveTest, WhatIsTakenAtFirstIsNoSignOfLife) {
  timeouts = {.pingInterval = 1000, .pongTimeout = 400};
  begin();
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(after(1000), ping);
    ++mark;
    pass(100);
    receive(masked(Opcode::Pong, ""));
  }
  EXPECT_EQ(after(1000), ping) << "and each time anew";
  ++mark;
  EXPECT_EQ(after(400), gone);
}

TEST_F(KeepaliveTest, APingThatDoesNotFitEndsTheSlow) {
  timeouts = {.pingInterval = 1000, .pongTimeout = 400};
  begin();
  isFull = true;
  Lines lines = after(1000);
  ASSERT_FALSE(lines.empty());
  EXPECT_EQ(lines.front(), "send 9 ");
  EXPECT_EQ(lines.back(), "last 1013 the send queue is full");
  EXPECT_EQ(deadline, now + closeTimeout);
}

/// Pongs are no messages.
TEST_F(KeepaliveTest, WhoSaysNothingToTheProgramIsSentAway) {
  timeouts = {.pingInterval = 400, .pongTimeout = 400, .idleTimeout = 1000};
  begin();
  onCatchUp = [&] { EXPECT_TRUE(session->isOpen()); };
  EXPECT_EQ(after(400), ping);
  receive(masked(Opcode::Pong, ""));
  EXPECT_EQ(after(400), ping);
  receive(masked(Opcode::Pong, ""));
  EXPECT_EQ(after(200), (Lines{"settle", "phase Closing", "leave rooms",
                               "last 1001 no message for too long"}));
  EXPECT_FALSE(onCatchUp) << "what others have said to its rooms comes first";
}

TEST_F(KeepaliveTest, EachMessageStartsTheTimeAnew) {
  timeouts = {.idleTimeout = 1000};
  begin();
  for (int i = 0; i < 5; ++i) {
    pass(999);
    text("x");
  }
  story();
  EXPECT_EQ(lastOf(after(1000)), "last 1001 no message for too long");
}

TEST_F(KeepaliveTest, WhoDoesNotAnswerACloseIsWaitedForOnlySoLong) {
  timeouts = {.pingInterval = 10, .pongTimeout = 10, .idleTimeout = 10};
  begin().close(4000, "enough");
  story();
  EXPECT_EQ(after(closeTimeout),
            (Lines{"phase Closed", "on_close 4000 enough", "closed", "cut"}));
}

/// Bytes amid the closing handshake do not bring the pings back.
TEST_F(KeepaliveTest, NobodyIsPingedWhileClosing) {
  timeouts = {.pingInterval = 1000, .pongTimeout = 400};
  begin();
  EXPECT_EQ(after(1000), ping);
  session->close(4000, "");
  story();
  text("late");
  EXPECT_EQ(deadline, now + closeTimeout);
}
