//===- PatienceTest.cpp - how long a reader may take nothing --------------===//

#include "runtime/limits/Patience.h"

#include <gtest/gtest.h>

using plumb::rt::limits::Patience;

TEST(Patience, WithNothingToTakeTheWholeTimeIsOne) {
  Patience patience;
  EXPECT_FALSE(patience.waits());
  EXPECT_EQ(patience.begin(0, 1000), 1000);
  EXPECT_FALSE(patience.waits()) << "that time is the last word";
}

TEST(Patience, WhoTakesNothingIsGivenUpAfterItsTime) {
  for (int64_t whole : {1000, 1001, 1}) {
    Patience patience;
    int64_t waited = patience.begin(500, whole), next = 0;
    while (patience.goesOn(500, whole, next))
      waited += next;
    EXPECT_GE(waited, whole);
    EXPECT_LT(waited, whole + 4) << "four looks, each rounded up";
  }
}

/// However slow it is.
TEST(Patience, WhoTakesSomeHasAllOfItsTimeAgain) {
  Patience patience;
  int64_t next = patience.begin(100, 1000);
  for (size_t left = 99; left > 0; --left) {
    for (int look = 0; look < 3; ++look)
      ASSERT_TRUE(patience.goesOn(left + 1, 1000, next));
    ASSERT_TRUE(patience.goesOn(left, 1000, next)) << "it has taken a byte";
    EXPECT_EQ(next, 250);
  }
  EXPECT_TRUE(patience.goesOn(0, 1000, next));
  EXPECT_EQ(next, 1000) << "and now it has all";
  EXPECT_FALSE(patience.waits());
}

TEST(Patience, MoreThanBeforeIsNotLess) {
  Patience patience;
  int64_t next = patience.begin(100, 1000);
  for (int look = 0; look < 3; ++look)
    EXPECT_TRUE(patience.goesOn(200, 1000, next));
  EXPECT_FALSE(patience.goesOn(200, 1000, next));
  patience.end();
  EXPECT_FALSE(patience.waits());
}
