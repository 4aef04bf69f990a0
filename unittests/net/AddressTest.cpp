//===- AddressTest.cpp - socket addresses ---------------------------------===//

#include "runtime/net/Address.h"

#include <gtest/gtest.h>

using plumb::rt::net::Address;

TEST(Address, RoundTrip) {
  for (auto [given, text] :
       {std::pair("127.0.0.1", "127.0.0.1:80"), std::pair("::1", "[::1]:80"),
        std::pair("[2001:db8::1]", "[2001:db8::1]:80"),
        std::pair("localhost", "127.0.0.1:80")}) {
    auto address = Address::parse(given, 80);
    ASSERT_TRUE(address) << given;
    EXPECT_EQ(address->text(), text);
    sockaddr_in6 socketAddress;
    address->to(socketAddress);
    EXPECT_EQ(Address::from(socketAddress).text(), text);
  }
}

TEST(Address, RefusesWhatIsNoAddress) {
  for (const char *text : {"", "x", "1.2.3", "1.2.3.4.5", "[::1", "999.0.0.1"})
    EXPECT_FALSE(Address::parse(text, 1)) << text;
}

TEST(Address, MappedPeerIsWrittenAsIpv4) {
  auto mapped = Address::parse("::ffff:192.0.2.1", 4711);
  ASSERT_TRUE(mapped);
  sockaddr_in6 socketAddress;
  mapped->to(socketAddress);
  EXPECT_EQ(Address::from(socketAddress).text(), "192.0.2.1:4711");
}
