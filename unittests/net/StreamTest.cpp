//===- StreamTest.cpp - TLS between a stream and OpenSSL ------------------===//

#include "TlsPeer.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>

using namespace plumb::rt::net;
using namespace plumb::test;

namespace {
uint8_t room[65536];
std::string_view roomFor(size_t bytes) {
  return {reinterpret_cast<char *>(room), bytes};
}
} // namespace

TEST(TlsStream, OneSendAWrite) {
  for (int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    Peer peer(SOCK_SEQPACKET, version);
    // A message of 16 KiB has a header, so it is two records.
    for (size_t size :
         {size_t(1), size_t(16384), size_t(16388), size_t(32768)}) {
      std::string text = noise(size);
      IoResult result = peer.stream->write(bytesOf(text));
      EXPECT_EQ(result.io, Io::Done);
      EXPECT_EQ(result.bytes, size);
      EXPECT_EQ(peer.receive(), 1) << size;
      EXPECT_EQ(peer.decrypt(), text) << size;
    }
    std::string large = noise(100000);
    EXPECT_EQ(peer.stream->write(bytesOf(large)).io, Io::Done);
    EXPECT_EQ(peer.receive(), 4);
    EXPECT_EQ(peer.decrypt(), large);
  }
}

TEST(TlsStream, OneReceiveForSeveralRecords) {
  Peer peer(SOCK_SEQPACKET);
  EXPECT_EQ(peer.stream->read(room).io, Io::WantRead);
  for (const char *text : {"one", "two", "three"})
    peer.encrypt(text);
  peer.send();
  peer.encrypt("later");
  peer.send();
  for (const char *text : {"one", "two", "three"}) {
    IoResult result = peer.stream->read(room);
    ASSERT_EQ(result.io, Io::Done);
    EXPECT_EQ(roomFor(result.bytes), text);
    EXPECT_EQ(peer.stream->hasMore(), std::string_view(text) != "three");
  }
  // For this one the loop calls again.
  IoResult result = peer.stream->read(room);
  EXPECT_EQ(roomFor(result.bytes), "later");
  EXPECT_FALSE(peer.stream->hasMore());
  EXPECT_EQ(peer.stream->read(room).io, Io::WantRead);
}

TEST(TlsStream, RecordsInPieces) {
  Peer peer(SOCK_STREAM);
  std::string text = noise(300), got;
  peer.encrypt(text);
  char *bytes;
  BIO *out = SSL_get_wbio(peer.ssl);
  long size = BIO_get_mem_data(out, &bytes);
  for (long i = 0; i < size; ++i) {
    ASSERT_EQ(::send(peer.socket, bytes + i, 1, 0), 1);
    IoResult result = peer.stream->read(room);
    ASSERT_EQ(result.io, i + 1 < size ? Io::WantRead : Io::Done) << i;
    got = roomFor(result.bytes);
  }
  EXPECT_EQ(got, text);
}

TEST(TlsStream, SlowPeer) {
  for (int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    Peer peer(SOCK_STREAM, version);
    int small = 4096;
    ::setsockopt(peer.stream->fd(), SOL_SOCKET, SO_SNDBUF, &small,
                 sizeof small);
    std::string text = noise(500000), got;
    std::mt19937 random(11);
    size_t done = 0;
    int waited = 0;
    while (done < text.size()) {
      // As little as the contract asks for, or as much as there is.
      size_t min = std::max<size_t>(peer.stream->retryBytes(), 1);
      size_t part = random() % 3 ? std::min<size_t>(text.size() - done,
                                                    min + random() % 70000)
                                 : min;
      IoResult result = peer.stream->write(bytesOf(text).subspan(done, part));
      done += result.bytes;
      if (result.io == Io::WantWrite) {
        ++waited;
        EXPECT_LT(result.bytes, part) << "somebody must come back";
        peer.receive();
        got += peer.decrypt();
      } else {
        ASSERT_EQ(result.io, Io::Done);
        EXPECT_EQ(result.bytes, part);
      }
    }
    peer.receive();
    got += peer.decrypt();
    EXPECT_EQ(got, text);
    EXPECT_GT(waited, 10);
    // Reading goes on all the while.
    peer.encrypt("back");
    peer.send();
    EXPECT_EQ(roomFor(peer.stream->read(room).bytes), "back");
  }
}

TEST(TlsStream, Ends) {
  {
    Peer polite(SOCK_STREAM);
    SSL_shutdown(polite.ssl);
    polite.send();
    EXPECT_EQ(polite.stream->read(room).io, Io::Closed);
  }
  {
    Peer impolite(SOCK_STREAM);
    impolite.hangUp();
    EXPECT_EQ(impolite.stream->read(room).io, Io::Closed);
    EXPECT_EQ(impolite.stream->write(bytesOf("x")).io, Io::Failed);
  }
  {
    Peer broken(SOCK_STREAM);
    EXPECT_GT(::send(broken.socket, "no record at all", 16, 0), 0);
    EXPECT_EQ(broken.stream->read(room).io, Io::Failed);
    broken.receive();
    broken.decrypt();
    EXPECT_NE(SSL_get_shutdown(broken.ssl) & SSL_RECEIVED_SHUTDOWN, 0)
        << "an alert says why";
  }
  {
    Peer peer(SOCK_STREAM);
    EXPECT_EQ(peer.stream->write(bytesOf("bye")).io, Io::Done);
    peer.stream->finishWriting();
    peer.receive();
    EXPECT_EQ(peer.decrypt(), "bye");
    EXPECT_EQ(SSL_get_shutdown(peer.ssl), SSL_RECEIVED_SHUTDOWN);
  }
}
