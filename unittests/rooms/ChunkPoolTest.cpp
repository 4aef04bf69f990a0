//===- ChunkPoolTest.cpp - buffers that are used again --------------------===//

#include "runtime/rooms/ChunkPool.h"

#include <gtest/gtest.h>
#include <utility>

using namespace plumb::rt;
using namespace plumb::rt::rooms;

TEST(ChunkPool, GivesTheSameMemoryAgainAndEmpty) {
  ChunkPool pool;
  std::shared_ptr<wire::Bytes> chunk = pool.take();
  chunk->assign(100'000, 'x');
  const uint8_t *memory = chunk->data();
  pool.give(std::move(chunk));
  chunk = pool.take();
  EXPECT_TRUE(chunk->empty());
  EXPECT_EQ(chunk->data(), memory);
}

/// A queue that has a few bytes of it must not keep a large buffer alive.
TEST(ChunkPool, WhatQueuesReferToIsTheirsAndNoLargerThanItMustBe) {
  ChunkPool pool;
  std::shared_ptr<wire::Bytes> chunk = pool.take();
  chunk->reserve(1 << 20);
  *chunk = {1, 2, 3};
  wire::SharedBytes queued = chunk;
  pool.give(std::move(chunk));
  EXPECT_EQ(*queued, wire::Bytes({1, 2, 3}));
  EXPECT_LE(queued->capacity(), 6u);
  EXPECT_NE(pool.take(), queued);
}

TEST(ChunkPool, KeepsABoundedAmount) {
  ChunkPool pool;
  std::vector<std::weak_ptr<wire::Bytes>> given;
  for (int i = 0; i < 100; ++i) {
    auto chunk = std::make_shared<wire::Bytes>(1 << 20);
    given.push_back(chunk);
    pool.give(std::move(chunk));
  }
  size_t kept = 0;
  for (const std::weak_ptr<wire::Bytes> &chunk : given)
    kept += !chunk.expired();
  EXPECT_EQ(kept, 64u);
}

TEST(ChunkPool, FreesWhatNobodyTook) {
  ChunkPool pool;
  std::vector<std::shared_ptr<wire::Bytes>> taken;
  for (int i = 0; i < 3; ++i) {
    taken.push_back(pool.take());
    taken.back()->reserve(1000);
  }
  std::vector<std::weak_ptr<wire::Bytes>> chunks(taken.begin(), taken.end());
  for (std::shared_ptr<wire::Bytes> &chunk : taken)
    pool.give(std::exchange(chunk, nullptr));
  EXPECT_TRUE(pool.freeUnused()) << "all of them were in use since the last";
  pool.give(pool.take());
  EXPECT_TRUE(pool.freeUnused());
  EXPECT_TRUE(chunks[0].expired());
  EXPECT_TRUE(chunks[1].expired());
  EXPECT_FALSE(chunks[2].expired());
  EXPECT_FALSE(pool.freeUnused());
  EXPECT_TRUE(chunks[2].expired());
}
