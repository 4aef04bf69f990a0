//===- MemoryGuardTest.cpp - how much memory the process may have ---------===//

#include "runtime/limits/MemoryGuard.h"

#include <cstring>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/sysinfo.h>

using namespace plumb::rt::limits;

TEST(MemoryGuard, LooksNowAndThen) {
  MemoryGuard guard(int64_t(1) << 40);
  guard.look(1000);
  int64_t before = guard.used();
  EXPECT_GT(before, 0);
  EXPECT_EQ(guard.excess(), 0);
  constexpr size_t size = 300 << 20;
  void *memory = ::mmap(nullptr, size, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  std::memset(memory, 1, size);
  guard.look(1099);
  EXPECT_EQ(guard.used(), before) << "not so soon";
  guard.look(1100);
  EXPECT_GT(guard.used(), before + (250 << 20));
  ::munmap(memory, size);
}

TEST(MemoryGuard, SaysHowMuchIsTooMuch) {
  MemoryGuard guard(1000);
  guard.look(0);
  EXPECT_EQ(guard.excess(), guard.used() - 1000);
}

TEST(MemoryGuard, ItsDefaultIsAPartOfTheMachine) {
  struct sysinfo machine = {};
  ASSERT_EQ(::sysinfo(&machine), 0);
  int64_t all = static_cast<int64_t>(machine.totalram) * machine.mem_unit;
  EXPECT_GT(MemoryGuard::available(), 0);
  EXPECT_LE(MemoryGuard::available(), all);
  EXPECT_EQ(MemoryGuard(0).limit(), MemoryGuard::available() / 5 * 4);
}
