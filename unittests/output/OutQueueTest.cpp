//===- OutQueueTest.cpp - a connection's output ---------------------------===//

#include "runtime/output/OutQueue.h"
#include "runtime/base/Utf8.h"

#include <gtest/gtest.h>
#include <random>
#include <string>

using namespace plumb::rt;
using namespace plumb::rt::output;

static wire::FrameRef frame(const std::string &text) {
  return wire::encode(wire::Opcode::Text, base::asBytes(text));
}
static std::string encoded(const std::string &text) {
  wire::FrameRef whole = frame(text);
  return {whole.bytes().begin(), whole.bytes().end()};
}
static std::string textOf(std::span<const uint8_t> bytes) {
  return {bytes.begin(), bytes.end()};
}
static wire::SharedBytes shared(const std::string &text) {
  return std::make_shared<const wire::Bytes>(text.begin(), text.end());
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
        std::string whole = encoded(text);
        queue.push(shared("<<" + whole + ">>"), 2, 2 + whole.size());
        expected += whole;
      } else if (i % 4 == 1) {
        ASSERT_EQ(queue.pushSmall(wire::Opcode::Text, base::asBytes(text),
                                  encoded(text).size()),
                  OutQueue::Small::Pushed);
        expected += encoded(text);
      } else {
        queue.push(frame(text));
        expected += encoded(text);
      }
      EXPECT_EQ(queue.bytes(), expected.size() - sent.size());
      while (random() % 3 == 0 && !queue.empty()) {
        std::string next = textOf(queue.gather(scratch)), parts;
        iovec ranges[64];
        for (size_t p = 0, n = queue.gatherParts(ranges); p < n; ++p)
          parts.append(static_cast<char *>(ranges[p].iov_base),
                       ranges[p].iov_len);
        ASSERT_EQ(parts,
                  (expected.substr(sent.size())).substr(0, parts.size()));
        ASSERT_GE(parts.size(), next.size());
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
  queue.pushResponseFront(shared("HTTP"));
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

static std::string drain(OutQueue &queue) {
  std::vector<uint8_t> scratch(4096);
  std::string all;
  while (!queue.empty()) {
    std::string next = textOf(queue.gather(scratch));
    queue.consume(next.size());
    all += next;
  }
  return all;
}

TEST(OutQueue, CountsTheMessagesOfARange) {
  OutQueue queue;
  std::string two = encoded("one") + encoded(std::string(200, 'x')),
              all = two + encoded(std::string(70000, 'y'));
  queue.push(shared(all), 0, two.size());
  EXPECT_EQ(queue.messages(), 2u);
  queue.push(shared(all), two.size(), all.size());
  queue.pushResponse(shared("HTTP"));
  EXPECT_EQ(queue.messages(), 3u);
  queue.consume(two.size());
  EXPECT_EQ(queue.messages(), 1u);
  EXPECT_EQ(drain(queue), all.substr(two.size()) + "HTTP");
}

/// Beside a model: a list of frames of which those may go that nothing was
/// sent of.
TEST(OutQueue, DropsTheOldestFirst) {
  std::mt19937 random(11);
  for (int round = 0; round < 200; ++round) {
    OutQueue queue;
    std::vector<std::string> model;
    std::string sent, expected;
    size_t maxBytes = 200 + random() % 400, maxMessages = 4 + random() % 30;
    auto bytes = [&] {
      size_t sum = 0;
      for (const std::string &frame : model)
        sum += frame.size();
      return sum;
    };
    size_t cut = 0; // Bytes of the first frame that are sent.
    for (int i = 0; i < 120; ++i) {
      std::string text = std::to_string(i) + std::string(random() % 30, '.');
      std::string whole = encoded(text);
      bool fitsNow = queue.fits(whole.size(), maxBytes, maxMessages);
      EXPECT_EQ(fitsNow, bytes() - cut + whole.size() <= maxBytes &&
                             model.size() < maxMessages);
      if (!fitsNow) {
        size_t dropped =
            queue.dropOldest(0, whole.size(), maxBytes, maxMessages);
        size_t expectedDrops = 0, at = cut > 0;
        while (at < model.size() &&
               !(bytes() - cut + whole.size() <= maxBytes &&
                 model.size() < maxMessages)) {
          model.erase(model.begin() + static_cast<ptrdiff_t>(at));
          ++expectedDrops;
        }
        ASSERT_EQ(dropped, expectedDrops);
      }
      switch (random() % 3) {
      case 0:
        queue.push(frame(text));
        model.push_back(whole);
        break;
      case 1:
        ASSERT_EQ(queue.pushSmall(wire::Opcode::Text, base::asBytes(text),
                                  whole.size()),
                  OutQueue::Small::Pushed);
        model.push_back(whole);
        break;
      default:
        queue.push(shared(whole + encoded("b")), 0,
                   whole.size() + encoded("b").size());
        model.push_back(whole);
        model.push_back(encoded("b"));
      }
      ASSERT_EQ(queue.bytes(), bytes() - cut);
      ASSERT_EQ(queue.messages(), model.size());
      if (random() % 4 == 0) {
        size_t count = std::min<size_t>(random() % 60, queue.bytes());
        std::vector<uint8_t> scratch(64);
        std::string next = textOf(queue.gather(scratch));
        next.resize(std::min(next.size(), count));
        queue.consume(next.size());
        sent += next;
        cut += next.size();
        while (!model.empty() && cut >= model[0].size()) {
          expected += model[0];
          cut -= model[0].size();
          model.erase(model.begin());
        }
      }
    }
    for (const std::string &frame : model)
      expected += frame;
    ASSERT_EQ(sent + drain(queue), expected);
  }
}

TEST(OutQueue, ControlFramesAndResponsesAreNotDropped) {
  OutQueue queue;
  std::string ping = "ping";
  wire::FrameRef control =
      wire::encode(wire::Opcode::Ping, base::asBytes(ping));
  std::string pingBytes(control.bytes().begin(), control.bytes().end());
  queue.push(frame("first"));
  queue.push(control);
  queue.push(frame("second"));
  queue.pushResponseFront(shared("HTTP"));
  EXPECT_EQ(queue.dropOldest(0, 1000, 1000, 1000), 2u);
  EXPECT_EQ(drain(queue), "HTTP" + pingBytes);
}
