//===- MappedV4Test.cpp - IPv4 that is written as IPv6 --------------------===//

#include "runtime/base/MappedV4.h"

#include <arpa/inet.h>
#include <array>
#include <gtest/gtest.h>

using plumb::rt::base::isMappedV4;

namespace {

bool isMapped(const char *text) {
  std::array<uint8_t, 16> bytes;
  EXPECT_EQ(::inet_pton(AF_INET6, text, bytes.data()), 1) << text;
  return isMappedV4(bytes);
}

/// As IN6_IS_ADDR_V4MAPPED has it.
TEST(MappedV4, IsOneOfNinetySixBits) {
  for (const char *text : {"::ffff:192.0.2.1", "::ffff:0.0.0.0",
                           "::ffff:255.255.255.255", "::ffff:c000:201"})
    EXPECT_TRUE(isMapped(text)) << text;
  for (const char *text :
       {"::", "::1", "::192.0.2.1", "::fffe:192.0.2.1", "::feff:192.0.2.1",
        "1::ffff:192.0.2.1", "0:0:0:0:1:ffff:c000:201", "64:ff9b::192.0.2.1"})
    EXPECT_FALSE(isMapped(text)) << text;
}

} // namespace
