//===- GuardTest.cpp - What the C functions add to the bodies -------------===//

#include "plumb/Runtime/Guard.h"

#include "gtest/gtest.h"

#include <stdexcept>
#include <unistd.h>

using namespace plumb::rt;

namespace {

// Declarations say that calls leave errno alone, so compiled code may keep it
// in a register.
TEST(Guard, KeepsErrno) {
  errno = 4711;
  EXPECT_EQ(guard<int64_t>("Test.body", PLUMB_ERR_INTERNAL,
                           [] {
                             errno = EAGAIN;
                             return int64_t(7);
                           }),
            7);
  EXPECT_EQ(errno, 4711);
  guardVoid("Test.body", [] { errno = EAGAIN; });
  EXPECT_EQ(errno, 4711);
}

TEST(Guard, TracingKeepsErrno) {
  int original = ::dup(STDERR_FILENO);
  ::close(STDERR_FILENO); // So that writing there fails, and sets errno.
  errno = 4711;
  trace("Test.body", int64_t(1));
  int after = errno;
  ::dup2(original, STDERR_FILENO);
  ::close(original);
  EXPECT_EQ(after, 4711);
}

TEST(Guard, GivesTheKindsValueWhenABodyThrows) {
  auto fails = []() -> int64_t { throw std::runtime_error("on purpose"); };
  EXPECT_EQ(guard<int64_t>("Test.status", PLUMB_ERR_INTERNAL, fails),
            PLUMB_ERR_INTERNAL);
  EXPECT_EQ(guard<int64_t>("Test.count", 0, fails), 0);
  EXPECT_EQ(guard<const plumb_str *>("Test.text", emptyStr(),
                                     []() -> const plumb_str * { throw 1; })
                ->len,
            0u);
  guardVoid("Test.nothing", [] { throw 1; });
}

TEST(Guard, TellsOutOfMemoryWhereThereIsRoomForIt) {
  auto fails = []() -> int64_t { throw std::bad_alloc(); };
  EXPECT_EQ(guard<int64_t>("Test.status", PLUMB_ERR_INTERNAL, fails),
            PLUMB_ERR_NO_MEMORY);
  EXPECT_EQ(guard<int64_t>("Test.count", 0, fails), 0);
}

} // namespace
