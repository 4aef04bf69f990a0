//===- TlsOwnershipTest.cpp - whose bytes go into whose socket ------------===//
//
// OpenSSL answers some of what a peer sends while it reads: the bytes are that
// peer's. Each test has an attacker and a victim on the same thread.
//
//===----------------------------------------------------------------------===//

#include "Tls12Records.h"
#include "TlsPeer.h"
#include "runtime/net/SealedBatch.h"
#include "runtime/net/TlsChannel.h"

#include <gtest/gtest.h>

using namespace plumb::rt::net;
using namespace plumb::test;

namespace {
uint8_t room[65536];
std::string_view roomFor(size_t bytes) {
  return {reinterpret_cast<char *>(room), bytes};
}

/// All that the stream has to read now.
std::string readAll(Stream &stream) {
  std::string text;
  IoResult result;
  do {
    result = stream.read(room);
    text += roomFor(result.bytes);
  } while (result.io == Io::Done && stream.hasMore());
  return text;
}

/// The stream's next bytes reach its peer, whole and in order.
void expectUnharmed(Peer &victim) {
  std::string text = noise(100);
  EXPECT_EQ(victim.stream->write(bytesOf(text)).io, Io::Done);
  victim.receive();
  EXPECT_EQ(victim.decrypt(), text);
  EXPECT_EQ(SSL_get_shutdown(victim.ssl), 0);
  victim.encrypt("I am well");
  victim.send();
  EXPECT_EQ(readAll(*victim.stream), "I am well");
}
} // namespace

TEST(TlsOwnership, KeyUpdateWithData) {
  Peer attacker(SOCK_STREAM), victim(SOCK_STREAM);
  int answers = 0;
  for (int i = 0; i < 5; ++i) {
    attacker.updateKeys();
    attacker.encrypt("data behind it"); // So the read has a result.
    attacker.send();
    EXPECT_EQ(readAll(*attacker.stream), "data behind it");
    answers += attacker.receive();
    EXPECT_EQ(attacker.decrypt(), "");
    expectUnharmed(victim);
  }
  EXPECT_GE(answers, 4) << "OpenSSL 3.0 does not answer the first";
  expectUnharmed(attacker);
}

TEST(TlsOwnership, RefusedRenegotiationWithData) {
  Peer attacker(SOCK_STREAM, TLS1_2_VERSION);
  Tls12Records records(attacker.ssl);
  for (int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    Peer victim(SOCK_STREAM, version);
    attacker.send(records.clientHello() +
                  records.seal(Record::Data, "data behind it"));
    EXPECT_EQ(readAll(*attacker.stream), "data behind it");
    expectUnharmed(victim);
    std::string answer = attacker.receiveRaw();
    auto got = records.open(answer);
    ASSERT_EQ(got.size(), 1u);
    EXPECT_EQ(got[0].type, Record::Alert);
    EXPECT_EQ(got[0].content, "\1\x64") << "warning, no_renegotiation";
    EXPECT_FALSE(records.damaged);
  }
}

TEST(TlsOwnership, AnswersWaitForTheirOwnSocket) {
  Peer attacker(SOCK_STREAM), victim(SOCK_STREAM);
  attacker.takeLittle();
  // Full: so the answer has to wait.
  std::string text = noise(200000);
  size_t done = attacker.stream->write(bytesOf(text)).bytes;
  ASSERT_LT(done, text.size());
  size_t held = attacker.stream->retryBytes();
  attacker.updateKeys();
  attacker.encrypt("x");
  attacker.send();
  EXPECT_EQ(readAll(*attacker.stream), "x");
  EXPECT_TRUE(attacker.stream->holdsOutput());
  EXPECT_EQ(attacker.stream->flush(), Io::WantWrite);
  expectUnharmed(victim);
  std::string got;
  while (attacker.stream->flush() == Io::WantWrite) {
    attacker.receive();
    got += attacker.decrypt();
  }
  EXPECT_FALSE(attacker.stream->holdsOutput());
  attacker.receive();
  got += attacker.decrypt();
  EXPECT_EQ(got, text.substr(0, done + held));
  expectUnharmed(victim);
}

TEST(TlsOwnership, AnswersThatNobodyTakesAreBounded) {
  Peer attacker(SOCK_STREAM), victim(SOCK_STREAM);
  attacker.takeLittle();
  // Never read by it.
  int updates = 0;
  Io io = Io::Done;
  while (io == Io::Done && updates < 100000) {
    attacker.updateKeys();
    attacker.encrypt("x");
    if (!attacker.send())
      break;
    ++updates;
    io = attacker.stream->read(room).io;
    attacker.stream->hasMore();
  }
  EXPECT_EQ(io, Io::Failed);
  // An answer has some 30 bytes.
  EXPECT_LT(updates, 5000);
  expectUnharmed(victim);
}

TEST(TlsOwnership, NothingButKeyUpdatesIsAnAttack) {
  Peer attacker(SOCK_STREAM), victim(SOCK_STREAM);
  for (int i = 0; i < 10; ++i)
    attacker.updateKeys();
  attacker.encrypt("ten are none");
  attacker.send();
  EXPECT_EQ(readAll(*attacker.stream), "ten are none");
  EXPECT_GE(attacker.stream->takeControls(), 10u);
  EXPECT_EQ(attacker.stream->takeControls(), 0u);
  Io io = Io::WantRead;
  for (int i = 0; i < 1000 && io == Io::WantRead; ++i) {
    attacker.updateKeys();
    attacker.send();
    io = attacker.stream->read(room).io;
    attacker.receive(); // It takes the answers.
  }
  EXPECT_EQ(io, Io::Failed);
  expectUnharmed(victim);
}

TEST(TlsOwnership, WhatIsLeftBehindIsKept) {
  Peer first(SOCK_STREAM), second(SOCK_STREAM);
  std::string all = "one", other = "two";
  first.encrypt(all);
  second.encrypt(other);
  for (int i = 0; i < 3; ++i) { // More than OpenSSL reads ahead.
    std::string more = noise(16000);
    first.encrypt(more);
    second.encrypt(more);
    all += more;
    other += more;
  }
  first.send();
  second.send();
  // In turn, one record each.
  std::string got[2];
  for (bool more = true; more;) {
    more = false;
    for (Peer *peer : {&first, &second}) {
      IoResult result = peer->stream->read(room);
      if (result.io != Io::Done)
        continue;
      got[peer == &second] += roomFor(result.bytes);
      more |= peer->stream->hasMore();
    }
  }
  EXPECT_EQ(got[0], all);
  EXPECT_EQ(got[1], other);
  expectUnharmed(first);
}

TEST(TlsOwnership, WhatIsSealedIsSentLater) {
  Peer first(SOCK_SEQPACKET), second(SOCK_SEQPACKET), victim(SOCK_STREAM);
  ASSERT_TRUE(first.stream->seal(bytesOf("of the first")));
  ASSERT_TRUE(second.stream->seal(bytesOf("of the second")));
  EXPECT_EQ(first.receive() + second.receive(), 0);
  expectUnharmed(victim); // Uses the buffer that they are in.
  EXPECT_EQ(second.stream->sendSealed(13).io, Io::Done);
  EXPECT_EQ(first.stream->sendSealed(12).bytes, 12u);
  EXPECT_EQ(first.receive(), 1);
  EXPECT_EQ(second.receive(), 1);
  EXPECT_EQ(first.decrypt(), "of the first");
  EXPECT_EQ(second.decrypt(), "of the second");
}

TEST(TlsOwnership, WhatIsSealedGoesFirst) {
  Peer attacker(SOCK_STREAM), victim(SOCK_STREAM);
  for (int i = 0; i < 3; ++i) { // OpenSSL 3.0 does not answer the first.
    attacker.updateKeys();
    attacker.encrypt("data behind it");
    attacker.send();
    ASSERT_TRUE(victim.stream->seal(bytesOf("sealed")));
    ASSERT_TRUE(attacker.stream->seal(bytesOf("before the answer, ")));
    EXPECT_EQ(readAll(*attacker.stream), "data behind it");
    EXPECT_EQ(attacker.stream->write(bytesOf("and before this")).io, Io::Done);
    EXPECT_EQ(attacker.stream->sendSealed(19).io, Io::Done);
    EXPECT_EQ(victim.stream->sendSealed(6).io, Io::Done);
    attacker.receive();
    victim.receive();
    EXPECT_EQ(attacker.decrypt(), "before the answer, and before this");
    EXPECT_EQ(victim.decrypt(), "sealed");
  }
  expectUnharmed(attacker);
  ASSERT_TRUE(victim.stream->seal(bytesOf("twice, ")));
  ASSERT_TRUE(victim.stream->seal(bytesOf("in order")));
  EXPECT_EQ(victim.stream->sendSealed(15).io, Io::Done);
  victim.receive();
  EXPECT_EQ(victim.decrypt(), "twice, in order");
}

TEST(TlsOwnership, WhatIsSealedForAFullSocketIsKept) {
  Peer slow(SOCK_STREAM), victim(SOCK_STREAM);
  slow.takeLittle();
  std::string text = noise(4000), all;
  IoResult result = {Io::Done};
  while (result.io == Io::Done) {
    ASSERT_TRUE(slow.stream->seal(bytesOf(text)));
    result = slow.stream->sendSealed(text.size());
    all += text;
  }
  EXPECT_EQ(result.io, Io::WantWrite);
  EXPECT_EQ(result.bytes, text.size() - 1) << "the caller must come back";
  EXPECT_TRUE(slow.stream->holdsOutput());
  EXPECT_FALSE(slow.stream->seal(bytesOf(text)));
  expectUnharmed(victim);
  std::string got;
  do {
    slow.receive();
    got += slow.decrypt();
    result = slow.stream->write(bytesOf(text.substr(text.size() - 1)));
  } while (result.io == Io::WantWrite);
  slow.receive();
  EXPECT_TRUE(got + slow.decrypt() == all);
}

TEST(TlsOwnership, ABatchOfManyStreams) {
  constexpr int count = 24;
  std::vector<std::unique_ptr<Peer>> peers;
  std::vector<std::string> texts;
  for (int i = 0; i < count; ++i) {
    peers.push_back(std::make_unique<Peer>(SOCK_STREAM));
    // More than is sealed at once; some too large for that.
    texts.push_back(noise(20000).substr(static_cast<size_t>(i) * 13,
                                        i % 5 == 4 ? 12000 : 5000));
  }
  peers[3]->hangUp();
  peers[7]->takeLittle();
  texts[7] = noise(8000);
  std::string filled = noise(200000);
  filled.resize(peers[7]->stream->write(bytesOf(filled)).bytes + 1);
  SealedBatch batch;
  for (int round = 0; round < 2; ++round) {
    for (size_t i = 0; i < count; ++i) {
      ASSERT_FALSE(batch.full());
      // What was not taken comes first.
      std::string_view text = texts[i];
      if (i == 7)
        text = std::string_view(filled).substr(filled.size() - 1);
      batch.add(*peers[i]->stream, bytesOf(text), &texts[i]);
    }
    size_t next = 0;
    batch.submit(
        [&](void *user, std::span<const uint8_t> bytes, IoResult result) {
          ASSERT_EQ(user, &texts[next]);
          EXPECT_EQ(result.io, next == 3   ? Io::Failed
                               : next == 7 ? Io::WantWrite
                                           : Io::Done)
              << next;
          if (result.io == Io::Done)
            EXPECT_EQ(result.bytes, bytes.size());
          ++next;
        });
    EXPECT_EQ(next, size_t(count));
    EXPECT_TRUE(TlsChannel::canSeal()) << "the buffer is free again";
    for (size_t i = 0; i < count; ++i) {
      if (i == 3 || i == 7)
        continue;
      peers[i]->receive();
      EXPECT_TRUE(peers[i]->decrypt() == texts[i]) << i;
    }
  }
}

TEST(TlsOwnership, AStreamMayEndWithSealedBytes) {
  Peer victim(SOCK_STREAM);
  auto other = std::make_unique<Peer>(SOCK_STREAM);
  ASSERT_TRUE(victim.stream->seal(bytesOf("sealed")));
  ASSERT_TRUE(other->stream->seal(bytesOf("never sent")));
  other.reset();
  EXPECT_EQ(victim.stream->sendSealed(6).io, Io::Done);
  victim.receive();
  EXPECT_EQ(victim.decrypt(), "sealed");
  expectUnharmed(victim);
}
