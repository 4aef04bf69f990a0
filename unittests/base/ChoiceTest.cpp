//===- ChoiceTest.cpp - one of a few words --------------------------------===//

#include "runtime/base/Choice.h"

#include <gtest/gtest.h>

using plumb::rt::base::Choice;

TEST(Choice, PlaceOfAWord) {
  constexpr Choice words("off|on|required");
  EXPECT_EQ(words.find("off"), 0u);
  EXPECT_EQ(words.find("on"), 1u);
  EXPECT_EQ(words.find("required"), 2u);
  for (const char *other : {"", "o", "off|on", "On", "require", "on "})
    EXPECT_EQ(words.find(other), std::nullopt) << other;
  EXPECT_EQ(words.list(), "off, on, required");
  EXPECT_EQ(words[0], "off");
  EXPECT_EQ(words[2], "required");
}

TEST(Choice, OfOneWord) {
  EXPECT_EQ(Choice("only").find("only"), 0u);
  EXPECT_EQ(Choice("only").find(""), std::nullopt);
  EXPECT_EQ(Choice("only")[0], "only");
}
