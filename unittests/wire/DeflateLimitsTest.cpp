//===- DeflateLimitsTest.cpp - what a message may inflate to --------------===//

#include "DeflateSupport.h"

using namespace plumb::rt::wire;
using namespace plumb::rt::base;

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
  for (uint64_t max : {uint64_t(0), uint64_t(1) << 20, uint64_t(1) << 40,
                       (uint64_t(1) << 63) - 1})
    for (uint32_t ratio : {0u, 1u, 100u, 0xffffffffu})
      for (uint64_t size :
           {uint64_t(0), uint64_t(1) << 15, uint64_t(1) << 50}) {
        limits.maxMessage = max;
        limits.maxInflateRatio = ratio;
        EXPECT_LE(limits.inflatedLimit(size), max);
        EXPECT_GE(limits.compressedLimit(), max);
        EXPECT_GE(limits.inflatedLimit(size),
                  std::min<uint64_t>(max, limits.inflateFloor));
      }
}

//===----------------------------------------------------------------------===//
// Counting
//===----------------------------------------------------------------------===//

TEST(Inflater, CountsWhatItDidAndWhatItRefused) {
  Limits limits = {.maxMessage = 4 << 20, .maxInflateRatio = 10};
  CompressionCounts counts;
  Inflater inflater(counts);
  std::span<uint8_t> out;
  std::string plain = words(5000), small = zip(plain);
  for (int i = 0; i != 2; ++i)
    ASSERT_EQ(inflater.inflate(asBytes(small), limits, {}, out),
              Inflater::Outcome::Done);
  auto expect = [&](uint64_t damaged, uint64_t tooLarge, uint64_t ratio) {
    EXPECT_EQ(counts.damaged.read(), damaged);
    EXPECT_EQ(counts.tooLarge.read(), tooLarge);
    EXPECT_EQ(counts.ratio.read(), ratio);
  };
  expect(0, 0, 0);
  inflater.inflate(asBytes("\xff\xff"), limits, {}, out);
  expect(1, 0, 0);
  inflater.inflate(asBytes(zip(std::string(2 << 20, 0))), limits, {}, out);
  expect(1, 0, 1);
  inflater.inflate(asBytes(zip(noise(5 << 20))), limits, {}, out);
  expect(1, 1, 1);
  EXPECT_EQ(counts.messages.read(), 2u);
  EXPECT_EQ(counts.inputBytes.read(), 2 * small.size());
  EXPECT_EQ(counts.outputBytes.read(), 2 * plain.size());
}
