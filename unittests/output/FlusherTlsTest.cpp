//===- FlusherTlsTest.cpp - a batch of TLS writers ------------------------===//

#include "../net/TlsPeer.h"
#include "FlusherTest.h"

#include <sys/socket.h>

using namespace plumb::test;

namespace {
/// TLS clients on sockets; SOCK_SEQPACKET shows what is one send.
struct TlsFlusher : FlusherTest {
  net::Loop kernel;
  Turn tlsTurn{kernel, counters, {1 << 20, 1000, QueuePolicy::Disconnect}};
  Flusher tlsFlusher{tlsTurn};
  std::vector<std::unique_ptr<plumb::test::Peer>> peers;
  bool isWatching = false;

  /// Before there is a connection: OpenSSL 3.2 and later ask then whether there
  /// is a callback.
  TlsFlusher() {
    SSL_CTX_set_msg_callback_arg(serverContext(), this);
    SSL_CTX_set_msg_callback(serverContext(), [](int isWrite, int, int type,
                                                 const void *, size_t, SSL *,
                                                 void *given) {
      auto *self = static_cast<TlsFlusher *>(given);
      if (self && self->isWatching && isWrite && type == SSL3_RT_HEADER)
        self->onRecord();
    });
  }
  ~TlsFlusher() override {
    SSL_CTX_set_msg_callback(serverContext(), nullptr);
    SSL_CTX_set_msg_callback_arg(serverContext(), nullptr);
  }
  void onRecord() {
    ++records;
    char byte;
    for (const auto &peer : peers)
      sentBefore += ::recv(peer->socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
  }

  Member &addTls(int type = SOCK_SEQPACKET) {
    peers.push_back(std::make_unique<plumb::test::Peer>(type));
    return FlusherTest::add(kernel, tlsTurn, std::to_string(members.size()),
                            std::move(*peers.back()->stream));
  }
  void flushTls() { tlsFlusher.flush(hooks); }
  /// Counts the records that are encrypted from now on, and those peers that
  /// had been sent something when one was.
  void watchRecords() { isWatching = true; }
  int records = 0, sentBefore = 0;
  /// What has come to the client, in how many packets.
  std::string got(size_t index, int packets) {
    EXPECT_EQ(peers[index]->receive(), packets) << index;
    return peers[index]->decrypt();
  }
};
} // namespace

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
  for (size_t i = 0; i < many; ++i)
    push(addTls(), "x");
  watchRecords();
  flushTls();
  EXPECT_EQ(records, int(many));
  EXPECT_EQ(sentBefore, 0);
  for (size_t i = 0; i < many; ++i)
    EXPECT_EQ(got(i, 1), encoded({"x"}));
  auto chunk = chunkOf(encoded({"y"}));
  for (auto &member : members)
    tlsFlusher.sendShared(*member, chunk, 0, true);
  EXPECT_EQ(records, int(many)) << "put off";
  tlsFlusher.submitShared([](Writer &) { ADD_FAILURE(); });
  EXPECT_EQ(records, int(2 * many));
  EXPECT_EQ(sentBefore, 0);
  for (size_t i = 0; i < many; ++i)
    EXPECT_EQ(got(i, 1), encoded({"y"}));
}

/// A large write is work enough for itself.
TEST_F(TlsFlusher, LargeOnesAreNotPutOff) {
  std::string large(20'000, 'l');
  push(addTls(SOCK_STREAM), large);
  push(addTls(SOCK_STREAM), "x");
  watchRecords();
  flushTls();
  EXPECT_EQ(records, 3);
  EXPECT_EQ(sentBefore, 1) << "the first had its bytes before the second";
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

/// What is copied together for all of them is more than there is room for. One
/// has a message that is not copied into what is left; the rest of its queue
/// follows on its own.
TEST_F(TlsFlusher, ManySmallMessagesForMany) {
  constexpr size_t many = 20, large = 7;
  std::vector<std::string> expected(many);
  for (size_t i = 0; i < many; ++i) {
    Member &member = addTls();
    if (i == large) {
      std::string text(4000, 'l');
      push(member, text);
      push(member, "behind it");
      expected[i] = encoded({text, "behind it"});
      continue;
    }
    for (int j = 0; j < 70; ++j) {
      std::string text(100, static_cast<char>('a' + (i + j) % 26));
      push(member, text);
      expected[i] += encoded({text});
    }
  }
  flushTls();
  for (size_t i = 0; i < many; ++i)
    EXPECT_EQ(got(i, i == large ? 2 : 1), expected[i]) << i;
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

/// However many times in a turn.
TEST_F(TlsFlusher, SharedBytesAgainAndAgain) {
  constexpr int many = 5, rounds = 120;
  for (int i = 0; i < many; ++i)
    addTls(SOCK_STREAM);
  auto chunk = chunkOf(encoded({"x"}));
  for (int round = 0; round < rounds; ++round) {
    for (auto &member : members)
      tlsFlusher.sendShared(*member, chunk, 0, false);
    tlsFlusher.submitShared([](Writer &) { ADD_FAILURE(); });
  }
  std::string all;
  for (int i = 0; i < rounds; ++i)
    all += encoded({"x"});
  for (auto &peer : peers) {
    peer->receive();
    EXPECT_EQ(peer->decrypt(), all);
  }
}
