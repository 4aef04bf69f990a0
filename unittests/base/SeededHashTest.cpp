//===- SeededHashTest.cpp - hashes of what peers choose -------------------===//

#include "runtime/base/SeededHash.h"

#include <algorithm>
#include <cstdio>
#include <gtest/gtest.h>
#include <random>
#include <set>
#include <unistd.h>

using namespace plumb::rt::base;

/// Those that the authors give for 2-4: the key and the texts count from 0.
TEST(SipHash, VectorsOfItsAuthors) {
  constexpr SipHash<2, 4> hash(0x0706050403020100, 0x0f0e0d0c0b0a0908);
  unsigned char text[16];
  for (size_t i = 0; i < sizeof text; ++i)
    text[i] = static_cast<unsigned char>(i);
  EXPECT_EQ(hash(nullptr, 0), 0x726fdb47dd0e0e31u);
  EXPECT_EQ(hash(text, 1), 0x74f839c593dc67fdu);
  EXPECT_EQ(hash(text, 7), 0xab0200f58b01d137u);
  EXPECT_EQ(hash(text, 8), 0x93f5f5799a932462u);
  EXPECT_EQ(hash(text, 15), 0xa129ca6149be45e5u);
}

template <typename Map> static size_t fullestBucket(const Map &map) {
  size_t max = 0;
  for (size_t i = 0; i < map.bucket_count(); ++i)
    max = std::max(max, map.bucket_size(i));
  return max;
}

/// A text of 16 bytes with the hash that is wanted under the standard library's
/// function (MurmurHash64A with a seed that is the same everywhere): both words
/// are mixed by steps that can be undone.
static std::string collidingText(uint64_t first) {
  constexpr uint64_t m = 0xc6a4a7935bd1e995, wanted = 0x123456789abcdef;
  uint64_t inverse = m;
  for (int i = 0; i < 6; ++i)
    inverse *= 2 - m * inverse;
  uint64_t mixed = first * m;
  mixed = (mixed ^ mixed >> 47) * m;
  uint64_t state = ((0xc70f6907 ^ 16 * m) ^ mixed) * m;
  uint64_t second = (state ^ wanted) * inverse;
  second = (second ^ second >> 47) * inverse;
  std::string text(16, 0);
  std::memcpy(text.data(), &first, 8);
  std::memcpy(text.data() + 8, &second, 8);
  return text;
}

TEST(SeededHash, WhatCollidesElsewhereDoesNot) {
  std::unordered_map<std::string, int> known;
  TextMap<int> seeded;
  for (uint64_t i = 0; i < 5000; ++i) {
    known.emplace(collidingText(i), 0);
    seeded.emplace(collidingText(i), 0);
  }
#ifdef __GLIBCXX__
  EXPECT_EQ(fullestBucket(known), 5000u) << "the attack itself";
#endif
  // 5,000 in as many buckets: more than 12 in one has a chance of 1e-6.
  EXPECT_LE(fullestBucket(seeded), 12u);
}

TEST(SeededHash, TextsThatAreAlikeSpread) {
  for (size_t size : {1, 2, 7, 8, 9, 16, 31}) {
    std::set<size_t> low, high;
    for (int i = 0; i < 256; ++i) {
      std::string text(size, 'a');
      text.back() = static_cast<char>(i);
      size_t hash = SeededHash()(text);
      low.insert(hash & 0xffff);
      high.insert(hash >> 48);
    }
    EXPECT_GT(low.size(), 245u) << size;
    EXPECT_GT(high.size(), 245u) << size;
  }
}

TEST(SeededHash, OtherInEachProcess) {
  if (const char *child = std::getenv("PLUMB_TEST_SEEDED_HASH")) {
    std::printf("hash %zu\n", SeededHash()(child));
    std::fflush(stdout);
    std::_Exit(0);
  }
  std::set<std::string> hashes;
  char self[4096] = {};
  ASSERT_GT(::readlink("/proc/self/exe", self, sizeof self - 1), 0);
  for (int i = 0; i < 4; ++i) {
    std::string command = "PLUMB_TEST_SEEDED_HASH=lobby '" + std::string(self) +
                          "' --gtest_filter=SeededHash.OtherInEachProcess";
    FILE *out = ::popen(command.c_str(), "r");
    char line[256];
    while (std::fgets(line, sizeof line, out))
      if (std::string_view(line).starts_with("hash "))
        hashes.insert(line);
    ::pclose(out);
  }
  EXPECT_EQ(hashes.size(), 4u);
}
