//===- ForwardedTest.cpp - RFC 7239 and X-Forwarded-* ---------------------===//

#include "runtime/wire/Forwarded.h"
#include "runtime/wire/RequestReader.h"

#include <gtest/gtest.h>

using namespace plumb::rt::wire;

namespace {
Request request(const std::string &fields) {
  std::string head = "GET / HTTP/1.1\r\nHost: a.example\r\n" + fields + "\r\n";
  RequestReader reader;
  reader.feed({reinterpret_cast<const uint8_t *>(head.data()), head.size()},
              Limits());
  EXPECT_EQ(reader.state(), RequestReader::State::Done) << head;
  return reader.take();
}
Endpoint v4(const std::string &text, uint16_t port = 0) {
  return Endpoint::parseV4(text, port).value();
}
Endpoint v6(const std::string &text, uint16_t port = 0) {
  return Endpoint::parseV6(text, port).value();
}
/// Proxies have addresses that begin with 10.
bool isProxy(const Endpoint &endpoint) {
  return !endpoint.isV6 && endpoint.bytes[0] == 10;
}
ForwardedRequest forwarded(const std::string &value) {
  return readForwarded(request("Forwarded: " + value + "\r\n"), isProxy);
}
ForwardedRequest xForwarded(const std::string &fields) {
  return readXForwarded(request(fields), isProxy);
}
ForwardedRequest xFor(const std::string &value) {
  return xForwarded("X-Forwarded-For: " + value + "\r\n");
}
} // namespace

TEST(Forwarded, Element) {
  // RFC 7239 section 4.
  ForwardedRequest read =
      forwarded("for=192.0.2.60;proto=https;by=203.0.113.43;host=b.example");
  EXPECT_EQ(read.wrong, nullptr);
  EXPECT_EQ(read.client, v4("192.0.2.60"));
  EXPECT_EQ(read.secure, true);
  EXPECT_EQ(read.host, "b.example");
  read = forwarded("For=\"[2001:db8:cafe::17]:4711\"");
  EXPECT_EQ(read.client, v6("2001:db8:cafe::17", 4711));
  EXPECT_FALSE(read.secure);
  EXPECT_EQ(read.host, "");
  EXPECT_EQ(forwarded("for=\"192.0.2.43:47011\"").client,
            v4("192.0.2.43", 47011));
  EXPECT_EQ(forwarded("for=\"192.0.2.43:_p.1\"").client, v4("192.0.2.43"));
  EXPECT_EQ(forwarded("for=\"[::ffff:192.0.2.43]\"").client, v4("192.0.2.43"));
  EXPECT_EQ(forwarded("for=\"\\192.0.2.4\\3\"").client, v4("192.0.2.43"))
      << "a quoted pair";
  EXPECT_EQ(forwarded("for=192.0.2.1;ext=\"a,b;for=10.0.0.1\"").client,
            v4("192.0.2.1"));
  EXPECT_EQ(forwarded(" ,for=192.0.2.1 ; PROTO=HTTP ;, ").secure, false);
  EXPECT_EQ(forwarded("host=\"a.example:8443\";proto=wss").host,
            "a.example:8443");
}

TEST(Forwarded, NothingIsSaid) {
  for (const char *text :
       {"", "for=unknown", "for=UNKNOWN", "for=_hidden", "for=_a-b.c_9",
        "for=\"unknown:80\"", "for=\"_x:_y\"", "by=10.0.0.1", ",;,"}) {
    ForwardedRequest read = forwarded(text);
    EXPECT_EQ(read.wrong, nullptr) << text;
    EXPECT_FALSE(read.client) << text;
  }
  EXPECT_FALSE(readForwarded(request(""), isProxy).client);
}

/// The end of the list is the nearest proxy's; what an untrusted address sent
/// is behind it.
TEST(Forwarded, TheClientIsTheLastUntrusted) {
  EXPECT_EQ(forwarded("for=198.51.100.1, for=192.0.2.1").client,
            v4("192.0.2.1"));
  EXPECT_EQ(forwarded("for=10.9.9.9, for=192.0.2.1").client, v4("192.0.2.1"));
  EXPECT_EQ(forwarded("for=6.6.6.6, for=192.0.2.1, for=10.0.0.1, for=10.0.0.2")
                .client,
            v4("192.0.2.1"));
  EXPECT_EQ(forwarded("for=10.0.0.1, for=10.0.0.2").client, v4("10.0.0.1"))
      << "all are trusted: the outermost";
  EXPECT_EQ(
      readForwarded(request("Forwarded: for=6.6.6.6\r\nForwarded: for=1.1.1.1"
                            "\r\n"),
                    isProxy)
          .client,
      v4("1.1.1.1"))
      << "several lines are one list";
  // What the outermost trusted proxy was asked, not what it asked the next.
  ForwardedRequest read = forwarded("for=6.6.6.6;proto=http;host=evil.example,"
                                    "for=192.0.2.1;proto=https;host=a.example,"
                                    "for=10.0.0.1;proto=http;host=inner");
  EXPECT_EQ(read.secure, true);
  EXPECT_EQ(read.host, "a.example");
  EXPECT_FALSE(forwarded("for=192.0.2.1, for=unknown").client);
  EXPECT_FALSE(forwarded("for=192.0.2.1, by=10.0.0.1").client);
}

TEST(Forwarded, Malformed) {
  for (const char *text : {"for",
                           "for=",
                           "=192.0.2.1",
                           "for =1.1.1.1",
                           "for= 1.1.1.1",
                           "for=1.1.1.1 for=2.2.2.2",
                           "for=1.1.1.1;for=2.2.2.2",
                           "For=1.1.1.1;fOr=1.1.1.1",
                           "x=1;X=2",
                           "for=192.0.2.1:80",
                           "for=[2001:db8::1]",
                           "for=2001:db8::1",
                           "for=\"1.1.1.1",
                           "for=\"evil, for=1.1.1.1",
                           "for=\"1.1.1.1\\",
                           "for=1.1.1.1\"",
                           "for=\"1.1.1.1\"x",
                           "for=a/b",
                           "proto=\"https",
                           "@=1"})
    EXPECT_STREQ(forwarded(text).wrong, "the header Forwarded is malformed")
        << text;
  for (const char *text :
       {"for=1.1.1", "for=\"\"", "for=\"2001:db8::1\"", "for=\"[2001:db8::1\"",
        "for=\"[2001:db8::1]x\"", "for=\"[2001:db8::1]:\"", "for=\"[1.1.1.1]\"",
        "for=\"1.1.1.1:\"", "for=\"1.1.1.1:65536\"", "for=\"1.1.1.1:123456\"",
        "for=\"1.1.1.1:-1\"", "for=\"1.1.1.1:_\"", "for=_", "for=a.example",
        "for=\"_a b\"", "for=\"[::1%lo]\"", "for=\" 1.1.1.1\""})
    EXPECT_STREQ(forwarded(text).wrong, "the for in Forwarded is no address")
        << text;
  for (const char *text : {"proto=spdy", "for=1.1.1.1;proto=https2"})
    EXPECT_STREQ(forwarded(text).wrong,
                 "the proto in Forwarded is neither http nor https")
        << text;
  for (const char *text : {"host=\"a/b\"", "host=\"a b\"", "host=\"u@a\"",
                           "host=\"a:65536\"", "host=\"[::1\""})
    EXPECT_STREQ(forwarded(text).wrong, "the host in Forwarded is no host")
        << text;
  // A quote of the client's that swallows what the proxy has added.
  EXPECT_NE(forwarded("for=\"6.6.6.6, for=192.0.2.1").wrong, nullptr);
}

TEST(XForwarded, For) {
  EXPECT_EQ(xFor("192.0.2.1").client, v4("192.0.2.1"));
  EXPECT_EQ(xFor("192.0.2.1:4711").client, v4("192.0.2.1", 4711));
  EXPECT_EQ(xFor("2001:db8::1").client, v6("2001:db8::1"));
  EXPECT_EQ(xFor("[2001:db8::1]").client, v6("2001:db8::1"));
  EXPECT_EQ(xFor("[2001:db8::1]:4711").client, v6("2001:db8::1", 4711));
  EXPECT_EQ(xFor("::ffff:192.0.2.1").client, v4("192.0.2.1"));
  EXPECT_EQ(xFor("6.6.6.6 , 192.0.2.1,10.0.0.1").client, v4("192.0.2.1"));
  EXPECT_EQ(xFor("10.1.1.1, 192.0.2.1").client, v4("192.0.2.1"));
  EXPECT_EQ(xFor("10.0.0.1, 10.0.0.2").client, v4("10.0.0.1"));
  EXPECT_EQ(xFor("192.0.2.1, , ").client, v4("192.0.2.1"));
  EXPECT_EQ(xForwarded("X-Forwarded-For: 6.6.6.6\r\nx-forwarded-for: 1.1.1.1"
                       "\r\n")
                .client,
            v4("1.1.1.1"));
  EXPECT_EQ(xFor("<script>, 192.0.2.1").wrong, nullptr)
      << "what a client has written is not looked at";
  for (const char *text : {"", "unknown", "192.0.2.1, unknown", "_hidden"}) {
    EXPECT_FALSE(xFor(text).client) << text;
    EXPECT_EQ(xFor(text).wrong, nullptr) << text;
  }
  for (const char *text : {"a.example", "1.1.1", "1.1.1.1:x", "2001:db8::1::",
                           "[2001:db8::1", "1.1.1.1 2.2.2.2", "x, 10.0.0.1"})
    EXPECT_STREQ(xFor(text).wrong,
                 "what X-Forwarded-For ends with is no address")
        << text;
}

TEST(XForwarded, Proto) {
  auto secure = [](const std::string &value) {
    return xForwarded("X-Forwarded-Proto: " + value + "\r\n").secure;
  };
  EXPECT_EQ(secure("https"), true);
  EXPECT_EQ(secure("WSS"), true);
  EXPECT_EQ(secure("http"), false);
  EXPECT_EQ(secure("http, https"), true) << "the last is the nearest proxy's";
  EXPECT_FALSE(secure(""));
  EXPECT_STREQ(xForwarded("X-Forwarded-Proto: https;x\r\n").wrong,
               "X-Forwarded-Proto is neither http nor https");
}

TEST(XForwarded, HostAndPort) {
  auto host = [](const std::string &fields) { return xForwarded(fields).host; };
  EXPECT_EQ(host(""), "");
  EXPECT_EQ(host("X-Forwarded-Host: b.example:8443\r\n"), "b.example:8443");
  EXPECT_EQ(host("X-Forwarded-Host: x, b.example\r\n"), "b.example");
  EXPECT_EQ(host("X-Forwarded-Port: 8443\r\n"), "a.example:8443");
  EXPECT_EQ(host("X-Forwarded-Host: [::1]\r\nX-Forwarded-Port: 8443\r\n"),
            "[::1]:8443");
  EXPECT_EQ(host("X-Forwarded-Host: b:1\r\nX-Forwarded-Port: 2\r\n"), "b:1");
  for (const char *wrong : {"a/b", "u@a", "a:b", "[::1"})
    EXPECT_STREQ(
        xForwarded("X-Forwarded-Host: " + std::string(wrong) + "\r\n").wrong,
        "X-Forwarded-Host is no host")
        << wrong;
  for (const char *port : {"0", "65536", "x", "-1"})
    EXPECT_STREQ(
        xForwarded("X-Forwarded-Port: " + std::string(port) + "\r\n").wrong,
        "X-Forwarded-Port is no port")
        << port;
}

/// Each kind is deaf to the other's headers.
TEST(XForwarded, OneKindOnly) {
  Request both = request("Forwarded: for=1.1.1.1;proto=https;host=b\r\n"
                         "X-Forwarded-For: 2.2.2.2\r\nX-Forwarded-Proto: http"
                         "\r\nX-Forwarded-Host: c\r\n");
  EXPECT_EQ(readForwarded(both, isProxy).client, v4("1.1.1.1"));
  EXPECT_EQ(readForwarded(both, isProxy).host, "b");
  EXPECT_EQ(readXForwarded(both, isProxy).client, v4("2.2.2.2"));
  EXPECT_EQ(readXForwarded(both, isProxy).secure, false);
}
