//===- DescriptorsTest.cpp - how many files the process may open ----------===//

#include "runtime/net/Descriptors.h"
#include "runtime/base/Fd.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>
#include <vector>

using namespace plumb::rt::net;
using Use = Descriptors::Use;

namespace {
/// Sets the soft limit while it exists.
class SoftLimit {
public:
  explicit SoftLimit(rlim_t limit) {
    ::getrlimit(RLIMIT_NOFILE, &before);
    set(limit);
  }
  ~SoftLimit() { ::setrlimit(RLIMIT_NOFILE, &before); }
  void set(rlim_t limit) {
    rlimit now = before;
    now.rlim_cur = limit;
    EXPECT_EQ(::setrlimit(RLIMIT_NOFILE, &now), 0);
  }
  rlimit before;
};
} // namespace

TEST(Descriptors, LastOnesAreNotForClients) {
  SoftLimit limit(256);
  Descriptors files;
  EXPECT_EQ(files.limit(), 256u);
  EXPECT_EQ(files.forClients(), 192u);
  EXPECT_EQ(files.useOf(191), Use::Any);
  EXPECT_EQ(files.useOf(192), Use::Refusal);
  EXPECT_EQ(files.useOf(223), Use::Refusal);
  EXPECT_EQ(files.useOf(224), Use::None);
}

TEST(Descriptors, ReserveIsBounded) {
  SoftLimit limit(1024);
  EXPECT_EQ(Descriptors().forClients(), 1024u - 2 * 64);
}

TEST(Descriptors, LimitMayBeChangedMeanwhile) {
  SoftLimit limit(128);
  Descriptors files;
  EXPECT_EQ(files.useOf(120), Use::None);
  limit.set(1024);
  EXPECT_EQ(files.useOf(120), Use::Any);
  EXPECT_EQ(files.useOf(800), Use::Any);
  limit.set(128);
  EXPECT_EQ(files.useOf(1000), Use::None);
  EXPECT_EQ(files.useOf(120), Use::None);
}

TEST(Descriptors, SoftLimitIsRaised) {
  SoftLimit limit(64);
  Descriptors files;
  files.raise();
  EXPECT_EQ(files.limit(), limit.before.rlim_max);
  rlimit now;
  ::getrlimit(RLIMIT_NOFILE, &now);
  EXPECT_EQ(now.rlim_cur, now.rlim_max);
}

TEST(Descriptors, Shortage) {
  SoftLimit limit(64);
  Descriptors files;
  EXPECT_FALSE(files.areShort());
  std::vector<plumb::rt::base::Fd> open;
  while (files.useOf(open.emplace_back(::dup(0)).get()) == Use::Any) {
  }
  EXPECT_TRUE(files.areShort());
  open.pop_back();
  open.pop_back();
  EXPECT_FALSE(files.areShort());
  while (open.emplace_back(::dup(0))) {
  }
  EXPECT_TRUE(files.areShort()) << "no descriptor at all";
}
