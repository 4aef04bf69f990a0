//===- StringsTest.cpp - strings ------------------------------------------===//

#include "unittests/values/Support.h"

using namespace plumb::rt::values;

namespace {
using StringValues = Values;

TEST_F(StringValues, AreTextsOfTheCInterface) {
  plumb_string *string = str("héllo");
  const plumb_str *text = plumb_string_text(string);
  EXPECT_EQ(text->len, 6u);
  EXPECT_EQ(viewOf(text), "héllo");
  EXPECT_EQ(reinterpret_cast<const char *>(text) -
                reinterpret_cast<const char *>(string),
            16);
  plumb_string *copy = plumb_copy_text(text);
  EXPECT_NE(copy, string);
  EXPECT_EQ(taken(copy), "héllo");
  drop(string);
}

TEST_F(StringValues, GrowInPlaceUnlessShared) {
  plumb_string *built = str("x"), *old = nullptr;
  std::string expected = "x";
  int copies = 0;
  for (int at = 0; at < 10000; ++at) {
    if (at == 5000) {
      retain(built);
      old = built;
    }
    plumb_string *next = appendText(built, "yz");
    copies += next != built;
    built = next;
    expected += "yz";
  }
  EXPECT_LT(copies, 30);
  EXPECT_EQ(viewOf(old), expected.substr(0, 10001));
  EXPECT_EQ(viewOf(built), expected);
  drop(old);
  drop(built);
}

TEST_F(StringValues, OfItself) {
  plumb_string *string = str("abcdefg");
  for (int at = 0; at < 5; ++at)
    string = appendText(string, viewOf(string));
  EXPECT_EQ(string->length, 7u * 32);
  EXPECT_TRUE(viewOf(string).ends_with("abcdefgabcdefg"));
  drop(string);
}

} // namespace
