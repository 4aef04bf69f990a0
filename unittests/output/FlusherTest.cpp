//===- FlusherTest.cpp - in what order a turn's output leaves -------------===//

#include "FlusherTest.h"

#include <algorithm>

using namespace plumb::test;

//===----------------------------------------------------------------------===//
// Order
//===----------------------------------------------------------------------===//

TEST_F(FlusherTest, EachOnceInTheOrderInWhichTheyAsked) {
  Member &a = add("a"), &b = add("b"), &c = add("c");
  push(b, "1");
  push(a, "2");
  push(b, "3"); // It has asked already.
  push(c, "4");
  EXPECT_TRUE(flusher.hasOutput());
  flush();
  EXPECT_EQ(story(), (Lines{"write b", "write a", "write c", "flushed b",
                            "flushed a", "flushed c"}));
  EXPECT_EQ(links[0]->toClient, encoded({"2"}));
  EXPECT_EQ(links[1]->toClient, encoded({"1", "3"}));
  EXPECT_EQ(links[2]->toClient, encoded({"4"}));
  EXPECT_FALSE(flusher.hasOutput());
  flush();
  EXPECT_EQ(story(), Lines{});
}

/// They may ask again, also amid the flush.
TEST_F(FlusherTest, DirtyOnceMore) {
  Member &a = add("a"), &b = add("b");
  push(a, "1");
  hooks.onOne = [&](Member &member) {
    if (&member == &a && links[1]->toClient.empty())
      push(b, "2");
  };
  flush();
  EXPECT_EQ(story(), (Lines{"write a", "flushed a", "write b", "flushed b"}));
  push(a, "3");
  flush();
  EXPECT_EQ(story(), (Lines{"write a", "flushed a"}));
  EXPECT_EQ(links[0]->toClient, encoded({"1", "3"}));
}

TEST_F(FlusherTest, OneThatWasFlushedOnItsOwnIsNotWrittenToAgain) {
  Member &a = add("a"), &b = add("b"), &c = add("c");
  push(a, "1");
  push(b, "2");
  push(c, "3");
  a.flushNow(true);
  c.flushNow(true); // The last that asked: nobody sees to it any more.
  EXPECT_EQ(story(), (Lines{"write a", "write c"}));
  flush();
  EXPECT_EQ(story(), (Lines{"write b", "flushed a", "flushed b"}));
  // With more behind it, it is.
  push(a, "4");
  push(b, "5");
  a.flushNow(true);
  push(a, "6");
  story();
  flush();
  EXPECT_EQ(story(), (Lines{"write a", "write b", "flushed a", "flushed b"}));
  EXPECT_EQ(links[0]->toClient, encoded({"1", "4", "6"}));
}

//===----------------------------------------------------------------------===//
// Slow and broken
//===----------------------------------------------------------------------===//

TEST_F(FlusherTest, WhatASlowOneDoesNotTakeWaits) {
  Member &slow = add("slow"), &other = add("other");
  links[0]->room = 2;
  push(slow, "1");
  push(other, "2");
  flush();
  EXPECT_EQ(story(), (Lines{"write slow", "write other", "flushed slow",
                            "flushed other"}));
  push(slow, "3");
  flush();
  EXPECT_EQ(story(), Lines{"flushed slow"}) << "it has said that it is full";
  links[0]->room = SIZE_MAX;
  EXPECT_TRUE(slow.onWritable());
  flush();
  EXPECT_EQ(links[0]->toClient, encoded({"1", "3"}));
}

TEST_F(FlusherTest, OneThatBreaksIsReportedAndTheOthersGetTheirs) {
  Member &a = add("a"), &broken = add("broken"), &b = add("b");
  links[1]->isReset = true;
  push(a, "1");
  push(broken, "2");
  push(b, "3");
  hooks.onBroken = [&] {
    EXPECT_TRUE(broken.isBroken());
    broken.close();
    push(a, "it is gone");
  };
  flush();
  EXPECT_EQ(story(), (Lines{"write a", "write broken", "write b", "flushed a",
                            "flushed broken", "flushed b", "broken", "write a",
                            "flushed a"}));
  EXPECT_EQ(links[0]->toClient, encoded({"1", "it is gone"}));
  EXPECT_EQ(links[2]->toClient, encoded({"3"}));
  flush();
  EXPECT_EQ(story(), Lines{}) << "told once";
}

TEST_F(FlusherTest, OneWithoutMemoryIsGivenUpAlone) {
  Member &a = add("a"), &b = add("b");
  push(a, "1");
  push(b, "2");
  hooks.onOne = [&](Member &member) {
    if (&member == &a)
      throw std::bad_alloc();
  };
  flush();
  EXPECT_EQ(story(),
            (Lines{"write a", "write b", "flushed a", "flushed b", "broken"}));
  EXPECT_TRUE(a.isBroken());
  EXPECT_FALSE(b.isBroken());
}

//===----------------------------------------------------------------------===//
// What follows from a flush
//===----------------------------------------------------------------------===//

TEST_F(FlusherTest, WhoWantsToKnowHearsOfItsEmptyQueueAndMayFillIt) {
  Member &a = add("a"), &b = add("b");
  a.tellWhenEmpty(true);
  push(a, "1");
  push(b, "2");
  hooks.onEmpty = [&](Member &member) {
    member.tellWhenEmpty(false);
    push(member, "3");
  };
  flush();
  EXPECT_EQ(story(), (Lines{"write a", "write b", "flushed a", "flushed b",
                            "emptied a", "write a", "flushed a"}));
  EXPECT_EQ(links[0]->toClient, encoded({"1", "3"}));
}

/// Else the turn would have no end.
TEST_F(FlusherTest, WhoFillsItsQueueEachTimeWaitsForTheNextTurn) {
  Member &a = add("a");
  a.tellWhenEmpty(true);
  push(a, "x");
  hooks.onEmpty = [&](Member &member) { push(member, "x"); };
  flush();
  EXPECT_EQ(std::ranges::count(story(), "write a"), 4);
  EXPECT_TRUE(flusher.hasOutput());
  hooks.onEmpty = [](Member &) {};
  flush();
  EXPECT_FALSE(flusher.hasOutput());
  EXPECT_EQ(links[0]->toClient, encoded({"x", "x", "x", "x", "x"}));
}

TEST_F(FlusherTest, WhatOthersHaveIsSentFirstAndAsLongAsThereIsSome) {
  Member &a = add("a");
  push(a, "1");
  int sends = 0;
  hooks.more = true;
  hooks.onSend = [&] {
    lines.push_back("send");
    hooks.more = ++sends < 3;
  };
  flush();
  EXPECT_EQ(story(), (Lines{"send", "write a", "flushed a", "send", "send"}));
}

//===----------------------------------------------------------------------===//
// Bytes that many are sent
//===----------------------------------------------------------------------===//

TEST_F(FlusherTest, SharedBytesGoBehindTheQueue) {
  auto chunk = chunkOf(encoded({"shared"}));
  // Amid a turn, what is queued is sent, so that nothing need be copied.
  Member &a = add("a");
  push(a, "1");
  flusher.sendShared(a, chunk, 0, false);
  EXPECT_EQ(story(), (Lines{"write a", "write a"}));
  EXPECT_FALSE(a.hasQueue());
  // When it ends, both are one write.
  Member &b = add("b");
  push(b, "1");
  flusher.sendShared(b, chunk, 0, true);
  EXPECT_EQ(story(), Lines{});
  flusher.submitShared([](Writer &) { ADD_FAILURE() << "nobody is slow"; });
  flush();
  EXPECT_EQ(std::ranges::count(story(), "write b"), 1);
  for (const auto &link : links)
    EXPECT_EQ(link->toClient, encoded({"1", "shared"}));
}

/// From a byte amid it: who has joined since was not sent the rest.
TEST_F(FlusherTest, WhoFallsBehindKeepsTheRest) {
  std::string first = encoded({"not for it"});
  auto chunk = chunkOf(first + encoded({"one", "two"}));
  Member &quick = add("quick"), &slow = add("slow"), &full = add("full"),
         &gone = add("gone");
  links[1]->room = 7;
  links[2]->room = 0;
  links[3]->isReset = true;
  push(full, "before");
  flush();
  story();
  for (Member *one : {&quick, &slow, &full, &gone})
    flusher.sendShared(*one, chunk, first.size(), false);
  EXPECT_EQ(story(), (Lines{"write quick", "write slow", "write gone"}));
  Lines behind;
  auto note = [&](Writer &writer) {
    behind.push_back(static_cast<Member &>(writer).name);
  };
  flusher.submitShared(note);
  EXPECT_EQ(behind, (Lines{"slow", "full", "gone"}));
  flusher.submitShared(note);
  EXPECT_EQ(behind.size(), 3u) << "since the last call";
  EXPECT_TRUE(turn.hasBroken());
  for (size_t i : {1, 2}) {
    links[i]->room = SIZE_MAX;
    members[i]->onWritable();
  }
  flush();
  EXPECT_EQ(links[0]->toClient, encoded({"one", "two"}));
  EXPECT_EQ(links[1]->toClient, encoded({"one", "two"}));
  EXPECT_EQ(links[2]->toClient, encoded({"before", "one", "two"}));
}
