//===- MaskTest.cpp - masking against the definition ----------------------===//

#include "runtime/wire/Mask.h"

#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <vector>

using namespace plumb::rt::wire;

TEST(Mask, EverySizeAndAlignment) {
  std::mt19937 random(3);
  for (size_t size = 0; size != 200; ++size)
    for (size_t from = 0; from != 9; ++from)
      for (size_t to : {0, 1, 8}) {
        // Exact blocks, so that a sanitizer sees each byte too many.
        auto source = std::make_unique<uint8_t[]>(from + size);
        auto target = std::make_unique<uint8_t[]>(to + size);
        for (size_t at = 0; at != size; ++at)
          source[from + at] = uint8_t(random());
        uint8_t key[4] = {uint8_t(random()), uint8_t(random()),
                          uint8_t(random()), uint8_t(random())};
        bool ascii = maskCopy(target.get() + to, source.get() + from, size,
                              plumb::rt::base::load<uint32_t>(key));
        bool expected = true;
        for (size_t at = 0; at != size; ++at) {
          uint8_t byte = source[from + at] ^ key[at % 4]; // section 5.3
          ASSERT_EQ(target[to + at], byte) << size << " " << at;
          expected &= byte < 0x80;
        }
        ASSERT_EQ(ascii, expected);
      }
}

TEST(Mask, AsciiIsSeenAtEveryPlace) {
  for (size_t size = 1; size != 120; ++size) {
    std::vector<uint8_t> source(size, 'a'), target(size);
    EXPECT_TRUE(maskCopy(target.data(), source.data(), size, 0));
    for (size_t at = 0; at != size; ++at) {
      source[at] = 0x80;
      ASSERT_FALSE(maskCopy(target.data(), source.data(), size, 0))
          << size << " " << at;
      source[at] = 'a';
    }
  }
}

TEST(Mask, AKeyContinuesInTheNextPiece) {
  std::vector<uint8_t> source(64, 0), whole(64), pieces(64);
  uint32_t key = 0x12345678;
  maskCopy(whole.data(), source.data(), 64, key);
  for (size_t a = 0; a <= 64; ++a)
    for (size_t b = a; b <= 64; ++b) {
      uint32_t turned = key;
      size_t ends[] = {a, b, 64}, begin = 0;
      for (size_t end : ends) {
        maskCopy(pieces.data() + begin, source.data() + begin, end - begin,
                 turned);
        turned = advanceKey(turned, end - begin);
        begin = end;
      }
      ASSERT_EQ(pieces, whole) << a << " " << b;
    }
}
