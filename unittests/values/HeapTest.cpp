//===- HeapTest.cpp - memory of objects -----------------------------------===//

#include "runtime/values/Heap.h"
#include "unittests/values/Support.h"

#include <condition_variable>
#include <fstream>
#include <mutex>
#include <thread>
#include <unistd.h>

using namespace plumb::rt::values;

namespace {
using HeapValues = Values;

TEST_F(HeapValues, SizesDoNotOverlap) {
  std::vector<std::pair<char *, size_t>> blocks;
  for (size_t size = 16; size < 600; size += 8)
    for (int times = 0; times < 3; ++times) {
      auto *block = static_cast<char *>(allocate(size));
      std::fill(block, block + size, static_cast<char>(blocks.size()));
      blocks.emplace_back(block, size);
    }
  for (size_t at = 0; at < blocks.size(); ++at) {
    auto [block, size] = blocks[at];
    ASSERT_EQ(std::count(block, block + size, static_cast<char>(at)),
              static_cast<ptrdiff_t>(size));
    release(block, size);
  }
}

size_t residentBytes() {
  size_t whole = 0, resident = 0;
  std::ifstream("/proc/self/statm") >> whole >> resident;
  return resident * static_cast<size_t>(getpagesize());
}

/// One thread makes what another frees, for long: batches come back.
TEST_F(HeapValues, MemoryGoesBackToWhoNeedsIt) {
  if (PLUMB_VALUES_MALLOC)
    GTEST_SKIP() << "malloc is not ours";
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<void *> passed;
  bool isDone = false;
  std::thread consumer([&] {
    while (true) {
      std::vector<void *> taken;
      {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return !passed.empty() || isDone; });
        if (passed.empty())
          return;
        taken.swap(passed);
      }
      changed.notify_all();
      for (void *each : taken)
        release(each, 64);
    }
  });
  size_t before = residentBytes();
  for (int round = 0; round < 400; ++round) {
    std::vector<void *> made;
    for (int at = 0; at < 5000; ++at)
      made.push_back(allocate(64)); // 128 MB in all
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return passed.empty(); });
    passed.swap(made);
    changed.notify_all();
  }
  {
    std::lock_guard lock(mutex);
    isDone = true;
  }
  changed.notify_all();
  consumer.join();
  EXPECT_LT(residentBytes() - before, size_t(32) << 20);
}

} // namespace
