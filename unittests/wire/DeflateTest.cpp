//===- DeflateTest.cpp - messages that come compressed --------------------===//

#include "DeflateSupport.h"

using namespace plumb::rt::wire;
using namespace plumb::rt::base;

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
        ASSERT_EQ(decode(stream, cuts, server, {}, 0), Events{binary(plain)});
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
                     server, {}, 0),
              (Events{ping("p"), text(plain), text("plain")}));
  }
  std::string every = raw({1, payload.substr(0, 1), false, true, rsv1});
  for (size_t at = 1; at != payload.size(); ++at)
    every += raw({10, "q"}) +
             raw({0, payload.substr(at, 1), at + 1 == payload.size()});
  Events expected(payload.size() - 1, pong("q"));
  expected.push_back(text(plain));
  ASSERT_EQ(decode(every, {}, server, {}, 0), expected);
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
  CompressionCounts counts;
  Inflater inflater(counts);
  std::span<uint8_t> out;
  std::string good = zip("good");
  EXPECT_EQ(inflater.inflate(asBytes("\xff\xff"), Limits(), {}, out),
            Inflater::Outcome::Damaged);
  ASSERT_EQ(inflater.inflate(asBytes(good), Limits(), {}, out),
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
    Events uncut = decode(framed(bytes, 2), {}, server, {}, 0);
    ASSERT_EQ(uncut.size(), 1u);
    ASSERT_TRUE(uncut[0].kind == EventKind::Binary || uncut[0].code == 1007);
    std::string stream = framed(bytes, 2);
    ASSERT_EQ(
        decode(stream, {1 + random() % (stream.size() - 1)}, server, {}, 0),
        uncut);
  }
}
