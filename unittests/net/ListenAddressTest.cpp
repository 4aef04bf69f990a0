//===- ListenAddressTest.cpp - where a server listens ---------------------===//

#include "runtime/net/ListenAddress.h"

#include <gtest/gtest.h>

using namespace plumb::rt::net;

static std::string one(std::string_view text) {
  std::optional<ListenAddress> place = ListenAddress::parse(text, 80);
  return place ? place->text() : "none";
}

TEST(ListenAddress, AnAddressForAPort) {
  EXPECT_EQ(one("0.0.0.0"), "0.0.0.0:80");
  EXPECT_EQ(one("::"), "[::]:80");
  EXPECT_EQ(one("[::1]"), "[::1]:80");
  EXPECT_EQ(one("localhost"), "127.0.0.1:80");
  EXPECT_EQ(one("unix:/run/chat.sock"), "unix:/run/chat.sock");
  EXPECT_EQ(one("unix:@chat"), "unix:@chat");
  EXPECT_EQ(one("fd:chat.socket"), "fd:chat.socket");
  for (const char *wrong :
       {"", "nowhere", "127.0.0.1:80", "80", "unix:", "unix:@", "fd:", "unix",
        "tls:127.0.0.1", "Unix:/x"})
    EXPECT_EQ(one(wrong), "none") << wrong;
  EXPECT_EQ(one(std::string_view("unix:a\0b", 8)), "none");
}

static std::string all(std::string_view text, std::string_view bind = "::1") {
  std::string wrong, joined;
  auto list = ListenAddress::parseList(text, bind, wrong);
  if (!list)
    return "wrong: " + wrong;
  for (const ListenAddress &place : *list)
    joined += place.text() + " ";
  return joined;
}

TEST(ListenAddress, Lists) {
  EXPECT_EQ(all(""), "");
  EXPECT_EQ(all(" \t"), "");
  EXPECT_EQ(all("8080"), "[::1]:8080 ");
  EXPECT_EQ(all("8080", "unix:/x"), "0.0.0.0:8080 ");
  EXPECT_EQ(all("tls:443, 127.0.0.1:0,tls:[::]:8443 ,unix:/run/a b.sock"),
            "tls:[::1]:443 127.0.0.1:0 tls:[::]:8443 unix:/run/a b.sock ");
  EXPECT_EQ(all("fd:http,tls:fd:https,tls:unix:@x"),
            "fd:http tls:fd:https tls:unix:@x ");
  EXPECT_EQ(all("80,,81"), "wrong: ");
  EXPECT_EQ(all("80,"), "wrong: ");
  for (const char *wrong :
       {"x", "65536", "-1", "127.0.0.1", "127.0.0.1:", ":80", "::1:80", "::1",
        "[::1]", "127.0.0.1:65536", "127.0.0.1:8o", "example.org:80", "tls",
        "tls:", "tls:tls:80", "unix:", "wss://x:1", "0x50", "+80"})
    EXPECT_EQ(all(std::string("80, ") + wrong), std::string("wrong: ") + wrong);
}
