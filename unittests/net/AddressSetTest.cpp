//===- AddressSetTest.cpp - which addresses are meant ---------------------===//

#include "runtime/net/AddressSet.h"

#include <gtest/gtest.h>
#include <sys/un.h>

using namespace plumb::rt::net;

namespace {
bool contains(const std::string &set, const std::string &address) {
  std::string wrong;
  auto parsed = AddressSet::parse(set, wrong);
  EXPECT_TRUE(parsed) << set << ": " << wrong;
  return parsed && parsed->contains(Address::parse(address, 4711).value());
}
} // namespace

TEST(AddressSet, Addresses) {
  EXPECT_TRUE(contains("192.0.2.1", "192.0.2.1"));
  EXPECT_FALSE(contains("192.0.2.1", "192.0.2.2"));
  EXPECT_TRUE(contains("192.0.2.1,2001:db8::1", "2001:db8::1"));
  EXPECT_TRUE(contains(" 192.0.2.1 ,\t2001:db8::1 ", "192.0.2.1"));
  EXPECT_TRUE(contains("localhost", "127.0.0.1"));
  EXPECT_FALSE(contains("", "127.0.0.1"));
  EXPECT_TRUE(contains("::ffff:192.0.2.1", "192.0.2.1"));
}

TEST(AddressSet, Prefixes) {
  EXPECT_TRUE(contains("10.0.0.0/8", "10.255.255.255"));
  EXPECT_FALSE(contains("10.0.0.0/8", "11.0.0.0"));
  EXPECT_TRUE(contains("172.16.0.0/12", "172.31.255.255"));
  EXPECT_FALSE(contains("172.16.0.0/12", "172.32.0.0"));
  EXPECT_TRUE(contains("192.0.2.1/32", "192.0.2.1"));
  EXPECT_TRUE(contains("0.0.0.0/0", "203.0.113.9"));
  EXPECT_FALSE(contains("0.0.0.0/0", "::1")) << "the other kind";
  EXPECT_TRUE(contains("::/0", "2001:db8::1"));
  EXPECT_FALSE(contains("::/0", "203.0.113.9"));
  EXPECT_TRUE(contains("2001:db8::/33", "2001:db8:7fff::1"));
  EXPECT_FALSE(contains("2001:db8::/33", "2001:db8:8000::1"));
  EXPECT_TRUE(contains("::ffff:10.0.0.0/104", "10.1.2.3"));
  EXPECT_FALSE(contains("a00::/8", "10.0.0.0")) << "the same bytes";
}

TEST(AddressSet, Unix) {
  sockaddr_in6 peer = {};
  peer.sin6_family = AF_UNIX;
  Address unixPeer = Address::from(peer);
  EXPECT_EQ(unixPeer.text(), "unix");
  std::string wrong;
  EXPECT_TRUE(AddressSet::parse("10.0.0.1,unix", wrong)->contains(unixPeer));
  EXPECT_FALSE(AddressSet::parse("unix", wrong)->empty());
  for (const char *text : {"", "0.0.0.0/0", "::/0"})
    EXPECT_FALSE(AddressSet::parse(text, wrong)->contains(unixPeer)) << text;
  EXPECT_FALSE(contains("unix", "0.0.0.0"));
}

TEST(AddressSet, WhatIsNone) {
  for (const char *item :
       {"x", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8/8",
        "10.0.0.1/8", "10.128.0.0/8", "::1/64", "::/129", "/8", "10.0.0",
        "10.0.0.0/255.0.0.0", "a.example", "fe80::1%lo", "unix:/run/x",
        "10.0.0.1:80"}) {
    std::string wrong;
    EXPECT_FALSE(AddressSet::parse("127.0.0.1," + std::string(item), wrong))
        << item;
    EXPECT_EQ(wrong, item);
  }
  for (const char *text : {",", "127.0.0.1,", "127.0.0.1,,::1"}) {
    std::string wrong = "unset";
    EXPECT_FALSE(AddressSet::parse(text, wrong)) << text;
    EXPECT_EQ(wrong, "");
  }
}
