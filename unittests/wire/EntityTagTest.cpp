//===- EntityTagTest.cpp - RFC 9110 sections 8.8.3 and 13 -----------------===//

#include "runtime/wire/EntityTag.h"
#include "runtime/base/Utf8.h"
#include "runtime/wire/RequestReader.h"

#include <gtest/gtest.h>

using namespace plumb::rt::wire;
using namespace plumb::rt::base;

namespace {
const std::string own = "\"a,b\"";
bool weak(std::string_view value) {
  return namesTag(value, own, TagComparison::Weak);
}
bool strong(std::string_view value) {
  return namesTag(value, own, TagComparison::Strong);
}
unsigned outcome(const std::string &lines) {
  RequestReader reader;
  reader.feed(asBytes("GET / HTTP/1.1\r\nHost: x\r\n" + lines + "\r\n"),
              Limits());
  EXPECT_EQ(reader.state(), RequestReader::State::Done);
  return evaluatePreconditions(reader.take(), own);
}
} // namespace

TEST(EntityTag, Comparison) {
  for (const char *value :
       {"\"a,b\"", "*", " * ", "\"x\", \"a,b\"", "W/\"x\",,\"a,b\" ,\"y\""}) {
    EXPECT_TRUE(weak(value)) << value;
    EXPECT_TRUE(strong(value)) << value;
  }
  EXPECT_TRUE(weak("W/\"a,b\""));
  EXPECT_TRUE(weak("\"x\",W/\"a,b\""));
  EXPECT_FALSE(strong("W/\"a,b\""));
  for (const char *value :
       {"", "a,b", "\"a", "\"A,B\"", "\"a,b", "w/\"a,b\"", "W/ \"a,b\"",
        "\"*\"", "*, \"a,b\"", "\"a,b\", *", "\"a\",\"b\"", "\"a,b\" \"x\"",
        "\"a,b\"x", "W/", ","})
    EXPECT_FALSE(weak(value)) << value;
}

TEST(EntityTag, Preconditions) {
  EXPECT_EQ(outcome(""), 200u);
  EXPECT_EQ(outcome("If-None-Match: \"a,b\"\r\n"), 304u);
  EXPECT_EQ(outcome("If-None-Match: W/\"a,b\"\r\n"), 304u);
  EXPECT_EQ(outcome("If-None-Match: *\r\n"), 304u);
  EXPECT_EQ(outcome("If-None-Match: \"x\"\r\nIf-None-Match: \"a,b\"\r\n"),
            304u);
  EXPECT_EQ(outcome("If-None-Match: \"x\"\r\n"), 200u);
  EXPECT_EQ(outcome("If-Match: \"a,b\"\r\n"), 200u);
  EXPECT_EQ(outcome("If-Match: *\r\n"), 200u);
  EXPECT_EQ(outcome("If-Match: W/\"a,b\"\r\n"), 412u);
  EXPECT_EQ(outcome("If-Match: \"x\"\r\nIf-None-Match: *\r\n"), 412u);
}
