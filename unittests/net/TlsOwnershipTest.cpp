//===- TlsOwnershipTest.cpp - whose bytes go into whose socket ------------===//
//
// OpenSSL answers some of what a peer sends while it reads: the bytes are that
// peer's. Each test has an attacker and a victim on the same thread.
//
//===----------------------------------------------------------------------===//

#include "Tls12Records.h"
#include "TlsPeer.h"

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
