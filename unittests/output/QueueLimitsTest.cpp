//===- QueueLimitsTest.cpp - the policy for slow peers --------------------===//

#include "runtime/output/QueueLimits.h"

#include <gtest/gtest.h>

using namespace plumb::rt::output;

static constexpr QueuePolicy policies[] = {
    QueuePolicy::Disconnect, QueuePolicy::DropNewest, QueuePolicy::DropOldest};

static QueueLimits limits(QueuePolicy policy) { return {1000, 4, policy}; }

TEST(QueueLimits, WhatFitsIsQueuedWhateverThePolicy) {
  for (QueuePolicy policy : policies) {
    EXPECT_EQ(limits(policy).fateOf(1000, {}), Fate::Queue);
    EXPECT_EQ(limits(policy).fateOf(1, {999, 3}), Fate::Queue);
    EXPECT_EQ(limits(policy).fateOf(1, {600, 1}, {399, 2}), Fate::Queue);
  }
}

TEST(QueueLimits, WhatNoQueueTakesIsTooLarge) {
  for (QueuePolicy policy : policies)
    EXPECT_EQ(limits(policy).fateOf(1001, {}), Fate::TooLarge);
}

TEST(QueueLimits, BytesAndMessagesAreLimits) {
  for (Load full : {Load{1000, 1}, Load{10, 4}}) {
    EXPECT_EQ(limits(QueuePolicy::Disconnect).fateOf(1, full),
              Fate::Disconnect);
    EXPECT_EQ(limits(QueuePolicy::DropNewest).fateOf(1, full),
              Fate::DropNewest);
    EXPECT_EQ(limits(QueuePolicy::DropOldest).fateOf(1, full),
              Fate::DropOldest);
  }
}

TEST(QueueLimits, NothingCanBeDroppedOfWhatIsUnderway) {
  for (Load full : {Load{1000, 1}, Load{10, 4}}) {
    EXPECT_EQ(limits(QueuePolicy::Disconnect).fateOf(1, {}, full),
              Fate::Disconnect);
    EXPECT_EQ(limits(QueuePolicy::DropNewest).fateOf(1, {}, full),
              Fate::DropNewest);
    EXPECT_EQ(limits(QueuePolicy::DropOldest).fateOf(1, {}, full),
              Fate::DropNewest);
  }
}

TEST(QueueLimits, OldestAreDroppedForWhatIsUnderwayAndFits) {
  EXPECT_EQ(limits(QueuePolicy::DropOldest).fateOf(1, {600, 2}, {600, 1}),
            Fate::DropOldest);
  EXPECT_EQ(limits(QueuePolicy::DropNewest).fateOf(1, {600, 2}, {600, 1}),
            Fate::DropNewest);
}

TEST(QueueLimits, RefusedByAnotherThread) {
  EXPECT_EQ(limits(QueuePolicy::Disconnect).whenFull(), Fate::Disconnect);
  EXPECT_EQ(limits(QueuePolicy::DropNewest).whenFull(), Fate::DropNewest);
  EXPECT_EQ(limits(QueuePolicy::DropOldest).whenFull(), Fate::DropNewest);
}
