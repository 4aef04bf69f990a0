//===- WriterTest.cpp - who writes to a stream, without a socket ----------===//

#include "runtime/output/Writer.h"

#include <gtest/gtest.h>
#include <string>

using namespace plumb::rt;
using namespace plumb::rt::output;

namespace {

/// What the peer takes is set by the test.
struct Wire {
  std::string taken;
  size_t window = SIZE_MAX;
  size_t retry = 0; ///< Stream::retryBytes()
  bool broken = false, tls = false, finished = false, closed = false;
  net::Io tlsFlush = net::Io::Done;
  bool tlsAnswers = false;
  int calls = 0;
};

/// As net::Stream, onto a Wire.
struct FakeStream {
  Wire *wire;

  int fd() const noexcept { return 7; }
  bool isTls() const noexcept { return wire->tls; }
  const void *ssl() const noexcept { return nullptr; }
  uint64_t readersMark() const noexcept { return 0; }
  bool hasMore() noexcept { return false; }
  uint32_t takeControls() noexcept { return 0; }
  net::Io handshake() noexcept { return net::Io::Done; }
  void abandonTls() noexcept {}
  bool holdsOutput() const noexcept { return wire->tlsAnswers; }
  net::Io flush() noexcept { return wire->tlsFlush; }
  size_t retryBytes() const noexcept { return wire->retry; }
  void finishWriting() noexcept { wire->finished = true; }
  void close() noexcept { wire->closed = true; }
  net::IoResult read(std::span<uint8_t>) noexcept {
    return {wire->broken ? net::Io::Failed : net::Io::WantRead};
  }
  net::IoResult write(std::span<const uint8_t> bytes) noexcept {
    ++wire->calls;
    if (wire->broken)
      return {net::Io::Failed};
    size_t size = std::min(bytes.size(), wire->window);
    wire->window -= wire->window == SIZE_MAX ? 0 : size;
    wire->taken.append(bytes.begin(), bytes.begin() + ptrdiff_t(size));
    return {size == bytes.size() ? net::Io::Done : net::Io::WantWrite, size};
  }
  net::IoResult writeParts(std::span<const iovec> parts) noexcept {
    net::IoResult all{net::Io::Done};
    for (const iovec &part : parts) {
      net::IoResult one =
          write({static_cast<const uint8_t *>(part.iov_base), part.iov_len});
      all.bytes += one.bytes;
      all.io = one.io;
      if (one.io != net::Io::Done)
        break;
    }
    return all;
  }
};

/// As net::Loop: remembers what is waited for.
struct FakeLoop {
  uint32_t events = 0;
  bool watched = false, fails = false;

  bool watch(int fd, net::EventHandler &handler, uint32_t now) noexcept {
    watched = true;
    return change(fd, handler, now);
  }
  bool change(int, net::EventHandler &, uint32_t now) noexcept {
    events = now;
    return !fails;
  }
  void unwatch(int) noexcept { watched = false; }
};

using TestTurn = BasicTurn<FakeStream, FakeLoop>;

struct TestWriter final : BasicWriter<FakeStream, FakeLoop> {
  using BasicWriter::BasicWriter;
  void onEvents(uint32_t) override {}
};

struct WriterTest : testing::Test {
  void begin(QueueLimits limits) {
    writer.reset();
    turn = std::make_unique<TestTurn>(loop, counters, limits);
    writer = std::make_unique<TestWriter>(*turn, FakeStream{&wire});
  }
  WriterTest() { begin({1 << 20, 100, QueuePolicy::Disconnect}); }

  Pushed send(std::string text) {
    return writer->push(wire::Opcode::Text, base::asBytes(text));
  }
  Pushed push(std::string text) { return writer->push(frame(text)); }
  static wire::FrameRef frame(const std::string &text) {
    return wire::encode(wire::Opcode::Text, base::asBytes(text));
  }
  static std::string encoded(std::initializer_list<std::string> texts) {
    std::string all;
    for (const std::string &text : texts) {
      wire::FrameRef whole = frame(text);
      all.append(whole.bytes().begin(), whole.bytes().end());
    }
    return all;
  }
  /// How many writers the turn is to see to.
  size_t dirty() {
    std::vector<BasicWriter<FakeStream, FakeLoop> *> list;
    turn->takeDirty(list);
    for (auto *one : list)
      one->clearDirty();
    return list.size();
  }
  size_t emptied() {
    size_t count = 0;
    turn->seeEmptied([&](auto &) { ++count; });
    return count;
  }
  uint64_t count(metrics::Series series) { return counters.read(series); }

  Wire wire;
  FakeLoop loop;
  metrics::Counters counters;
  std::unique_ptr<TestTurn> turn;
  std::unique_ptr<TestWriter> writer;
};

} // namespace

TEST_F(WriterTest, NothingGoesOutBeforeTheTurnEnds) {
  EXPECT_EQ(send("a"), Pushed::Queued);
  EXPECT_EQ(push("b"), Pushed::Queued);
  EXPECT_EQ(wire.taken, "");
  EXPECT_EQ(dirty(), 1u) << "once, however much it has";
  writer->flush();
  EXPECT_EQ(wire.taken, encoded({"a", "b"}));
  EXPECT_EQ(wire.calls, 1) << "one write for all of it";
  EXPECT_TRUE(writer->isIdle());
}

TEST_F(WriterTest, WhatTheSocketDoesNotTakeWaitsUntilItIsWritable) {
  wire.window = 2;
  send("abc");
  writer->flush();
  EXPECT_TRUE(writer->isBlocked());
  EXPECT_EQ(loop.events, uint32_t(EPOLLIN | EPOLLOUT));
  EXPECT_EQ(writer->load().bytes, 3u);
  EXPECT_EQ(count(metrics::Series::QueueBytes), 3u);
  dirty();
  wire.window = SIZE_MAX;
  EXPECT_TRUE(writer->onWritable());
  EXPECT_EQ(dirty(), 1u);
  writer->flush();
  EXPECT_EQ(wire.taken, encoded({"abc"}));
  EXPECT_EQ(loop.events, uint32_t(EPOLLIN));
  EXPECT_EQ(writer->load().bytes, 0u);
  EXPECT_EQ(count(metrics::Series::QueueBytes), 0u);
}

TEST_F(WriterTest, BlockedWithoutAQueueIsNotIdle) {
  wire.tls = wire.tlsAnswers = true;
  uint8_t space[16];
  writer->read(space);
  EXPECT_FALSE(writer->hasQueue());
  EXPECT_FALSE(writer->isIdle()) << "TLS's own bytes go first";
  wire.tlsFlush = net::Io::WantWrite;
  EXPECT_TRUE(writer->onWritable());
  EXPECT_FALSE(writer->isIdle());
  wire.tlsFlush = net::Io::Done;
  EXPECT_TRUE(writer->onWritable());
  EXPECT_TRUE(writer->isIdle());
  EXPECT_EQ(loop.events, uint32_t(EPOLLIN));
}

TEST_F(WriterTest, ABrokenStreamIsReportedOnceAndNotWrittenTo) {
  wire.broken = true;
  send("a");
  writer->flush();
  EXPECT_TRUE(writer->isBroken());
  EXPECT_TRUE(turn->takeBroken());
  EXPECT_FALSE(turn->takeBroken());
  EXPECT_FALSE(writer->canSend());
}

TEST_F(WriterTest, WhoCannotBeReadIsNotWrittenTo) {
  wire.broken = true;
  uint8_t space[16];
  EXPECT_EQ(writer->read(space).io, net::Io::Failed);
  EXPECT_FALSE(writer->isIdle());
  EXPECT_TRUE(writer->isBroken());
}

TEST_F(WriterTest, ALoopThatCannotWatchBreaksIt) {
  wire.window = 0;
  loop.fails = true;
  send("a");
  writer->flush();
  EXPECT_TRUE(writer->isBroken());
}

TEST_F(WriterTest, ABurstIsNotASlowPeer) {
  begin({100, 2, QueuePolicy::Disconnect});
  EXPECT_EQ(send("a"), Pushed::Queued);
  EXPECT_EQ(send("b"), Pushed::Queued);
  EXPECT_EQ(send("c"), Pushed::Queued) << "the socket takes what there was";
  EXPECT_EQ(wire.taken, encoded({"a", "b"}));
}

TEST_F(WriterTest, HeldNothingGoesOut) {
  begin({100, 2, QueuePolicy::DropNewest});
  writer->hold(true);
  send("a");
  send("b");
  EXPECT_EQ(send("c"), Pushed::Dropped);
  EXPECT_EQ(wire.taken, "");
  writer->hold(false);
  EXPECT_EQ(send("d"), Pushed::Queued);
  EXPECT_EQ(wire.taken, encoded({"a", "b"}));
}

TEST_F(WriterTest, DisconnectSaysFull) {
  begin({100, 1, QueuePolicy::Disconnect});
  wire.window = 0;
  send("a");
  EXPECT_EQ(send("b"), Pushed::Full);
  EXPECT_EQ(push("b"), Pushed::Full);
  EXPECT_EQ(count(metrics::Series::DroppedQueueFull), 2u);
  EXPECT_FALSE(writer->takeLost()) << "it is closed, not told";
}

TEST_F(WriterTest, DropNewestKeepsWhatIsThereAndTellsWhenItIsSent) {
  begin({100, 1, QueuePolicy::DropNewest});
  wire.window = 0;
  send("a");
  EXPECT_EQ(send("b"), Pushed::Dropped);
  EXPECT_EQ(count(metrics::Series::DroppedNewest), 1u);
  EXPECT_EQ(emptied(), 0u);
  wire.window = SIZE_MAX;
  writer->onWritable();
  writer->flush();
  EXPECT_EQ(wire.taken, encoded({"a"}));
  EXPECT_EQ(emptied(), 1u);
  EXPECT_TRUE(writer->takeLost());
  EXPECT_FALSE(writer->takeLost());
}

TEST_F(WriterTest, DropOldestMakesRoom) {
  begin({100, 2, QueuePolicy::DropOldest});
  wire.window = 0;
  send("a");
  writer->flush(); // From here on each is a frame of its own.
  send("b");
  EXPECT_EQ(send("c"), Pushed::Queued);
  EXPECT_EQ(count(metrics::Series::DroppedOldest), 1u);
  wire.window = SIZE_MAX;
  writer->onWritable();
  writer->flush();
  EXPECT_EQ(wire.taken, encoded({"b", "c"}));
  EXPECT_TRUE(writer->takeLost());
}

TEST_F(WriterTest, WhatMayBeWithThePeerIsNotDropped) {
  begin({100, 1, QueuePolicy::DropOldest});
  wire.window = 1;
  send("a");
  writer->flush();
  EXPECT_EQ(send("b"), Pushed::Dropped);
  EXPECT_EQ(count(metrics::Series::DroppedNewest), 1u);
  EXPECT_EQ(count(metrics::Series::DroppedOldest), 0u);
  // The same for what TLS has encrypted.
  begin({100, 1, QueuePolicy::DropOldest});
  wire.window = 0;
  wire.retry = 1;
  send("a");
  writer->flush();
  EXPECT_EQ(send("b"), Pushed::Dropped);
}

TEST_F(WriterTest, RefusedByAnotherThread) {
  EXPECT_EQ(writer->refuseMessage(), Pushed::Full);
  EXPECT_EQ(emptied(), 0u);
  begin({100, 1, QueuePolicy::DropNewest});
  EXPECT_EQ(writer->refuseMessage(), Pushed::Dropped);
  EXPECT_EQ(emptied(), 1u) << "its queue was empty by now";
  EXPECT_TRUE(writer->takeLost());
}

TEST_F(WriterTest, TextsAreChecked) {
  EXPECT_EQ(send("\xff"), Pushed::NotUtf8);
  EXPECT_EQ(send("\xff" + std::string(10000, 'a')), Pushed::NotUtf8);
  EXPECT_EQ(send("ok"), Pushed::Queued);
  writer->flush();
  EXPECT_EQ(wire.taken, encoded({"ok"}));
}

TEST_F(WriterTest, SharedBytesGoOutWithoutAQueue) {
  std::string bytes = encoded({"a", "b"});
  auto chunk = std::make_shared<wire::Bytes>(bytes.begin(), bytes.end());
  EXPECT_EQ(writer->sendShared(*chunk).io, net::Io::Done);
  EXPECT_EQ(wire.taken, bytes);
  EXPECT_FALSE(writer->hasQueue());

  wire.taken.clear();
  wire.window = 4; // The first frame, and a byte of the second.
  net::IoResult result = writer->sendShared(*chunk);
  EXPECT_EQ(result.io, net::Io::WantWrite);
  writer->keepRest(chunk, 0, result);
  EXPECT_TRUE(writer->isBlocked());
  EXPECT_EQ(writer->waiting().messages, 1u);
  wire.window = SIZE_MAX;
  writer->onWritable();
  writer->flush();
  EXPECT_EQ(wire.taken, bytes);
}

TEST_F(WriterTest, SentAmidATurnItIsNotSeenToAgain) {
  send("a");
  writer->flushNow(true);
  EXPECT_EQ(wire.taken, encoded({"a"}));
  EXPECT_EQ(dirty(), 0u);
  send("b");
  EXPECT_EQ(dirty(), 1u);
  send("c");
  writer->flushNow(false);
  EXPECT_EQ(dirty(), 1u) << "who is in rooms is";
}

TEST_F(WriterTest, CloseFramesHaveNoLimitAndOthersAreDroppedForThem) {
  begin({100, 1, QueuePolicy::Disconnect});
  wire.window = 1;
  send("a");
  writer->flush();
  writer->pushUnbounded(frame("b"));
  writer->pushUnbounded(frame("c"));
  EXPECT_EQ(writer->waiting().messages, 3u);
  writer->dropUnsent();
  EXPECT_EQ(writer->waiting().messages, 1u) << "what has begun stays whole";
  wire.window = SIZE_MAX;
  writer->onWritable();
  writer->flush();
  EXPECT_EQ(wire.taken, encoded({"a"}));
}

TEST_F(WriterTest, ClosedItHasNothingAndIsForgotten) {
  wire.window = 0;
  send("a");
  writer->flush();
  writer->close();
  EXPECT_TRUE(wire.closed);
  EXPECT_FALSE(loop.watched);
  EXPECT_EQ(count(metrics::Series::QueueBytes), 0u);
  turn->forgetClosed();
  EXPECT_EQ(dirty(), 0u);
}

TEST_F(WriterTest, HttpIsToldWhenItsResponseIsOut) {
  writer->tellWhenEmpty(true);
  std::string text = "HTTP/1.1 101\r\n\r\n";
  send("a");
  writer->pushResponseFront(
      std::make_shared<const wire::Bytes>(text.begin(), text.end()));
  writer->flush();
  EXPECT_EQ(wire.taken, text + encoded({"a"}));
  EXPECT_EQ(emptied(), 1u);
}
