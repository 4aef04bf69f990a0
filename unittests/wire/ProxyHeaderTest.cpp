//===- ProxyHeaderTest.cpp - the PROXY protocol, versions 1 and 2 ---------===//
//
// Sections are those of HAProxy's proxy-protocol.txt.
//
//===----------------------------------------------------------------------===//

#include "runtime/wire/ProxyHeader.h"

#include <gtest/gtest.h>

using namespace plumb::rt::wire;
using namespace std::literals;
using State = ProxyHeaderReader::State;

namespace {

struct Outcome {
  State state;
  size_t taken;
  ProxyHeader header;
  std::string why;
};

/// Feeds `text` in pieces of `piece` bytes, each in memory of just its size.
Outcome read(const std::string &text, size_t piece = 1 << 20) {
  ProxyHeaderReader reader;
  size_t taken = 0;
  while (taken != text.size() && reader.state() == State::NeedMore) {
    std::vector<uint8_t> bytes(text.begin() + taken,
                               text.begin() +
                                   std::min(text.size(), taken + piece));
    size_t now = reader.feed(bytes);
    EXPECT_LE(now, bytes.size());
    taken += now;
    if (reader.state() == State::NeedMore)
      EXPECT_EQ(now, bytes.size());
  }
  return {reader.state(), taken, reader.header(), std::string(reader.text())};
}

Endpoint v4(const char *text, uint16_t port) {
  return Endpoint::parseV4(text, port).value();
}
Endpoint v6(const char *text, uint16_t port) {
  return Endpoint::parseV6(text, port).value();
}

/// Done, whole, whatever the cuts, and nothing of what follows is taken.
ProxyHeader good(const std::string &text) {
  for (size_t piece : {size_t(1), size_t(7), size_t(1) << 20})
    for (const char *behind : {"", "\x16\x03\x01", "GET / HTTP/1.1\r\n"}) {
      Outcome outcome = read(text + behind, piece);
      EXPECT_EQ(outcome.state, State::Done) << outcome.why;
      EXPECT_EQ(outcome.taken, text.size());
    }
  for (size_t size = 0; size != text.size(); ++size)
    EXPECT_EQ(read(text.substr(0, size)).state, State::NeedMore) << size;
  return read(text).header;
}

/// Refused, whatever the cuts.
void bad(const std::string &text, const std::string &why) {
  for (size_t piece : {size_t(1), size_t(7), size_t(1) << 20}) {
    Outcome outcome = read(text, piece);
    EXPECT_EQ(outcome.state, State::Failed) << testing::PrintToString(text);
    EXPECT_EQ(outcome.why, why) << testing::PrintToString(text);
  }
}

//===----------------------------------------------------------------------===//
// Version 2
//===----------------------------------------------------------------------===//

std::string number(size_t value) {
  return {static_cast<char>(value >> 8), static_cast<char>(value)};
}
std::string block(uint8_t command, uint8_t family, const std::string &rest) {
  return "\r\n\r\n\0\r\nQUIT\n"s + static_cast<char>(command) +
         static_cast<char>(family) + number(rest.size()) + rest;
}
std::string vector(uint8_t type, const std::string &value) {
  return static_cast<char>(type) + number(value.size()) + value;
}
/// 192.0.2.1:4711 to 192.0.2.2:443.
const std::string inet = "\xc0\0\2\1\xc0\0\2\2\x12\x67\x01\xbb"s;
const std::string inet6 = "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\1"
                          "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\2"
                          "\x12\x67\x01\xbb"s;

/// RFC 4960 appendix B, bit by bit.
uint32_t crc32c(const std::string &text) {
  uint32_t sum = 0xffffffff;
  for (char c : text) {
    sum ^= static_cast<uint8_t>(c);
    for (int bit = 0; bit < 8; ++bit)
      sum = sum & 1 ? sum >> 1 ^ 0x82f63b78 : sum >> 1;
  }
  return ~sum;
}
/// A header with a checksum, `behind` after it.
std::string summed(uint32_t wrongBits, const std::string &behind = "") {
  std::string text = block(0x21, 0x11, inet + vector(3, "\0\0\0\0"s) + behind);
  uint32_t sum = crc32c(text) ^ wrongBits;
  size_t at = text.size() - behind.size() - 4;
  for (int byte = 0; byte < 4; ++byte)
    text[at + byte] = static_cast<char>(sum >> (24 - 8 * byte));
  return text;
}

} // namespace

TEST(ProxyHeader, Line) {
  ProxyHeader header =
      good("PROXY TCP4 192.168.0.1 192.168.0.11 56324 443\r\n");
  EXPECT_EQ(header.source, v4("192.168.0.1", 56324));
  EXPECT_FALSE(header.secure);
  // The longest of each kind, section 2.1.
  std::string longest =
      "PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535\r\n";
  EXPECT_EQ(longest.size(), 56u);
  EXPECT_EQ(good(longest).source, v4("255.255.255.255", 65535));
  std::string all = "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff";
  longest = "PROXY TCP6 " + all + " " + all + " 65535 65535\r\n";
  EXPECT_EQ(longest.size(), 104u);
  EXPECT_EQ(good(longest).source, v6(all.c_str(), 65535));
  EXPECT_EQ(good("PROXY TCP6 2001:DB8::1 :: 0 0\r\n").source,
            v6("2001:db8::1", 0));
  EXPECT_EQ(good("PROXY TCP6 ::ffff:192.0.2.1 ::1 1 2\r\n").source,
            v4("192.0.2.1", 1))
      << "counts as the IPv4 address that it is";
}

TEST(ProxyHeader, UnknownLine) {
  EXPECT_FALSE(good("PROXY UNKNOWN\r\n").source);
  EXPECT_FALSE(good("PROXY UNKNOWN anything, TCP4 1.2.3.4\r\n").source);
  std::string all = "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff";
  std::string longest = "PROXY UNKNOWN " + all + " " + all + " 65535 65535\r\n";
  EXPECT_EQ(longest.size(), 107u);
  EXPECT_FALSE(good(longest).source);
}

TEST(ProxyHeader, WhatIsNoLine) {
  for (const char *text :
       {"GET / HTTP/1.1\r\n", "PROXYTCP4", "proxy TCP4", "PROX ", "PROXY\r\n",
        "P\r", " PROXY TCP4 1.1.1.1 1.1.1.1 1 1\r\n", "\x16\x03\x01"})
    bad(text, "there is no PROXY header");
  bad("PROXY TCP4 1.1.1.1 1.1.1.1 1 1\n",
      "the PROXY line does not end with CRLF");
  bad("PROXY TCP4 1.1.1.1 1.1.1.1 1 1\rX",
      "the PROXY line does not end with CRLF");
  bad("PROXY UNKNOWN \n", "the PROXY line does not end with CRLF");
  bad("PROXY UNKNOWN " + std::string(93, 'x'),
      "the PROXY line is longer than 107 bytes");
  bad("PROXY TCP4 1.1.1.1 1.1.1.1 1 1" + std::string(80, ' ') + "\r\n",
      "the PROXY line is longer than 107 bytes");
  for (const char *family :
       {"", "TCP", "TCP5", "tcp4", "TCP4x", "UNKNOWNx", "UDP4", "unknown"})
    bad("PROXY "s + family + " 1.1.1.1 1.1.1.1 1 1\r\n",
        "the PROXY line is of neither TCP4, TCP6 nor UNKNOWN");
  for (const char *rest : {"",
                           "1.1.1.1",
                           "1.1.1.1 1.1.1.1",
                           "1.1.1.1 1.1.1.1 1",
                           "1.1.1.1 1.1.1.1 1 ",
                           "1.1.1.1 1.1.1.1 1 2 3",
                           "1.1.1.1 1.1.1.1 1 2 ",
                           "1.1.1.1  1.1.1.1 1 2",
                           " 1.1.1.1 1.1.1.1 1 2",
                           "1.1.1.1 1.1.1.1 -1 2",
                           "1.1.1.1 1.1.1.1 +1 2",
                           "1.1.1.1 1.1.1.1 1 65536",
                           "1.1.1.1 1.1.1.1 65536 1",
                           "1.1.1.1 1.1.1.1 01 2",
                           "1.1.1.1 1.1.1.1 0x1 2",
                           "01.1.1.1 1.1.1.1 1 2",
                           "1.1.1 1.1.1.1 1 2",
                           "256.1.1.1 1.1.1.1 1 2",
                           "1.1.1.1 ::1 1 2",
                           "::1 ::1 1 2",
                           "a b 1 2",
                           "1.1.1.1\t1.1.1.1 1 2"})
    bad("PROXY TCP4 "s + rest + "\r\n",
        "the PROXY line has not two addresses of its family and two ports");
  for (const char *rest : {"1.1.1.1 1.1.1.1 1 2", "[::1] ::1 1 2",
                           "::1%lo ::1 1 2", "1::2::3 ::1 1 2", "::1 x 1 2"})
    bad("PROXY TCP6 "s + rest + "\r\n",
        "the PROXY line has not two addresses of its family and two ports");
  bad("PROXY TCP4 1.1.1.1\0x 1.1.1.1 1 2\r\n"s,
      "the PROXY line has not two addresses of its family and two ports");
}

TEST(ProxyHeader, Block) {
  EXPECT_EQ(good(block(0x21, 0x11, inet)).source, v4("192.0.2.1", 4711));
  EXPECT_EQ(good(block(0x21, 0x21, inet6)).source, v6("2001:db8::1", 4711));
  std::string mapped = inet6;
  mapped.replace(0, 16, "\0\0\0\0\0\0\0\0\0\0\xff\xff\xc0\0\2\7"s);
  EXPECT_EQ(good(block(0x21, 0x21, mapped)).source, v4("192.0.2.7", 4711));
  EXPECT_FALSE(good(block(0x21, 0x11, inet)).secure);
}

/// Then the address is the real peer's.
TEST(ProxyHeader, BlockWithoutAddress) {
  EXPECT_FALSE(good(block(0x20, 0x00, "")).source) << "LOCAL";
  EXPECT_FALSE(good(block(0x20, 0x11, inet)).source);
  EXPECT_FALSE(good(block(0x20, 0xff, "anything")).source)
      << "of a LOCAL one the family is ignored, too";
  EXPECT_FALSE(good(block(0x21, 0x00, "")).source) << "UNSPEC";
  EXPECT_FALSE(good(block(0x21, 0x00, "\xff")).source);
  EXPECT_FALSE(good(block(0x21, 0x10, inet)).source);
  EXPECT_FALSE(good(block(0x21, 0x01, "")).source);
  EXPECT_FALSE(good(block(0x21, 0x12, inet)).source) << "UDP";
  EXPECT_FALSE(good(block(0x21, 0x31, std::string(216, 'x'))).source) << "UNIX";
}

TEST(ProxyHeader, WhatIsNoBlock) {
  std::string text = block(0x21, 0x11, inet);
  for (size_t at = 0; at < 12; ++at) {
    std::string wrong = text;
    wrong[at] ^= 1;
    bad(wrong, "there is no PROXY header");
  }
  bad("\r\n\r\nGET / HTTP/1.1\r\n", "there is no PROXY header");
  for (uint8_t command : {0x01, 0x11, 0x31, 0xf1})
    bad(block(command, 0x11, inet),
        "the PROXY header is of neither version 1 nor 2");
  for (uint8_t command : {0x22, 0x2f})
    bad(block(command, 0x11, inet),
        "the PROXY header has a command that there is not");
  for (uint8_t family : {0x41, 0xf1, 0x13, 0x1f, 0x03})
    bad(block(0x21, family, inet),
        "the PROXY header has a family or transport that there is not");
  bad(block(0x21, 0x11, inet.substr(0, 11)),
      "the PROXY header is too short for its addresses");
  bad(block(0x21, 0x21, inet),
      "the PROXY header is too short for its addresses");
  bad(block(0x21, 0x22, inet),
      "the PROXY header is too short for its addresses");
  bad(block(0x21, 0x31, std::string(215, 'x')),
      "the PROXY header is too short for its addresses");
}

TEST(ProxyHeader, Vectors) {
  EXPECT_EQ(good(block(0x21, 0x11,
                       inet + vector(1, "h2") + vector(4, "") +
                           vector(0xe0, std::string(300, 'x')) +
                           vector(5, std::string(128, 'u'))))
                .source,
            v4("192.0.2.1", 4711));
  // The longest header that its length can say.
  std::string rest = inet;
  rest += vector(4, std::string(65535 - rest.size() - 3, 'x'));
  EXPECT_EQ(read(block(0x21, 0x11, rest)).header.source, v4("192.0.2.1", 4711));
  for (const std::string &cut :
       {"\4"s, "\4\0"s, "\4\0\1"s, "\4\xff\xff"s, vector(4, "x") + "\1"})
    bad(block(0x21, 0x11, inet + cut),
        "the PROXY header has a vector that is cut off");
}

TEST(ProxyHeader, TlsOfTheClient) {
  auto tls = [](uint8_t client, const std::string &more = "") {
    return vector(0x20, static_cast<char>(client) + "\0\0\0\0"s + more);
  };
  EXPECT_EQ(
      good(block(0x21, 0x11, inet + tls(1, vector(0x21, "TLSv1.3")))).secure,
      true);
  EXPECT_EQ(good(block(0x21, 0x11, inet + tls(0))).secure, false);
  EXPECT_EQ(good(block(0x21, 0x31, std::string(216, '\0') + tls(7))).secure,
            true);
  const char *why = "the PROXY header's word about TLS is malformed";
  bad(block(0x21, 0x11, inet + vector(0x20, "\1\0\0\0"s)), why);
  bad(block(0x21, 0x11, inet + tls(1, "\x21\0\7TLS"s)), why);
  bad(block(0x21, 0x11, inet + tls(1) + tls(0)), why);
}

TEST(ProxyHeader, Checksum) {
  EXPECT_EQ(crc32c("123456789"), 0xe3069283u);
  EXPECT_EQ(good(summed(0)).source, v4("192.0.2.1", 4711));
  EXPECT_EQ(good(summed(0, vector(4, "behind it"))).source,
            v4("192.0.2.1", 4711));
  const char *why = "the PROXY header's checksum is wrong";
  for (int bit = 0; bit < 32; ++bit)
    bad(summed(1u << bit), why);
  std::string changed = summed(0);
  changed[16] ^= 1; // of the address
  bad(changed, why);
  bad(block(0x21, 0x11, inet + vector(3, "\0\0\0"s)), why);
  bad(summed(0, vector(3, "\0\0\0\0"s)), why);
}
