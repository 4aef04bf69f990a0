//===- OriginTest.cpp - RFC 6454 and RFC 6455 section 10.2 ----------------===//

#include "runtime/wire/Origin.h"
#include "runtime/wire/RequestReader.h"

#include <gtest/gtest.h>

using namespace plumb::rt::wire;

namespace {
Request request(const std::string &fields,
                const std::string &target = "/room") {
  std::string head = "GET " + target + " HTTP/1.1\r\n" + fields + "\r\n";
  RequestReader reader;
  reader.feed({reinterpret_cast<const uint8_t *>(head.data()), head.size()},
              Limits());
  EXPECT_EQ(reader.state(), RequestReader::State::Done) << head;
  return reader.take();
}
OriginPolicy policy(const std::string &text) {
  std::string wrong;
  auto made = OriginPolicy::parse(text, wrong);
  EXPECT_TRUE(made) << text << ": " << wrong;
  return made.value_or(OriginPolicy());
}
bool allows(const std::string &option, const std::string &origin,
            const std::string &host = "a.example", bool secure = false) {
  return policy(option).allows(
      request("Host: " + host + "\r\nOrigin: " + origin + "\r\n"), secure);
}
} // namespace

TEST(Origin, NormalForm) {
  EXPECT_EQ(normalOrigin("http://A.Example"), "http://a.example");
  EXPECT_EQ(normalOrigin("HTTP://a.example:80"), "http://a.example");
  EXPECT_EQ(normalOrigin("https://a.example:443"), "https://a.example");
  EXPECT_EQ(normalOrigin("https://a.example:80"), "https://a.example:80");
  EXPECT_EQ(normalOrigin("http://[2001:DB8::1]:8080"),
            "http://[2001:db8::1]:8080");
  EXPECT_EQ(normalOrigin("null"), "null");
  EXPECT_EQ(normalOrigin("chrome-extension://abcdef"),
            "chrome-extension://abcdef");
  EXPECT_EQ(normalOrigin("file://"), "file://");
}

TEST(Origin, WhatIsNone) {
  for (const char *text : {"",
                           "same",
                           "NULL",
                           "a.example",
                           "http:a.example",
                           "://a",
                           "http://",
                           "http://:80",
                           "file://:1",
                           "http://a/",
                           "http://a/path",
                           "http://a?b",
                           "http://a#b",
                           "http://u@a",
                           "http://a:",
                           "http://a:0",
                           "http://a:65536",
                           "http://a:8o",
                           "http://a:-1",
                           "http://a:80:80",
                           "http://a b",
                           "http://a http://b",
                           "1http://a",
                           "http://[::1",
                           "http://[]",
                           "http://[::1]x",
                           "http://[g]",
                           "http://a\\b",
                           "http://a,b",
                           "http://\xc3\xa4"})
    EXPECT_EQ(normalOrigin(text), std::nullopt) << text;
}

TEST(Origin, SameIsSchemeHostAndPort) {
  EXPECT_TRUE(allows("same", "http://a.example"));
  EXPECT_TRUE(allows("same", "http://A.EXAMPLE:80", "a.example"));
  EXPECT_TRUE(allows("same", "http://a.example", "A.example:80"));
  EXPECT_TRUE(allows("same", "http://a.example", "a.example:"));
  EXPECT_TRUE(allows("same", "http://a.example:9001", "a.example:9001"));
  EXPECT_TRUE(allows("same", "http://[::1]:9001", "[::1]:9001"));
  EXPECT_TRUE(allows("same", "https://a.example", "a.example", true));
  EXPECT_FALSE(allows("same", "https://a.example", "a.example", false));
  EXPECT_FALSE(allows("same", "http://a.example", "a.example", true));
  EXPECT_FALSE(allows("same", "http://a.example:8080"));
  EXPECT_FALSE(allows("same", "http://b.example"));
  EXPECT_FALSE(allows("same", "http://sub.a.example"));
  EXPECT_FALSE(allows("same", "http://a.example.evil"));
  EXPECT_FALSE(allows("same", "null"));
  EXPECT_FALSE(allows("same", "null", "null"));
  EXPECT_FALSE(allows("same", ""));
  EXPECT_FALSE(allows("same", "http://", ""));
  EXPECT_FALSE(allows("same", "http://a.example http://a.example"));
}

TEST(Origin, TheTargetsHostGoesBeforeTheHeaders) {
  Request absolute = request("Host: b.example\r\nOrigin: http://a.example\r\n",
                             "http://a.example/room");
  EXPECT_TRUE(policy("same").allows(absolute, false));
  Request other = request("Host: a.example\r\nOrigin: http://a.example\r\n",
                          "http://b.example/room");
  EXPECT_FALSE(policy("same").allows(other, false));
}

TEST(Origin, NoHeaderIsNoPage) {
  for (const char *option : {"same", "any", "https://b.example"})
    EXPECT_TRUE(policy(option).allows(request("Host: a\r\n"), false)) << option;
}

TEST(Origin, List) {
  std::string list = " https://B.example:443 ,http://c.example:81,null";
  EXPECT_TRUE(allows(list, "https://b.example"));
  EXPECT_TRUE(allows(list, "http://c.example:81"));
  EXPECT_TRUE(allows(list, "null"));
  EXPECT_FALSE(allows(list, "http://b.example"));
  EXPECT_FALSE(allows(list, "http://c.example"));
  EXPECT_FALSE(allows(list, "http://a.example")) << "not even its own";
  EXPECT_FALSE(allows(list, "rubbish"));
}

TEST(Origin, Any) {
  EXPECT_TRUE(allows("any", "http://b.example"));
  EXPECT_TRUE(allows("any", "null"));
  EXPECT_TRUE(allows("any", "rubbish"));
}

TEST(Origin, OptionsThatAreWrong) {
  for (auto [option, item] : {std::pair{"", ""},
                              {"Same", "Same"},
                              {"http://a,", ""},
                              {"http://a, http://b/", "http://b/"},
                              {"same,any", "same"},
                              {"*", "*"},
                              {"http://*.example", "http://*.example"}}) {
    std::string wrong = "untouched";
    EXPECT_FALSE(OriginPolicy::parse(option, wrong)) << option;
    EXPECT_EQ(wrong, item);
  }
}
