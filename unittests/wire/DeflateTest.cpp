//===- DeflateTest.cpp - compressed messages, both ways -------------------===//

#include "Support.h"

#include "runtime/wire/Deflater.h"
#include "runtime/wire/Inflater.h"
#include "runtime/wire/Utf8.h"

#include <latch>
#include <thread>
#include <zlib.h>

using namespace plumb::rt::wire;

namespace {

constexpr auto server = Decoder::Role::Server;
constexpr auto client = Decoder::Role::Client;
constexpr int rsv1 = 0x40;
const std::string tail("\0\0\xff\xff", 4);

/// How a test's own compressor goes about it, by zlib and not by our code.
struct Zip {
  int level = 6, bits = 15, strategy = Z_DEFAULT_STRATEGY;
  size_t block = SIZE_MAX; ///< a flush after so many bytes
};
std::string zip(std::string_view plain, Zip how = {}) {
  z_stream z = {};
  EXPECT_EQ(deflateInit2(&z, how.level, Z_DEFLATED, -how.bits, 8, how.strategy),
            Z_OK);
  std::string out;
  size_t at = 0;
  do {
    size_t size = std::min(how.block, plain.size() - at);
    z.next_in =
        reinterpret_cast<Bytef *>(const_cast<char *>(plain.data()) + at);
    z.avail_in = static_cast<uInt>(size);
    std::string piece(deflateBound(&z, size) + 64, 0);
    z.next_out = reinterpret_cast<Bytef *>(piece.data());
    z.avail_out = static_cast<uInt>(piece.size());
    EXPECT_EQ(deflate(&z, Z_SYNC_FLUSH), Z_OK);
    out.append(piece, 0, piece.size() - z.avail_out);
    at += size;
  } while (at != plain.size());
  deflateEnd(&z);
  EXPECT_TRUE(out.ends_with(tail));
  out.resize(out.size() - tail.size());
  return out;
}

/// The same as one stream with a final block.
std::string zipFinal(std::string_view plain) {
  z_stream z = {};
  deflateInit2(&z, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&z, plain.size()), 0);
  z.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(plain.data()));
  z.avail_in = static_cast<uInt>(plain.size());
  z.next_out = reinterpret_cast<Bytef *>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&z, Z_FINISH), Z_STREAM_END);
  out.resize(out.size() - z.avail_out);
  deflateEnd(&z);
  return out;
}

std::string zipped(int opcode, std::string_view plain, Zip how = {}) {
  return raw({opcode, zip(plain, how), true, true, rsv1});
}
std::string framed(const std::string &payload, int opcode = 1) {
  return raw({opcode, payload, true, true, rsv1});
}

void expectDeflated(std::string_view stream, const Events &expected,
                    Limits limits = {}) {
  expectEvents(stream, expected, server, limits, true);
}

std::string words(size_t size, unsigned seed = 1) {
  std::mt19937 random(seed);
  std::string out;
  while (out.size() < size)
    out += "word" + std::to_string(random() % 500) + " \xe2\x82\xac ";
  while (!isValidUtf8(asBytes(std::string_view(out).substr(0, size))))
    ++size;
  return out.substr(0, size);
}
std::string noise(size_t size) {
  std::mt19937 random(static_cast<unsigned>(size));
  std::string bytes(size, 0);
  for (char &c : bytes)
    c = char(random());
  return bytes;
}

std::string inflated(const std::string &compressed, Limits limits = {}) {
  Inflater inflater;
  std::span<uint8_t> out;
  switch (inflater.inflate(asBytes(compressed), limits, out)) {
  case Inflater::Outcome::Done:
    return "=" + std::string(out.begin(), out.end());
  case Inflater::Outcome::Damaged:
    return "damaged";
  case Inflater::Outcome::TooLarge:
    return "too large";
  case Inflater::Outcome::NoMemory:
    return "no memory";
  }
  return "?";
}

} // namespace

//===----------------------------------------------------------------------===//
// The examples of RFC 7692 section 7.2.3, byte by byte
//===----------------------------------------------------------------------===//

TEST(Deflate, ExamplesOfTheRfc) {
  // 7.2.3.1: one block; and in two fragments.
  std::string hello("\xf2\x48\xcd\xc9\xc9\x07\x00", 7);
  expectDeflated(framed(hello), {text("Hello")});
  expectDeflated(raw({1, hello.substr(0, 3), false, true, rsv1}) +
                     raw({0, hello.substr(3)}),
                 {text("Hello")});
  // 7.2.3.3: a block without compression.
  expectDeflated(
      framed(std::string("\x00\x05\x00\xfa\xff\x48\x65\x6c\x6c\x6f\x00", 11)),
      {text("Hello")});
  // 7.2.3.4: a final block, and an empty one behind it.
  expectDeflated(framed(std::string("\xf3\x48\xcd\xc9\xc9\x07\x00\x00", 8)),
                 {text("Hello")});
  // 7.2.3.5: two blocks in one message.
  expectDeflated(framed(std::string("\xf2\x48\x05\x00\x00\x00\xff\xff\xca\xc9"
                                    "\xc9\x07\x00",
                                    13)),
                 {text("Hello")});
  // 7.2.3.6: an empty message.
  expectDeflated(framed(std::string("\0", 1)), {text("")});
}

TEST(Deflate, ContextIsNotTakenOver) {
  // 7.2.3.2: the second message refers to the first, which was agreed not to.
  std::string first("\xf2\x48\xcd\xc9\xc9\x07\x00", 7);
  std::string second("\xf2\x00\x11\x00\x00", 5);
  expectDeflated(framed(first) + framed(second), {text("Hello"), error(1007)});
  expectDeflated(framed(first) + framed(first), {text("Hello"), text("Hello")});
}

//===----------------------------------------------------------------------===//
// Messages
//===----------------------------------------------------------------------===//

TEST(Deflate, EverySortOfBlock) {
  std::string plain = words(700);
  for (int strategy : {Z_DEFAULT_STRATEGY, Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE})
    for (int level : {0, 1, 9})
      for (size_t block : {SIZE_MAX, size_t(300), size_t(1)}) {
        SCOPED_TRACE(testing::Message() << strategy << level << block);
        expectDeflated(zipped(1, plain, {level, 15, strategy, block}),
                       {text(plain)});
      }
  for (int bits = 9; bits <= 15; ++bits)
    expectDeflated(zipped(2, words(1500), {9, bits}), {binary(words(1500))});
}

TEST(Deflate, Sizes) {
  for (size_t size : {1, 2, 100, 255, 256, 257, 4095, 4096, 4097, 32767, 32768,
                      32769, 65535, 65536, 65537, 300000}) {
    SCOPED_TRACE(size);
    for (const std::string &plain : {words(size), noise(size)}) {
      std::string stream = zipped(2, plain);
      for (size_t step : {stream.size(), size_t(1), size_t(4099)}) {
        std::vector<size_t> cuts;
        for (size_t at = step; at < stream.size(); at += step)
          cuts.push_back(at);
        ASSERT_EQ(decode(stream, cuts, server, {}, true),
                  Events{binary(plain)});
      }
    }
  }
}

TEST(Deflate, EmptyBlocksAndEmptyFragments) {
  std::string empty("\0\0\0\xff\xff", 5);
  std::string payload = empty + empty + zip("a") + tail + empty + zip("b") +
                        tail + empty + std::string(1, 0);
  expectDeflated(framed(payload), {text("ab")});
  std::string a = zip("only this");
  expectDeflated(raw({1, "", false, true, rsv1}) + raw({0, "", false}) +
                     raw({0, a, false}) + raw({0, ""}),
                 {text("only this")});
  // Nothing at all can only mean nothing.
  expectDeflated(framed("") + framed("", 2), {text(""), binary("")});
  expectDeflated(raw({1, "", false, true, rsv1}) + raw({0, ""}), {text("")});
}

TEST(Deflate, FinalBlocks) {
  std::string zero(1, 0);
  EXPECT_EQ(inflated(zipFinal("one") + zero), "=one");
  EXPECT_EQ(inflated(zipFinal("one")), "=one"); // and nothing behind it
  EXPECT_EQ(inflated(zipFinal("one") + zipFinal("two")), "=onetwo");
  EXPECT_EQ(inflated(zipFinal("one") + zip("two")), "=onetwo");
  EXPECT_EQ(inflated(zip("one") + tail + zipFinal("two") + zero), "=onetwo");
  EXPECT_EQ(inflated(zip("one") + tail + "\1"), "=one"); // a final empty one
  // A block behind a final one may refer to what stands in front of it: the
  // second message of 7.2.3.2.
  EXPECT_EQ(
      inflated(zipFinal("Hello") + std::string("\xf2\x00\x11\x00\x00", 5)),
      "=HelloHello");
  EXPECT_EQ(inflated(zipFinal("one") + "\xff\xff"), "damaged");
}

TEST(Deflate, AFinalBlockThatFillsTheBuffer) {
  // The last match goes over the end of a buffer of 4 KiB, then of 8, with all
  // of the input read.
  for (size_t size = 4090; size != 4400; ++size)
    for (size_t more : {0, 4096}) {
      std::string plain(size + more, 'a');
      ASSERT_EQ(inflated(zipFinal(plain)), "=" + plain) << plain.size();
    }
}

TEST(Deflate, FragmentsCutAnywhereAndControlFramesBetween) {
  std::string plain = words(90);
  std::string payload = zip(plain);
  for (size_t cut = 0; cut <= payload.size(); ++cut) {
    SCOPED_TRACE(cut);
    std::string first =
        raw({1, payload.substr(0, cut), false, true, rsv1, -1, 0x01020304});
    std::string last = raw({0, payload.substr(cut), true, true, 0, -1, 0x5a5a});
    ASSERT_EQ(decode(first + raw({9, "p"}) + last + raw({1, "plain"}), {},
                     server, {}, true),
              (Events{ping("p"), text(plain), text("plain")}));
  }
  std::string every = raw({1, payload.substr(0, 1), false, true, rsv1});
  for (size_t at = 1; at != payload.size(); ++at)
    every += raw({10, "q"}) +
             raw({0, payload.substr(at, 1), at + 1 == payload.size()});
  Events expected(payload.size() - 1, pong("q"));
  expected.push_back(text(plain));
  ASSERT_EQ(decode(every, {}, server, {}, true), expected);
  expectDeflated(raw({1, payload.substr(0, 20), false, true, rsv1}) +
                     raw({9, "ping"}) + raw({0, payload.substr(20)}),
                 {ping("ping"), text(plain)});
}

TEST(Deflate, PlainMessagesAsBefore) {
  expectDeflated(
      raw({1, "a"}) + zipped(1, "bb") + raw({2, "c", false}) + raw({0, "d"}) +
          zipped(2, "") + raw({8, ""}),
      {text("a"), text("bb"), binary("cd"), binary(""), closed(1005)});
}

//===----------------------------------------------------------------------===//
// Rules
//===----------------------------------------------------------------------===//

TEST(Deflate, ReservedBits) {
  std::string payload = zip("x");
  // Not negotiated: never.
  for (int opcode : {1, 2, 8, 9})
    expectEvents(raw({opcode, payload, true, true, rsv1}), {error(1002)});
  // Negotiated: on the first frame of a message only (RFC 7692 section 6.1).
  for (int opcode : {8, 9, 10})
    expectDeflated(raw({opcode, "", true, true, rsv1}), {error(1002)});
  expectDeflated(raw({1, payload, false, true, rsv1}) +
                     raw({0, "", true, true, rsv1}),
                 {error(1002)});
  expectDeflated(raw({1, "x", false}) + raw({0, payload, true, true, rsv1}),
                 {error(1002)});
  expectDeflated(raw({0, payload, true, true, rsv1}), {error(1002)});
  for (int opcode : {3, 7, 11, 15})
    expectDeflated(raw({opcode, "", true, true, rsv1}), {error(1002)});
  for (int bits : {0x10, 0x20, 0x30, 0x50, 0x60, 0x70})
    expectDeflated(raw({1, payload, true, true, bits}), {error(1002)});
}

TEST(Deflate, TextMustBeUtf8) {
  for (std::string bad :
       {"\xff", "abc\xc3", "\xed\xa0\x80", "\xf4\x90\x80\x80"})
    expectDeflated(zipped(1, bad), {error(1007)});
  expectDeflated(zipped(2, "\xff"), {binary("\xff")});
  // The compressed bytes themselves are none.
  std::string plain = words(200);
  ASSERT_FALSE(isValidUtf8(asBytes(zip(plain))));
  expectDeflated(zipped(1, plain), {text(plain)});
}

TEST(Deflate, DamagedData) {
  for (std::string bad :
       {std::string("\x07"),                       // no such block
        std::string("\xff\xff\xff"),               // the same
        std::string("\0\5\0\xff\xff", 5),          // length and complement
        std::string("\x05\xe0\x81\x08\0\0", 6),    // a bad Huffman table
        std::string("\xf2\x00\x11\x00\x00", 5)}) { // too far back
    EXPECT_EQ(inflated(bad), "damaged");
    expectDeflated(raw({1, "ok"}) + framed(bad, 2), {text("ok"), error(1007)});
  }
  // After damage the inflater is as new.
  Inflater inflater;
  std::span<uint8_t> out;
  std::string good = zip("good");
  EXPECT_EQ(inflater.inflate(asBytes("\xff\xff"), Limits(), out),
            Inflater::Outcome::Damaged);
  ASSERT_EQ(inflater.inflate(asBytes(good), Limits(), out),
            Inflater::Outcome::Done);
  EXPECT_EQ(std::string(out.begin(), out.end()), "good");
}

TEST(Deflate, NothingCutShortIsTakenForAMessage) {
  for (const std::string &payload :
       {zip(words(500)), zip(words(300), {6, 15, Z_FIXED}), zip("Hello")})
    // Blocks without compression are left out: for their last bytes the tail
    // can stand.
    for (size_t size = 1; size != payload.size(); ++size)
      ASSERT_EQ(inflated(payload.substr(0, size)), "damaged")
          << size << " of " << payload.size();
  // The tail must not be sent (section 7.2.1).
  EXPECT_EQ(inflated(zip("Hello") + tail), "damaged");
}

TEST(Deflate, RandomBytesNeverHarm) {
  std::mt19937 random(7);
  std::string good = zip(words(400));
  for (int round = 0; round != 3000; ++round) {
    std::string bytes = round % 2 ? noise(random() % 60) : good;
    for (int flips = 1 + int(random() % 3); flips && !bytes.empty(); --flips)
      bytes[random() % bytes.size()] ^= char(1 << random() % 8);
    Events uncut = decode(framed(bytes, 2), {}, server, {}, true);
    ASSERT_EQ(uncut.size(), 1u);
    ASSERT_TRUE(uncut[0].kind == EventKind::Binary || uncut[0].code == 1007);
    std::string stream = framed(bytes, 2);
    ASSERT_EQ(
        decode(stream, {1 + random() % (stream.size() - 1)}, server, {}, true),
        uncut);
  }
}

//===----------------------------------------------------------------------===//
// Limits
//===----------------------------------------------------------------------===//

TEST(Deflate, MaxMessageIsTheInflatedSize) {
  Limits limits;
  limits.maxMessage = 5000;
  for (size_t size : {4999, 5000}) {
    expectDeflated(zipped(2, std::string(size, 'x')),
                   {binary(std::string(size, 'x'))}, limits);
    std::string plain = noise(size); // larger compressed than plain
    ASSERT_GT(zip(plain).size(), size);
    expectDeflated(zipped(2, plain), {binary(plain)}, limits);
  }
  expectDeflated(zipped(2, std::string(5001, 'x')), {error(1009)}, limits);
  expectDeflated(zipped(1, std::string(5001, '\xff')), {error(1009)}, limits);
  expectDeflated(zipped(2, noise(5001)), {error(1009)}, limits);
  limits.maxMessage = 0;
  expectDeflated(zipped(2, "") + zipped(2, "x"), {binary(""), error(1009)},
                 limits);
}

TEST(Deflate, AClaimOf2To62Bytes) {
  for (int first : {0xc1, 0xc2, 0x41, 0x42}) {
    std::string head{char(first), char(0xff), char(0x40)};
    head += std::string(7, 0) + "key!";
    expectDeflated(head, {error(1009)});
    // Inside a message, too.
    expectDeflated(raw({1, "a", false, true, rsv1}) + "\x80" + head.substr(1),
                   {error(1009)});
  }
  Limits limits;
  limits.maxMessage = 1000;
  std::string over = zip(noise(1300)).substr(0, 1190);
  expectDeflated(framed(over).substr(0, 4), {error(1009)}, limits);
  expectDeflated(raw({2, over.substr(0, 600), false, true, rsv1}) +
                     raw({0, over.substr(600)}).substr(0, 4),
                 {error(1009)}, limits);
}

TEST(Deflate, RatioWithAFloor) {
  Limits limits;
  limits.maxMessage = 100 << 20;
  std::string zeros(2 << 20, 0);
  ASSERT_LT(zip(zeros).size() * 1000, zeros.size());
  EXPECT_EQ(inflated(zip(zeros), limits), "too large");
  expectDeflated(zipped(2, zeros), {error(1009)}, limits);
  // Below the floor nothing is refused.
  std::string small(limits.inflateFloor, 0);
  EXPECT_EQ(inflated(zip(small), limits), "=" + small);
  EXPECT_EQ(inflated(zip(small + "0"), limits), "too large");
  // What does not compress so well is not, either.
  std::string plain = words(3 << 20);
  EXPECT_EQ(inflated(zip(plain), limits), "=" + plain);
  limits.maxInflateRatio = 0;
  EXPECT_EQ(inflated(zip(zeros), limits), "=" + zeros);
}

TEST(Deflate, TheArithmeticOfLimits) {
  Limits limits;
  for (uint64_t most : {uint64_t(0), uint64_t(1) << 20, uint64_t(1) << 40,
                        (uint64_t(1) << 63) - 1})
    for (uint32_t ratio : {0u, 1u, 100u, 0xffffffffu})
      for (uint64_t size :
           {uint64_t(0), uint64_t(1) << 15, uint64_t(1) << 50}) {
        limits.maxMessage = most;
        limits.maxInflateRatio = ratio;
        EXPECT_LE(limits.inflatedLimit(size), most);
        EXPECT_GE(limits.compressedLimit(), most);
        EXPECT_GE(limits.inflatedLimit(size),
                  std::min<uint64_t>(most, limits.inflateFloor));
      }
}

//===----------------------------------------------------------------------===//
// Sending
//===----------------------------------------------------------------------===//

TEST(Deflater, WhatItWritesIsRead) {
  for (int level : {1, 6, 9}) {
    Deflater deflater(level);
    Inflater inflater;
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
      ASSERT_EQ(decode(wire, {}, client, {}, true), Events{text(plain)});
    }
    std::string zeros(100000, 0);
    FrameRef frame = deflater.compress(Opcode::Binary, asBytes(zeros));
    EXPECT_EQ(frame.bytes()[0], 0xc2);
    std::string wire(frame.bytes().begin(), frame.bytes().end());
    ASSERT_EQ(decode(wire, {}, client, {}, true), Events{binary(zeros)});
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
