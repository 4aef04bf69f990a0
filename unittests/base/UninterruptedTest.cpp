//===- UninterruptedTest.cpp - system calls that signals interrupt --------===//

#include "runtime/base/Uninterrupted.h"

#include <cerrno>
#include <gtest/gtest.h>
#include <utility>
#include <vector>

using plumb::rt::base::uninterrupted;

namespace {

/// A system call that returns one after the other: (result, errno).
struct Call {
  std::vector<std::pair<long, int>> results;
  size_t calls = 0;
  long operator()() {
    auto [result, error] = results.at(calls++);
    errno = error;
    return result;
  }
};

TEST(Uninterrupted, IsMadeAgainUntilNoSignalComes) {
  Call twice{{{-1, EINTR}, {-1, EINTR}, {7, 0}}};
  EXPECT_EQ(uninterrupted(twice), 7);
  EXPECT_EQ(twice.calls, 3u);
}

TEST(Uninterrupted, OtherErrorsAreTheCallers) {
  Call fails{{{-1, EINTR}, {-1, EAGAIN}}};
  EXPECT_EQ(uninterrupted(fails), -1);
  EXPECT_EQ(errno, EAGAIN);
  EXPECT_EQ(fails.calls, 2u);
}

TEST(Uninterrupted, AnOldErrorIsNone) {
  Call ends{{{0, EINTR}}};
  EXPECT_EQ(uninterrupted(ends), 0);
  EXPECT_EQ(ends.calls, 1u);
}

} // namespace
