//===- FlusherTest.cpp - how a turn's output leaves -----------------------===//
//
// The flusher with its writers, and no connection or room: plain ones over
// memory, which tells in what order it was written to, and TLS over sockets.
//
//===----------------------------------------------------------------------===//

#include "runtime/output/Flusher.h"
#include "../net/Memory.h"
#include "../net/TlsPeer.h"

#include <algorithm>
#include <functional>
#include <gtest/gtest.h>
#include <sys/socket.h>

using namespace plumb::rt;
using namespace plumb::rt::output;
using plumb::test::MemoryLink;
using plumb::test::MemoryNet;
using Lines = std::vector<std::string>;

namespace {

struct Member final : Writer {
  using Writer::Writer;
  void onEvents(uint32_t) override {}
  std::string name;
};

/// Tells who is written to, in the order of the calls.
class Told final : public net::Transport {
public:
  Told(std::unique_ptr<net::Transport> to, std::string name, Lines &lines)
      : to(std::move(to)), name(std::move(name)), lines(lines) {}
  int number() const noexcept override { return to->number(); }
  net::IoResult read(std::span<uint8_t> into) noexcept override {
    return to->read(into);
  }
  net::IoResult write(std::span<const uint8_t> bytes) noexcept override {
    lines.push_back("write " + name);
    return to->write(bytes);
  }
  void finishWriting() noexcept override { to->finishWriting(); }
  size_t untaken() const noexcept override { return to->untaken(); }
  uint64_t readersMark() const noexcept override { return to->readersMark(); }

private:
  std::unique_ptr<net::Transport> to;
  std::string name;
  Lines &lines;
};

struct FlusherTest : testing::Test {
  /// The turn's user: writes down what it is called for.
  struct Hooks {
    FlusherTest &test;
    std::function<void()> onSend = [] {}, onBroken = [] {};
    std::function<void(Member &)> onOne = [](Member &) {},
                                  onEmpty = [](Member &) {};
    bool more = false;
    bool hasOutput() const { return more; }
    void send() { onSend(); }
    void onFlushed(Writer &writer) {
      auto &member = static_cast<Member &>(writer);
      test.lines.push_back("flushed " + member.name);
      onOne(member);
    }
    void onEmptied(Writer &writer) {
      auto &member = static_cast<Member &>(writer);
      test.lines.push_back("emptied " + member.name);
      onEmpty(member);
    }
    void endBroken() {
      test.lines.push_back("broken");
      onBroken();
    }
  };

  /// A plain one.
  Member &add(const std::string &name) {
    MemoryNet::Connection both = net.connect();
    links.push_back(both.client);
    return add(loop, turn, name,
               net::Stream(std::make_unique<Told>(std::move(both.server), name,
                                                  lines)));
  }
  Member &add(net::Loop &, Turn &turn, const std::string &name,
              net::Stream stream) {
    members.push_back(std::make_unique<Member>(turn, std::move(stream)));
    members.back()->name = name;
    EXPECT_TRUE(members.back()->watch());
    return *members.back();
  }
  void TearDown() override { dropMembers(); }
  /// Before the loop that watches them goes.
  void dropMembers() {
    for (auto &member : members)
      member->close();
    members.clear();
  }

  static wire::FrameRef frame(std::string_view text) {
    return wire::encode(wire::Opcode::Text, plumb::test::bytesOf(text));
  }
  static std::string encoded(std::initializer_list<std::string_view> texts) {
    std::string all;
    for (std::string_view text : texts) {
      wire::FrameRef one = frame(text);
      all.append(one.bytes().begin(), one.bytes().end());
    }
    return all;
  }
  static void push(Member &to, std::string_view text) {
    ASSERT_EQ(to.push(frame(text)), Pushed::Queued);
  }
  static std::shared_ptr<wire::Bytes> chunkOf(std::string_view bytes) {
    return std::make_shared<wire::Bytes>(bytes.begin(), bytes.end());
  }
  void flush() { flusher.flush(hooks); }
  Lines story() { return std::exchange(lines, {}); }

  MemoryNet net;
  net::Loop loop{net.makePoller()};
  metrics::Counters counters;
  Turn turn{loop, counters, {1 << 20, 1000, QueuePolicy::Disconnect}};
  Flusher flusher{turn};
  Lines lines;
  Hooks hooks{*this};
  std::vector<std::shared_ptr<MemoryLink>> links;
  std::vector<std::unique_ptr<Member>> members;
};

/// TLS clients on sockets; SOCK_SEQPACKET shows what is one send.
struct TlsFlusher : FlusherTest {
  net::Loop kernel;
  Turn tlsTurn{kernel, counters, {1 << 20, 1000, QueuePolicy::Disconnect}};
  Flusher tlsFlusher{tlsTurn};
  std::vector<std::unique_ptr<plumb::test::Peer>> peers;

  Member &addTls(int type = SOCK_SEQPACKET) {
    peers.push_back(std::make_unique<plumb::test::Peer>(type));
    return FlusherTest::add(kernel, tlsTurn, std::to_string(members.size()),
                            std::move(*peers.back()->stream));
  }
  void flushTls() { tlsFlusher.flush(hooks); }
  /// What has come to the client, in how many packets.
  std::string got(size_t index, int packets) {
    EXPECT_EQ(peers[index]->receive(), packets) << index;
    return peers[index]->decrypt();
  }
};

} // namespace

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

//===----------------------------------------------------------------------===//
// TLS
//===----------------------------------------------------------------------===//

/// More than one batch takes, of many sizes; the bytes are the right peer's.
TEST_F(TlsFlusher, EachGetsItsOwn) {
  constexpr size_t many = net::SealedBatch::maxWrites + 4;
  for (size_t i = 0; i < many; ++i)
    push(addTls(), std::string(i * 11, static_cast<char>('a' + i % 26)));
  flushTls();
  Lines flushed = story();
  ASSERT_EQ(flushed.size(), many);
  for (size_t i = 0; i < many; ++i) {
    EXPECT_EQ(flushed[i], "flushed " + std::to_string(i));
    std::string text(i * 11, static_cast<char>('a' + i % 26));
    EXPECT_EQ(got(i, 1), encoded({text})) << i;
  }
}

/// That is what the batch is for: OpenSSL stays in the caches.
TEST_F(TlsFlusher, AllAreEncryptedBeforeAnyIsSent) {
  constexpr size_t many = 5;
  struct Seen {
    TlsFlusher &test;
    int records = 0, sent = 0;
  } seen{*this};
  for (size_t i = 0; i < many; ++i) {
    Member &member = addTls();
    push(member, "x");
    auto *ssl = const_cast<SSL *>(member.ssl());
    SSL_set_msg_callback_arg(ssl, &seen);
    SSL_set_msg_callback(ssl, [](int isWrite, int, int type, const void *,
                                 size_t, SSL *, void *given) {
      auto &seen = *static_cast<Seen *>(given);
      if (!isWrite || type != SSL3_RT_HEADER)
        return;
      ++seen.records;
      char byte;
      for (const auto &peer : seen.test.peers)
        seen.sent +=
            ::recv(peer->socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
    });
  }
  flushTls();
  EXPECT_EQ(seen.records, int(many));
  EXPECT_EQ(seen.sent, 0);
  auto chunk = chunkOf(encoded({"y"}));
  for (size_t i = 0; i < many; ++i)
    EXPECT_EQ(got(i, 1), encoded({"x"}));
  for (auto &member : members)
    tlsFlusher.sendShared(*member, chunk, 0, true);
  EXPECT_EQ(seen.records, int(many)) << "put off";
  tlsFlusher.submitShared([](Writer &) { ADD_FAILURE(); });
  EXPECT_EQ(seen.records, int(2 * many));
  EXPECT_EQ(seen.sent, 0);
  for (size_t i = 0; i < many; ++i)
    EXPECT_EQ(got(i, 1), encoded({"y"}));
}

/// What the batch has not of a queue is sent alone behind it, and a queue that
/// is large from the first.
TEST_F(TlsFlusher, LargeQueuesAreSentWhole) {
  std::string medium(5000, 'm'), large(100'000, 'l');
  Member &a = addTls(SOCK_STREAM), &b = addTls(SOCK_STREAM),
         &c = addTls(SOCK_STREAM);
  for (std::string_view text : {"1", medium.c_str(), "2"})
    push(a, text);
  for (std::string_view text : {"1", large.c_str(), "2"})
    push(b, text);
  push(c, "1");
  flushTls();
  for (auto &peer : peers)
    peer->receive();
  EXPECT_EQ(peers[0]->decrypt(), encoded({"1", medium, "2"}));
  EXPECT_EQ(peers[1]->decrypt(), encoded({"1", large, "2"}));
  EXPECT_EQ(peers[2]->decrypt(), encoded({"1"}));
  EXPECT_FALSE(tlsFlusher.hasOutput());
}

/// What is copied together for all of them is more than there is room for.
TEST_F(TlsFlusher, ManySmallMessagesForMany) {
  constexpr size_t many = 20;
  std::vector<std::string> expected(many);
  for (size_t i = 0; i < many; ++i) {
    Member &member = addTls();
    for (int j = 0; j < 70; ++j) {
      std::string text(100, static_cast<char>('a' + (i + j) % 26));
      push(member, text);
      expected[i] += encoded({text});
    }
  }
  flushTls();
  for (size_t i = 0; i < many; ++i)
    EXPECT_EQ(got(i, 1), expected[i]) << i;
}

TEST_F(TlsFlusher, OneOfABatchBreaksAndOneIsSlow) {
  Member &a = addTls(SOCK_STREAM), &gone = addTls(SOCK_STREAM),
         &slow = addTls(SOCK_STREAM), &b = addTls(SOCK_STREAM);
  peers[1]->hangUp();
  int small = 4096;
  ::setsockopt(slow.fd(), SOL_SOCKET, SO_SNDBUF, &small, sizeof small);
  std::string expected;
  for (char letter = 'a'; slow.canSend(); ++letter) {
    push(slow, std::string(8000, letter));
    expected += encoded({std::string(8000, letter)});
    flushTls();
    ASSERT_NE(letter, 'z') << "it takes all of it";
  }
  story();
  for (Member *one : {&a, &gone, &slow, &b})
    push(*one, "last");
  expected += encoded({"last"});
  flushTls();
  EXPECT_EQ(story(), (Lines{"flushed 0", "flushed 1", "flushed 2", "flushed 3",
                            "broken"}));
  EXPECT_TRUE(gone.isBroken());
  EXPECT_FALSE(slow.isBroken());
  for (size_t i : {0, 3}) {
    peers[i]->receive();
    EXPECT_EQ(peers[i]->decrypt(), encoded({"last"}));
  }
  std::string all;
  for (int i = 0; i < 1000 && all.size() < expected.size(); ++i) {
    peers[2]->receive();
    all += peers[2]->decrypt();
    EXPECT_TRUE(slow.onWritable());
    flushTls();
  }
  EXPECT_EQ(all, expected);
}

/// A room's bytes, to more than one batch takes; who cannot take them all goes
/// on where it stopped.
TEST_F(TlsFlusher, SharedBytes) {
  constexpr size_t many = net::SealedBatch::maxWrites + 2;
  for (size_t i = 0; i < many; ++i)
    addTls();
  peers[7]->hangUp();
  std::string text(700, 't');
  auto chunk = chunkOf(encoded({"earlier", text}));
  for (auto &member : members)
    tlsFlusher.sendShared(*member, chunk, encoded({"earlier"}).size(), true);
  Lines behind;
  tlsFlusher.submitShared([&](Writer &writer) {
    behind.push_back(static_cast<Member &>(writer).name);
  });
  EXPECT_EQ(behind, Lines{"7"});
  for (size_t i = 0; i < many; ++i)
    if (i != 7)
      EXPECT_EQ(got(i, 1), encoded({text})) << i;
}

//===----------------------------------------------------------------------===//
// io_uring
//===----------------------------------------------------------------------===//

/// With it where the kernel lets us, else without: the peers see the same.
TEST_F(FlusherTest, PlainOnesInOneCall) {
  net::Loop kernel;
  Turn plainTurn(kernel, counters, {1 << 20, 1000, QueuePolicy::Disconnect});
  Flusher plain(plainTurn);
  plain.useIoUring();
  constexpr size_t many = net::SendBatch::maxSends + 4;
  std::vector<base::Fd> clients;
  for (size_t i = 0; i < many; ++i) {
    int ends[2];
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK, 0, ends),
              0);
    clients.emplace_back(ends[0]);
    push(add(kernel, plainTurn, std::to_string(i),
             net::Stream(base::Fd(ends[1]), nullptr)),
         std::to_string(i));
  }
  clients[5].reset();
  plain.flush(hooks);
  EXPECT_EQ(lines.size(), many + 1);
  EXPECT_EQ(lines.back(), "broken");
  for (size_t i = 0; i < many; ++i) {
    EXPECT_EQ(members[i]->isBroken(), i == 5);
    if (i == 5)
      continue;
    char buffer[64];
    ssize_t size = ::recv(clients[i].get(), buffer, sizeof buffer, 0);
    EXPECT_EQ(std::string(buffer, size_t(std::max<ssize_t>(size, 0))),
              encoded({std::to_string(i)}));
  }
  dropMembers();
}
