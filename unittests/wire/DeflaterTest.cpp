//===- DeflaterTest.cpp - messages that go out compressed -----------------===//

#include "DeflateSupport.h"

#include <latch>
#include <thread>

using namespace plumb::rt::wire;
using namespace plumb::rt::base;

TEST(Deflater, WhatItWritesIsRead) {
  for (int level : {1, 6, 9}) {
    Deflater deflater(level);
    for (size_t size : {20, 300, 4095, 4096, 4097, 40000, 400000, 300, 20}) {
      std::string plain = words(size);
      FrameRef frame = deflater.compress(Opcode::Text, asBytes(plain));
      ASSERT_TRUE(frame || size == 20) << size;
      if (!frame)
        continue;
      EXPECT_EQ(frame.opcode(), Opcode::Text);
      EXPECT_EQ(frame.bytes()[0], 0xc1);
      EXPECT_LT(frame.payloadSize(), size);
      std::string wire(frame.bytes().begin(), frame.bytes().end());
      ASSERT_EQ(decode(wire, {}, client, {}, 0), Events{text(plain)});
    }
    std::string zeros(100000, 0);
    FrameRef frame = deflater.compress(Opcode::Binary, asBytes(zeros));
    EXPECT_EQ(frame.bytes()[0], 0xc2);
    std::string wire(frame.bytes().begin(), frame.bytes().end());
    ASSERT_EQ(decode(wire, {}, client, {}, 0), Events{binary(zeros)});
  }
}

TEST(Deflater, NothingThatDoesNotGetSmaller) {
  Deflater deflater(9);
  for (size_t size : {0, 1, 2, 3, 10, 100, 1000, 5000, 100000})
    EXPECT_FALSE(deflater.compress(Opcode::Binary, asBytes(noise(size))))
        << size;
  // Just at the edge it is smaller, by a byte at least.
  for (size_t size = 1; size != 60; ++size)
    if (FrameRef frame = deflater.compress(Opcode::Binary,
                                           asBytes(std::string(size, 'a')))) {
      EXPECT_LT(frame.payloadSize(), size);
      EXPECT_EQ(inflated({frame.payload().begin(), frame.payload().end()}),
                "=" + std::string(size, 'a'));
    }
}

TEST(Deflater, SmallMessagesAreLeftAlone) {
  Deflater deflater(1, 100);
  uint64_t before = Deflater::total();
  EXPECT_FALSE(deflater.compress(Opcode::Text, asBytes(std::string(99, 'a'))));
  EXPECT_EQ(Deflater::total(), before);
  EXPECT_TRUE(deflater.compress(Opcode::Text, asBytes(std::string(100, 'a'))));
  EXPECT_EQ(Deflater::total(), before + 1);
}

TEST(Deflater, AFrameIsCompressedOnce) {
  Deflater deflater;
  std::string plain = words(1000);
  FrameRef frame = encode(Opcode::Text, asBytes(plain));
  uint64_t before = Deflater::total();
  FrameRef first = frame.compressed(deflater);
  EXPECT_EQ(first.bytes()[0], 0xc1);
  EXPECT_EQ(frame.compressed(deflater), first);
  FrameRef copy = frame;
  EXPECT_EQ(copy.compressed(deflater), first);
  EXPECT_EQ(Deflater::total(), before + 1);
  // It outlives the frame that it was made of.
  frame = copy = FrameRef();
  EXPECT_EQ(inflated({first.payload().begin(), first.payload().end()}),
            "=" + plain);
  // What does not get smaller stands for itself, and is not tried again.
  frame = encode(Opcode::Binary, asBytes(noise(100)));
  EXPECT_EQ(frame.compressed(deflater), frame);
  EXPECT_EQ(frame.compressed(deflater), frame);
  EXPECT_EQ(Deflater::total(), before + 2);
}

TEST(Deflater, AFrameIsCompressedOnceByManyThreads) {
  std::string plain = words(20000);
  uint64_t before = Deflater::total();
  for (int round = 0; round != 50; ++round) {
    FrameRef frame = encode(Opcode::Text, asBytes(plain));
    std::vector<std::thread> threads;
    std::vector<FrameRef> got(4);
    std::latch start(4);
    for (FrameRef &mine : got)
      threads.emplace_back([&mine, &start, frame] {
        Deflater deflater;
        start.arrive_and_wait();
        mine = frame.compressed(deflater);
      });
    for (std::thread &thread : threads)
      thread.join();
    for (const FrameRef &mine : got)
      ASSERT_EQ(mine, got[0]);
    ASSERT_NE(got[0], frame);
  }
  EXPECT_EQ(Deflater::total(), before + 50);
}

TEST(Deflater, ShortMessagesFitAnyWindow) {
  // What Deflate::takes promises: a reader with a window of 2^bits follows
  // whatever is no longer than that.
  Deflater deflater(9);
  for (int bits = 8; bits <= 14; ++bits)
    for (unsigned seed = 0; seed != 20; ++seed) {
      std::string plain = noise((size_t(1) << bits) / 2);
      plain += plain;
      FrameRef frame = deflater.compress(Opcode::Binary, asBytes(plain));
      ASSERT_TRUE(frame);
      z_stream z = {};
      ASSERT_EQ(inflateInit2(&z, -bits), Z_OK);
      std::string out;
      // Byte by byte, so that zlib must use its window.
      for (uint8_t byte : frame.payload()) {
        uint8_t in = byte, made[2000];
        z.next_in = &in;
        z.avail_in = 1;
        do {
          z.next_out = made;
          z.avail_out = 1;
          int code = inflate(&z, Z_SYNC_FLUSH);
          ASSERT_TRUE(code == Z_OK || code == Z_BUF_ERROR) << code;
          out.append(reinterpret_cast<char *>(made), 1 - z.avail_out);
        } while (z.avail_out == 0);
      }
      inflateEnd(&z);
      EXPECT_EQ(out, plain);
    }
}

TEST(Deflater, CountsWhatGotSmaller) {
  Deflater deflater;
  std::string plain = words(1000);
  FrameRef frame = deflater.compress(Opcode::Text, asBytes(plain));
  ASSERT_TRUE(frame);
  EXPECT_FALSE(deflater.compress(Opcode::Binary, asBytes(noise(1000))));
  EXPECT_EQ(deflater.counts().messages.read(), 1u);
  EXPECT_EQ(deflater.counts().inputBytes.read(), plain.size());
  EXPECT_EQ(deflater.counts().outputBytes.read(), frame.payloadSize());
}
