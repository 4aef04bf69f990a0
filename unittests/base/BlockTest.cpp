//===- BlockTest.cpp - memory for messages of any size --------------------===//

#include "runtime/base/Block.h"

#include <cstdint>
#include <cstring>
#include <fstream>
#include <gtest/gtest.h>
#include <string>
#include <sys/resource.h>

using namespace plumb::rt::base;

static constexpr size_t mebi = 1 << 20;

/// From the sizes of malloc to those of mappings, and within each.
TEST(Block, GrowsAndKeepsWhatIsThere) {
  size_t size = 0;
  uint8_t *block = nullptr;
  for (size_t next : {size_t(1), size_t(100), mebi, 2 * mebi, 4 * mebi,
                      4 * mebi + 1, 9 * mebi, 40 * mebi}) {
    block = static_cast<uint8_t *>(growBlock(block, size, next));
    ASSERT_NE(block, nullptr);
    for (size_t at = 0; at < size; at += 997)
      ASSERT_EQ(block[at], uint8_t(at * 31)) << "of " << next << " at " << at;
    for (size_t at = 0; at < next; ++at)
      block[at] = static_cast<uint8_t>(at * 31);
    size = next;
  }
  freeBlock(block, size);
}

TEST(Block, WhatCannotBeHadIsNull) {
  for (size_t size : {SIZE_MAX, SIZE_MAX - 100, SIZE_MAX / 2})
    EXPECT_EQ(allocateBlock(size), nullptr);
  void *block = allocateBlock(5 * mebi);
  ASSERT_NE(block, nullptr);
  std::memset(block, 'x', 5 * mebi);
  EXPECT_EQ(growBlock(block, 5 * mebi, SIZE_MAX - 100), nullptr);
  EXPECT_EQ(static_cast<char *>(block)[5 * mebi - 1], 'x');
  freeBlock(block, 5 * mebi);
}

/// The reason for all this: 16 MiB are 4,096 small pages.
TEST(Block, LargeOnesHaveHugePages) {
  std::string modes;
  std::getline(std::ifstream("/sys/kernel/mm/transparent_hugepage/enabled"),
               modes);
  if (modes.empty() || modes.find("[never]") != std::string::npos)
    GTEST_SKIP() << "this kernel has no huge pages to give";
  rusage before, after;
  ::getrusage(RUSAGE_THREAD, &before);
  void *block = allocateBlock(16 * mebi);
  ASSERT_NE(block, nullptr);
  std::memset(block, 1, 16 * mebi);
  ::getrusage(RUSAGE_THREAD, &after);
  EXPECT_LT(after.ru_minflt - before.ru_minflt, 1024);
  freeBlock(block, 16 * mebi);
}
