//===- OutQueueTest.cpp - a connection's output ---------------------------===//

#include "runtime/rooms/OutQueue.h"
#include "runtime/wire/Utf8.h"

#include <gtest/gtest.h>
#include <random>
#include <string>

using namespace plumb::rt;
using namespace plumb::rt::rooms;

static wire::FrameRef frame(const std::string &text) {
  return wire::encode(wire::Opcode::Text, wire::asBytes(text));
}
static std::string encoded(const std::string &text) {
  wire::FrameRef whole = frame(text);
  return {whole.bytes().begin(), whole.bytes().end()};
}
static std::string textOf(std::span<const uint8_t> bytes) {
  return {bytes.begin(), bytes.end()};
}
static SharedBytes shared(const std::string &text) {
  return std::make_shared<const Bytes>(text.begin(), text.end());
}

TEST(OutQueue, KeepsOrderHoweverMuchIsSentAtATime) {
  std::mt19937 random(7);
  for (int round = 0; round < 50; ++round) {
    OutQueue queue;
    std::string expected, sent;
    std::vector<uint8_t> scratch(64);
    for (int i = 0; i < 100; ++i) {
      std::string text(random() % 40, static_cast<char>('a' + i % 26));
      if (i % 4 == 0) {
        queue.push(shared("<<" + text + ">>"), 2, 2 + text.size());
        expected += text;
      } else {
        queue.push(frame(text));
        expected += encoded(text);
      }
      EXPECT_EQ(queue.bytes(), expected.size() - sent.size());
      while (random() % 3 == 0 && !queue.empty()) {
        std::string next = textOf(queue.gather(scratch));
        next.resize(random() % (next.size() + 1)); // A short send.
        queue.consume(next.size());
        sent += next;
      }
    }
    while (!queue.empty()) {
      std::string next = textOf(queue.gather(scratch));
      queue.consume(next.size());
      sent += next;
      if (next.empty())
        break;
    }
    EXPECT_EQ(sent, expected);
    EXPECT_EQ(queue.bytes(), 0u);
  }
}

TEST(OutQueue, GatherBeginsWithTheSameBytesAgain) {
  OutQueue queue;
  std::vector<uint8_t> scratch(64);
  queue.push(frame("one"));
  std::string first = textOf(queue.gather(scratch));
  queue.push(frame("two"));
  std::string second = textOf(queue.gather(scratch));
  EXPECT_EQ(first, encoded("one"));
  EXPECT_EQ(second, encoded("one") + encoded("two"));
}

TEST(OutQueue, LargeItemIsNotCopied) {
  OutQueue queue;
  std::vector<uint8_t> scratch(64);
  wire::FrameRef large = frame(std::string(60, 'x'));
  queue.push(large);
  queue.push(frame("y"));
  EXPECT_EQ(queue.gather(scratch).data(), large.bytes().data());
}

TEST(OutQueue, FrontGoesFirst) {
  OutQueue queue;
  std::vector<uint8_t> scratch(64);
  queue.push(frame("later"));
  queue.pushFront(shared("HTTP"));
  EXPECT_EQ(textOf(queue.gather(scratch)), "HTTP" + encoded("later"));
}

TEST(OutQueue, DropKeepsWhatIsStarted) {
  OutQueue queue;
  std::vector<uint8_t> scratch(64);
  for (const char *text : {"aaaa", "bbbb", "cccc"})
    queue.push(frame(text));
  queue.consume(3); // Half of the first frame.
  queue.dropUnsent(0);
  EXPECT_EQ(textOf(queue.gather(scratch)), encoded("aaaa").substr(3));
  EXPECT_EQ(queue.bytes(), 3u);
  // TLS has encrypted the first 4 bytes: both frames that they lie in stay.
  queue.push(frame("dddd"));
  queue.push(frame("eeee"));
  queue.dropUnsent(4);
  EXPECT_EQ(textOf(queue.gather(scratch)),
            encoded("aaaa").substr(3) + encoded("dddd"));

  OutQueue untouched;
  untouched.push(frame("x"));
  untouched.dropUnsent(0);
  EXPECT_TRUE(untouched.empty());
  EXPECT_EQ(untouched.bytes(), 0u);
}
