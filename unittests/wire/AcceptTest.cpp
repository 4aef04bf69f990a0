//===- AcceptTest.cpp - RFC 9110 sections 12.4.2 and 12.5.1 ---------------===//

#include "runtime/wire/Accept.h"

#include <gtest/gtest.h>

using namespace plumb::rt::wire;

namespace {
int quality(std::string_view accept) {
  return preferenceFor(accept, "text/plain", "0.0.4").quality;
}
} // namespace

TEST(Accept, Weights) {
  EXPECT_EQ(quality(""), 1000);
  EXPECT_EQ(quality("text/plain"), 1000);
  EXPECT_EQ(quality("TEXT/Plain;Q=0.25"), 250);
  EXPECT_EQ(quality("text/plain ; q=0.001 ,"), 1);
  EXPECT_EQ(quality("text/plain;q=1.000"), 1000);
  EXPECT_EQ(quality("text/plain;q=0."), 0);
  for (const char *none :
       {"text/plain;q=0", "text/plain;q=0.000", "text/html", "text/plainx",
        "application/*", "text/plain;version=1.0.0", "text", "*",
        // What is malformed is passed over.
        "text/plain;q=2", "text/plain;q=1.001", "text/plain;q=.5",
        "text/plain;q=-1", "text/plain;q=0.1234", "text/plain;q=", "/",
        "text/plain;q=x", ","})
    EXPECT_EQ(quality(none), 0) << none;
}

TEST(Accept, TheMostSpecificRangeDecides) {
  EXPECT_EQ(quality("*/*;q=0.1"), 100);
  EXPECT_EQ(quality("text/*;q=0.2, */*;q=0.1"), 200);
  EXPECT_EQ(quality("*/*, text/*;q=0.2"), 200);
  EXPECT_EQ(quality("*/*, text/plain;q=0"), 0);
  EXPECT_EQ(quality("text/plain;q=0, */*"), 0);
  EXPECT_EQ(quality("text/plain;q=0.3, text/plain;version=0.0.4;q=0.7"), 700);
  EXPECT_EQ(quality("text/plain;version=\"0.0.4\";q=0.7, text/plain"), 700);
  EXPECT_EQ(quality("text/plain;version=1;q=0.7, text/*;q=0.4"), 400);
  EXPECT_EQ(quality("text/plain;q=0.3, text/plain;q=0.7"), 700);
  EXPECT_EQ(quality("a/b;x=\"text/plain, text/plain\";q=1, text/*;q=0.5"), 500);
  EXPECT_EQ(preferenceFor("*/*", "text/plain", "").specificity, 0);
  EXPECT_EQ(preferenceFor("text/plain", "text/plain", "").specificity, 2);
}
