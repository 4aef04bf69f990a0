//===- DeflateContextTest.cpp - messages that refer to earlier ones -------===//

#include "DeflateSupport.h"

#include "runtime/wire/SlidingWindow.h"

using namespace plumb::rt::wire;
using namespace plumb::rt::base;

namespace {

/// A client's compressor that lives as long as its connection.
class Compressor {
public:
  explicit Compressor(int bits = 15, int level = 6) {
    EXPECT_EQ(deflateInit2(&z, level, Z_DEFLATED, -bits, 9, Z_DEFAULT_STRATEGY),
              Z_OK);
  }
  ~Compressor() { deflateEnd(&z); }

  /// The payload of the next message; `final` ends it with BFINAL set.
  std::string next(std::string_view plain, bool final = false) {
    if (plain.empty())
      return std::string(1, 0); // zlib does not flush twice.
    std::string out(deflateBound(&z, plain.size()) + 64, 0);
    z.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(plain.data()));
    z.avail_in = static_cast<uInt>(plain.size());
    z.next_out = reinterpret_cast<Bytef *>(out.data());
    z.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(deflate(&z, final ? Z_FINISH : Z_SYNC_FLUSH),
              final ? Z_STREAM_END : Z_OK);
    out.resize(out.size() - z.avail_out);
    if (!final)
      out.resize(out.size() - tail.size());
    return out;
  }

private:
  z_stream z = {};
};

constexpr size_t whole = 32768;

std::string held(const SlidingWindow &window) {
  std::string out;
  for (std::span<const uint8_t> piece : window.pieces())
    out.append(piece.begin(), piece.end());
  return out;
}

} // namespace

TEST(SlidingWindow, HoldsTheLastBytesInOrder) {
  std::mt19937 random(3);
  for (size_t limit : {size_t(256), size_t(1024), whole})
    for (int round = 0; round != 50; ++round) {
      SlidingWindow window;
      std::string all;
      for (int at = 0; at != 40; ++at) {
        size_t max[] = {3, 100, limit, limit + 2, 3 * limit};
        std::string message = noise(random() % max[random() % 5]);
        ASSERT_TRUE(window.add(asBytes(message), limit));
        all += message;
        ASSERT_EQ(held(window),
                  all.substr(all.size() - std::min(all.size(), limit)));
        ASSERT_LE(window.heapBytes(),
                  std::min(2 * all.size() + 140, limit + 16));
      }
    }
}

TEST(SlidingWindow, OwnsNothingBeforeTheFirstByte) {
  SlidingWindow window;
  EXPECT_TRUE(window.add({}, whole));
  EXPECT_EQ(window.heapBytes(), 0u);
  EXPECT_EQ(held(window), "");
}

TEST(DeflateContext, TheExampleOfTheRfc) {
  // 7.2.3.2: the second message refers to the first.
  std::string first("\xf2\x48\xcd\xc9\xc9\x07\x00", 7);
  std::string second("\xf2\x00\x11\x00\x00", 5);
  expectDeflated(framed(first) + framed(second) + framed(second, 2),
                 {text("Hello"), text("Hello"), binary("Hello")}, {}, whole);
  // There is nothing in front of the first.
  expectDeflated(framed(second), {error(1007)}, {}, whole);
}

TEST(DeflateContext, MessagesOfEverySizeAndWindow) {
  for (int bits = 9; bits <= 15; ++bits)
    for (int level : {1, 9}) {
      Compressor compressor(bits, level);
      std::mt19937 random(static_cast<unsigned>(bits * 10 + level));
      std::string stream, common = words(70000);
      Events expected;
      size_t alone = 0, together = 0;
      for (int at = 0; at != 60; ++at) {
        size_t from = random() % 30000, max = at % 10 ? 400 : 40000;
        std::string plain = common.substr(from, random() % max);
        std::string payload = compressor.next(plain);
        alone += zip(plain, {level, bits}).size();
        together += payload.size();
        stream += framed(payload, 2);
        expected.push_back(binary(plain));
      }
      EXPECT_LT(together, alone);
      for (size_t step : {stream.size(), size_t(1), size_t(1000)}) {
        std::vector<size_t> cuts;
        for (size_t at = step; at < stream.size(); at += step)
          cuts.push_back(at);
        ASSERT_EQ(decode(stream, cuts, server, {}, size_t(1) << bits), expected)
            << bits << ' ' << level << ' ' << step;
      }
    }
}

TEST(DeflateContext, FragmentsPlainMessagesAndControlFramesBetween) {
  Compressor compressor;
  std::string said = words(60), a = compressor.next(said),
              b = compressor.next(said), c = compressor.next(said);
  ASSERT_LT(b.size(), a.size() / 3);
  expectDeflated(framed(a) + raw({1, "plain"}) + raw({9, "p"}) +
                     raw({1, b.substr(0, 3), false, true, rsv1}) +
                     raw({10, "q"}) + raw({0, b.substr(3)}) + framed("") +
                     framed(c),
                 {text(said), text("plain"), ping("p"), pong("q"), text(said),
                  text(""), text(said)},
                 {}, whole);
}

TEST(DeflateContext, FinalBlocksKeepTheWindow) {
  std::string second("\xf2\x00\x11\x00\x00", 5);
  expectDeflated(framed(Compressor().next("Hello", true)) + framed(second),
                 {text("Hello"), text("Hello")}, {}, whole);
}

TEST(DeflateContext, NothingFurtherBackThanAgreed) {
  std::string said = noise(300), filler(300, 'x');
  for (auto [context, good] :
       {std::pair(size_t(256), false), std::pair(size_t(1024), true)}) {
    Compressor compressor;
    std::string stream = framed(compressor.next(said), 2) +
                         framed(compressor.next(filler), 2) +
                         framed(compressor.next(said), 2);
    Events expected{binary(said), binary(filler)};
    expected.push_back(good ? binary(said) : error(1007));
    ASSERT_EQ(decode(stream, {}, server, {}, context), expected) << context;
  }
}

TEST(DeflateContext, OneInflaterServesMany) {
  // Two connections of a shard, message by message in turn.
  Scratch scratch;
  Decoder decoders[2];
  Compressor compressors[2];
  for (Decoder &decoder : decoders)
    decoder.enableDeflate(whole);
  for (int round = 0; round != 50; ++round)
    for (int which : {0, 1}) {
      std::string said = (which ? "ones " : "zeros ") + words(200);
      std::string frame = framed(compressors[which].next(said));
      EXPECT_TRUE(round == 0 || frame.size() < 40);
      std::string heard;
      decoders[which].feed(
          asBytes(frame), Limits(), scratch, [&](const Event &event) {
            heard.assign(event.payload.begin(), event.payload.end());
            std::fill(event.payload.begin(), event.payload.end(), 0xdd);
            return true;
          });
      ASSERT_EQ(heard, said);
    }
}

TEST(DeflateContext, TheWindowIsCountedAndFreedAtTheEnd) {
  Scratch scratch;
  Decoder decoder;
  decoder.enableDeflate(whole);
  Compressor compressor;
  auto feed = [&](const std::string &stream) {
    decoder.feed(asBytes(stream), Limits(), scratch,
                 [](const Event &) { return true; });
  };
  EXPECT_EQ(decoder.heapBytes(), 0u);
  feed(framed(compressor.next(words(100))));
  EXPECT_LE(decoder.heapBytes(), 300u);
  EXPECT_GE(decoder.heapBytes(), 100u);
  for (int at = 0; at != 10; ++at)
    feed(framed(compressor.next(words(20000))));
  EXPECT_GE(decoder.heapBytes(), whole);
  EXPECT_LE(decoder.heapBytes(), whole + 16);
  EXPECT_TRUE(decoder.idle());
  feed(raw({8, ""}));
  EXPECT_EQ(decoder.heapBytes(), 0u);
}
