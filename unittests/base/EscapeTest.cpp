//===- EscapeTest.cpp - texts of others on a line of ours -----------------===//

#include "runtime/base/Escape.h"

#include <gtest/gtest.h>

using namespace plumb::rt::base;

static std::string escaped(std::string_view text, Escapes how) {
  std::string out;
  appendEscaped(out, text, how);
  return out;
}

TEST(Escape, EachWayToWrite) {
  // A line's end, what a reader does not see, of each length, what ends a
  // quoted text, no UTF-8, and what is left as it is.
  std::string_view text = "a\n\x01\xc2\x85\u202e\U000e0041\"\\\xff€";
  EXPECT_EQ(escaped(text, Escapes::Line),
            "a\\n\\x01\\x85\\u{202e}\\u{e0041}\"\\\\xff€");
  EXPECT_EQ(escaped(text, Escapes::Hex),
            "a\\x0a\\x01\\x85\\u{202e}\\u{e0041}\"\\\\xff€");
  EXPECT_EQ(escaped(text, Escapes::Quoted),
            "a\\n\\x01\\x85\\u{202e}\\u{e0041}\\\"\\\\\\xff€");
  EXPECT_EQ(escaped(text, Escapes::Json),
            "a\\n\\u0001\\u0085\\u202e\\udb40\\udc41\\\"\\\\\\ufffd€");
  EXPECT_EQ(escaped("a\n\"\\\x7f€\xff", Escapes::Bytes),
            "a\\x0a\\\"\\\\\\x7f\\xe2\\x82\\xac\\xff");
  std::string quoted = "x=";
  appendQuoted(quoted, "two \"words\"", Escapes::Quoted);
  EXPECT_EQ(quoted, "x=\"two \\\"words\\\"\"");
}

TEST(Escape, ACharacterAtATime) {
  std::string_view text = "é\n\U0010ffff";
  EXPECT_EQ(std::string_view(Escaped(text, Escapes::Line)), "é");
  EXPECT_EQ(text, "\n\U0010ffff");
  EXPECT_EQ(std::string_view(Escaped(text, Escapes::Line)), "\\n");
  EXPECT_EQ(std::string_view(Escaped(text, Escapes::Json)), "\\udbff\\udfff");
  EXPECT_TRUE(text.empty());
}
