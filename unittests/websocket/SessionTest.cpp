//===- SessionTest.cpp - the beginning, messages and control frames -------===//

#include "Desk.h"

using namespace plumb::rt;
using namespace plumb::test;
using metrics::Series;

namespace {
using SessionBegins = Desk;
using SessionReads = Desk;
using SessionControls = Desk;
} // namespace

//===----------------------------------------------------------------------===//
// The beginning
//===----------------------------------------------------------------------===//

TEST_F(SessionBegins, OnConnectComesBeforeTheResponse) {
  make();
  EXPECT_FALSE(session->takesMessages());
  inConnect = [&] {
    EXPECT_TRUE(session->takesMessages()) << "they follow the response";
    EXPECT_EQ(session->phase(), Phase::Connecting);
  };
  EXPECT_EQ(connect(), Session::Answer::Accepted);
  EXPECT_EQ(story(), (Lines{"phase Connecting", "connect"}));
  EXPECT_EQ(count(Series::ConnectionsOpened), 1u);
  open();
  EXPECT_EQ(story(), Lines{"phase Open"});
}

/// Refused or failed: nothing is called any more, and another may be asked.
TEST_F(SessionBegins, WhoIsNotAcceptedWasNeverThere) {
  for (bool failed : {false, true}) {
    fails = failed;
    accepts = false;
    deflate = wire::Deflate();
    make();
    inConnect = [&] { session->close(4000, "no"); };
    EXPECT_EQ(connect(),
              failed ? Session::Answer::Failed : Session::Answer::Refused);
    EXPECT_EQ(story(), (Lines{"phase Connecting", "connect", "settle",
                              "phase ConnectingShut", "leave rooms",
                              "last 4000 no", "phase None"}));
    EXPECT_FALSE(session->deflates(1000));
    session->lost();
    EXPECT_EQ(story(), Lines{});
    EXPECT_EQ(count(Series::Connections), 0u);

    fails = false;
    accepts = true;
    inConnect = {};
    deflate.reset();
    EXPECT_EQ(connect(), Session::Answer::Accepted);
    open();
    story();
    session->lost();
    EXPECT_EQ(story(), (Lines{"phase Closing", "leave rooms", "phase Closed",
                              "on_close 1006 ", "closed"}))
        << "the reason of then is forgotten";
    counters.subtract(Series::Connections, count(Series::Connections));
  }
}

TEST_F(SessionBegins, ClosedInOnConnectItIsNeverOpen) {
  timeouts.pingInterval = 10;
  make();
  inConnect = [&] {
    session->close(4000, "not now");
    EXPECT_FALSE(session->takesMessages());
    session->close(4001, "again");
  };
  EXPECT_EQ(connect(), Session::Answer::Accepted);
  open();
  EXPECT_EQ(story(), (Lines{"phase Connecting", "connect", "settle",
                            "phase ConnectingShut", "leave rooms",
                            "last 4000 not now", "phase Closing"}));
  EXPECT_EQ(deadline, now + closeTimeout) << "that of the close, no ping's";
  text("too late");
  receive(closeOf(4000));
  EXPECT_EQ(story(), (Lines{"phase Closed", "on_close 4000 not now", "closed",
                            "linger"}));
}

TEST_F(SessionBegins, WithoutMemoryForTheResponseItWasAcceptedAllTheSame) {
  make();
  connect();
  story();
  session->lost();
  EXPECT_EQ(story(), (Lines{"phase Closing", "leave rooms", "phase Closed",
                            "on_close 1006 ", "closed"}));
}

TEST_F(SessionBegins, WhatCompressionWasAgreedOn) {
  begin();
  EXPECT_FALSE(session->deflates(1000)) << "none";
  deflate = wire::Deflate();
  begin();
  EXPECT_TRUE(session->deflates(1000));
  // RFC 7692 section 7.2.3.1.
  receive(std::string("\xc1\x87\0\0\0\0\xf2\x48\xcd\xc9\xc9\x07\0", 13));
  EXPECT_EQ(story(), Lines{"text Hello"});
  deflate->windowBits = 9;
  begin();
  EXPECT_TRUE(session->deflates(512));
  EXPECT_FALSE(session->deflates(513))
      << "the client does not look so far back";
}

//===----------------------------------------------------------------------===//
// Messages
//===----------------------------------------------------------------------===//

TEST_F(SessionReads, MessagesAreTheProgramsHoweverTheyAreCut) {
  begin();
  std::string bytes = masked(Opcode::Text, "one") +
                      masked(Opcode::Binary, "two") + masked(Opcode::Text, "");
  for (char byte : bytes)
    receive({&byte, 1});
  EXPECT_EQ(story(), (Lines{"text one", "binary two", "text "}));
  EXPECT_EQ(count(Series::TextReceived), 2u);
  EXPECT_EQ(count(Series::BinaryReceived), 1u);
}

TEST_F(SessionReads, BinaryIsRefusedWhereNobodyTakesIt) {
  hasBinary = false;
  begin();
  receive(masked(Opcode::Binary, "x") + masked(Opcode::Text, "y"));
  EXPECT_EQ(story(), (Lines{"settle", "phase Closing", "leave rooms",
                            "last 1003 binary messages are not taken here",
                            "phase Closed",
                            "on_close 1003 binary messages are not taken here",
                            "closed", "linger"}));
  EXPECT_EQ(count(Series::BinaryReceived), 0u);
}

/// What is left is the next turn's, and nothing of it is lost.
TEST_F(SessionReads, OnePeerDoesNotHaveTheWholeTurn) {
  begin();
  std::string bytes;
  for (int i = 0; i < 5000; ++i)
    bytes += masked(Opcode::Text, "x");
  std::span all(reinterpret_cast<const uint8_t *>(bytes.data()), bytes.size());
  budget.begin();
  size_t taken = session->receive(all, time());
  EXPECT_LT(taken, bytes.size());
  EXPECT_LT(story().size(), 5000u);
  size_t frame = bytes.size() / 5000;
  EXPECT_EQ(taken % frame, 0u);
  size_t rest = count(Series::TextReceived);
  while (taken < bytes.size()) {
    budget.begin();
    taken += session->resume(all.subspan(taken), time());
  }
  EXPECT_LT(rest, 5000u);
  EXPECT_EQ(count(Series::TextReceived), 5000u);
}

TEST_F(SessionReads, RatesAreEachLimited) {
  struct Case {
    limits::RateLimit websocket::Rates::*rate;
    std::string_view what;
    std::string bytes;
  };
  for (const Case &one :
       {Case{&websocket::Rates::messages, "too many messages a second",
             masked(Opcode::Text, "x")},
        Case{&websocket::Rates::bytes, "too many bytes a second",
             masked(Opcode::Text, "x")},
        Case{&websocket::Rates::controls, "too many pings a second",
             masked(Opcode::Pong, "")}}) {
    rates = {};
    bool isBytes = one.rate == &websocket::Rates::bytes;
    auto limit = static_cast<int64_t>(3 * (isBytes ? one.bytes.size() : 1));
    rates.*one.rate = limits::RateLimit(limit, 0);
    begin();
    for (int i = 0; i < 3; ++i)
      receive(one.bytes);
    EXPECT_TRUE(session->isOpen()) << one.what;
    now += 1000;
    for (int i = 0; i < 3; ++i)
      receive(one.bytes);
    EXPECT_TRUE(session->isOpen()) << one.what;
    receive(one.bytes);
    EXPECT_EQ(session->phase(), Phase::Closed);
    EXPECT_EQ(lastOf(story()), "linger");
    // What waited while nobody listened was not sent at once.
    behind = 1000;
    begin();
    for (int i = 0; i < 6; ++i)
      receive(one.bytes);
    EXPECT_TRUE(session->isOpen()) << one.what;
    behind = 0;
  }
}

TEST_F(SessionReads, WhatTlsMustAnswerCountsAsPings) {
  rates.controls = limits::RateLimit(2, 0);
  make();
  EXPECT_TRUE(session->takeControls(1000, time())) << "it has not begun";
  begin();
  EXPECT_TRUE(session->takeControls(2, time()));
  EXPECT_FALSE(session->takeControls(1, time()));
  Lines lines = story();
  ASSERT_EQ(lines.size(), 8u);
  EXPECT_EQ(lines[3], "last 1008 too many TLS messages a second");
  EXPECT_EQ(lines[7], "linger");
}

TEST_F(SessionReads, DrainedIsToldOnlyWhileOpen) {
  make().onDrained();
  begin().onDrained();
  session->close(1000, "");
  session->onDrained();
  EXPECT_EQ(std::ranges::count(story(), "drained"), 1);
}

//===----------------------------------------------------------------------===//
// Control frames
//===----------------------------------------------------------------------===//

TEST_F(SessionControls, APingIsAnsweredWithItsData) {
  begin();
  receive(masked(Opcode::Ping, "abc") + masked(Opcode::Text, "x") +
          masked(Opcode::Pong, "who asked?"));
  EXPECT_EQ(story(), (Lines{"send 10 abc", "text x"}));
  EXPECT_EQ(count(Series::PingsReceived), 1u);
  EXPECT_EQ(count(Series::PongsReceived), 1u);
}

/// RFC 6455 section 5.5.1: nothing may follow the close frame.
TEST_F(SessionControls, APingAmidTheClosingHandshakeIsNotAnswered) {
  begin().close(1000, "");
  story();
  receive(masked(Opcode::Ping, "abc"));
  EXPECT_EQ(story(), Lines{});
  EXPECT_EQ(count(Series::PingsReceived), 1u);
}

TEST_F(SessionControls, WhoPingsAndDoesNotReadIsSlow) {
  begin();
  isFull = true;
  receive(masked(Opcode::Ping, ""));
  EXPECT_EQ(story(), (Lines{"send 10 ", "leave rooms", "drop unsent", "settle",
                            "phase Closing", "leave rooms",
                            "last 1013 the send queue is full"}));
  receive(closeOf(1013));
  EXPECT_EQ(story(),
            (Lines{"phase Closed", "on_close 1013 the send queue is full",
                   "closed", "linger"}));
}
