//===- ClosingTest.cpp - who closes first, and what comes amid it ---------===//

#include "Desk.h"

#include <new>

using namespace plumb::rt;
using namespace plumb::test;
using metrics::Series;

namespace {
struct Closing : Desk {
  static Lines closing(const std::string &last) {
    return {"settle", "phase Closing", "leave rooms", "last " + last};
  }
  static Lines closed(const std::string &code, const std::string &then) {
    return {"phase Closed", "on_close " + code, "closed", then};
  }
  static Lines both(Lines first, const Lines &second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
  }
};
} // namespace

//===----------------------------------------------------------------------===//
// Who closes first
//===----------------------------------------------------------------------===//

TEST_F(Closing, ThePeerFirst) {
  begin();
  receive(closeOf(4001, "bye"));
  // The echo has the peer's code but needs no reason (section 5.5.1).
  EXPECT_EQ(story(), both(closing("4001 "), closed("4001 bye", "linger")));
  EXPECT_EQ(count(Series::ClosesReceived), 1u);
  EXPECT_EQ(count(Series::Connections), 0u) << "it is counted no more";
}

TEST_F(Closing, ThePeerFirstWithoutACode) {
  begin();
  receive(masked(Opcode::Close, ""));
  Lines lines = story();
  ASSERT_EQ(lines.size(), 8u);
  EXPECT_EQ(lines[3], "last") << "no code is sent, 1005 least of all";
  EXPECT_EQ(lines[5], "on_close 1005 ");
}

TEST_F(Closing, WeFirst) {
  begin().close(4000, "enough");
  EXPECT_EQ(story(), closing("4000 enough"));
  EXPECT_FALSE(session->takesMessages());
  receive(closeOf(1000, "of the peer"));
  EXPECT_EQ(story(), closed("4000 enough", "linger"));
}

TEST_F(Closing, OnlyTheFirstCloseCounts) {
  begin().close(4000, "first");
  story();
  session->close(4001, "second");
  session->overflow();
  EXPECT_EQ(story(), Lines{});
  receive(closeOf(4000));
  EXPECT_EQ(story(), closed("4000 first", "linger"));
  session->close(4002, "third");
  session->overflow();
  session->lost();
  receive(closeOf(1000));
  EXPECT_EQ(story(), Lines{});
}

/// What another thread has asked before takes effect first.
TEST_F(Closing, AnotherThreadWasFirst) {
  begin();
  onCatchUp = [&] { session->close(4003, "by another"); };
  receive(closeOf(1000, "bye"));
  EXPECT_EQ(story(), both(closing("4003 by another"),
                          closed("4003 by another", "linger")));
}

TEST_F(Closing, AnotherThreadWasBeforeABadFrame) {
  begin();
  onCatchUp = [&] { session->close(4003, "by another"); };
  receive(masked(Opcode(3), ""));
  EXPECT_EQ(story(), both(closing("4003 by another"),
                          closed("4003 by another", "linger")));
}

TEST_F(Closing, TheProgramAmidItsCallbacks) {
  begin();
  inText = [&] { session->close(4000, ""); };
  inClose = [&] { session->close(4001, "again"); };
  receive(masked(Opcode::Text, "one") + masked(Opcode::Text, "two") +
          closeOf(4000));
  EXPECT_EQ(story(), both(both({"text one"}, closing("4000 ")),
                          closed("4000 ", "linger")));
}

//===----------------------------------------------------------------------===//
// What comes amid it and afterwards
//===----------------------------------------------------------------------===//

/// The peer had not seen our close frame when it sent them.
TEST_F(Closing, MessagesAreReadAndNotGiven) {
  begin().close(1000, "");
  story();
  receive(masked(Opcode::Text, "late") + masked(Opcode::Binary, "late"));
  EXPECT_EQ(story(), Lines{});
  EXPECT_EQ(session->phase(), Phase::Closing);
  EXPECT_EQ(count(Series::TextReceived), 0u);
}

TEST_F(Closing, NothingIsReadBehindACloseFrame) {
  begin();
  receive(closeOf(1000) + masked(Opcode::Text, "late") + "\xff\xff");
  EXPECT_EQ(story(), both(closing("1000 "), closed("1000 ", "linger")));
  text("later");
  receive(masked(Opcode::Ping, ""));
  session->onTimer(time());
  EXPECT_EQ(story(), Lines{});
}

/// Nor of one that was ended: nothing is left for a later turn.
TEST_F(Closing, NothingIsReadOfWhoWasEnded) {
  hasBinary = false;
  begin();
  std::string bytes =
      masked(Opcode::Binary, "x") + masked(Opcode::Text, "late");
  std::span all(reinterpret_cast<const uint8_t *>(bytes.data()), bytes.size());
  budget.begin();
  EXPECT_EQ(session->receive(all, time()), bytes.size());
  story();
  receive(closeOf(1000));
  EXPECT_EQ(story(), Lines{});
}

TEST_F(Closing, BadFramesEndIt) {
  limits.maxMessage = 10;
  struct Case {
    std::string bytes;
    int code;
  };
  std::string unmasked("\x81\x00", 2);
  for (const Case &bad :
       {Case{unmasked, 1002}, Case{masked(Opcode(3), ""), 1002},
        Case{masked(Opcode::Text, "\xff"), 1007},
        Case{masked(Opcode::Text, "12345678901"), 1009},
        Case{masked(Opcode::Ping, std::string(126, 'x')), 1002},
        Case{closeOf(1005), 1002}, Case{masked(Opcode::Close, "x"), 1002}}) {
    begin();
    receive(bad.bytes + masked(Opcode::Text, "x"));
    Lines lines = story();
    ASSERT_EQ(lines.size(), 8u) << bad.code;
    std::string code = std::to_string(bad.code);
    EXPECT_TRUE(lines[3].starts_with("last " + code)) << lines[3];
    EXPECT_TRUE(lines[5].starts_with("on_close " + code)) << lines[5];
    EXPECT_EQ(lines[7], "linger");
  }
}

/// It has been told one code already, and is waited for no longer.
TEST_F(Closing, BadFramesAmidItEndIt) {
  begin().close(4000, "enough");
  story();
  receive(masked(Opcode(3), ""));
  EXPECT_EQ(story(), closed("4000 enough", "linger"));
}

//===----------------------------------------------------------------------===//
// Other ends
//===----------------------------------------------------------------------===//

TEST_F(Closing, TheStreamIsLost) {
  make().lost();
  EXPECT_EQ(story(), Lines{}) << "nobody was told that it is there";
  begin().lost();
  EXPECT_EQ(story(), (Lines{"phase Closing", "leave rooms", "phase Closed",
                            "on_close 1006 ", "closed"}));
  session->lost();
  EXPECT_EQ(story(), Lines{});
  begin().close(4000, "enough");
  story();
  session->lost();
  EXPECT_EQ(story(), (Lines{"phase Closed", "on_close 4000 enough", "closed"}));
}

TEST_F(Closing, MemoryIsShort) {
  begin();
  receive(masked(Opcode::Text, std::string(1000, 'x')).substr(0, 500));
  EXPECT_GT(session->heapBytes(), 0u);
  session->shed();
  EXPECT_EQ(
      story(),
      (Lines{"leave rooms", "drop unsent", "settle", "phase Closing",
             "leave rooms", "last 1013 the server is short of memory",
             "phase Closed", "on_close 1013 the server is short of memory",
             "closed", "linger"}));
  EXPECT_EQ(session->heapBytes(), 0u);
}

TEST_F(Closing, MemoryIsShortAmidIt) {
  begin().close(4000, "");
  story();
  session->shed();
  EXPECT_EQ(story(), closed("4000 ", "cut"));
}

/// The peer gets no close frame, and the program its on_close, once.
TEST_F(Closing, WithoutMemoryForTheCloseFrame) {
  begin();
  memoryIsOut = true;
  EXPECT_THROW(session->close(4000, "x"), std::bad_alloc);
  EXPECT_EQ(story(), (Lines{"settle", "phase Closing", "leave rooms"}));
  session->close(4001, "y");
  pass(closeTimeout);
  EXPECT_EQ(story(), closed("4000 x", "cut"));
}
