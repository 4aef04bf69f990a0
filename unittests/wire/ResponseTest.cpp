//===- ResponseTest.cpp - responses as strings ----------------------------===//

#include "runtime/wire/Response.h"
#include "runtime/wire/HttpDate.h"

#include <gtest/gtest.h>

using namespace plumb::rt::wire;

namespace {
/// The example of RFC 9110 section 5.6.7.
constexpr std::time_t now = 784111777;
const std::string date = "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n";
constexpr Persistence keep = Persistence::Keep;
} // namespace

TEST(HttpDate, Seconds) {
  EXPECT_EQ(httpDate(now), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(httpDate(now + 1), "Sun, 06 Nov 1994 08:49:38 GMT");
  EXPECT_EQ(httpDate(now), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(httpDate(0), "Thu, 01 Jan 1970 00:00:00 GMT");
  EXPECT_EQ(httpDate(1709164800), "Thu, 29 Feb 2024 00:00:00 GMT");
}

TEST(Response, Whole) {
  EXPECT_EQ(response(200, "text/html", "<p>", false, keep, {}, now),
            "HTTP/1.1 200 OK\r\n" + date +
                "Content-Type: text/html\r\n"
                "Content-Length: 3\r\n\r\n<p>");
  EXPECT_EQ(response(404, "", "", false, Persistence::Close, {}, now),
            "HTTP/1.1 404 Not Found\r\n" + date +
                "Connection: close\r\nContent-Length: 0\r\n\r\n");
  // A client of HTTP/1.0 waits for the end unless it is told otherwise.
  EXPECT_EQ(response(200, "", "", false, Persistence::KeepSaid, {}, now),
            "HTTP/1.1 200 OK\r\n" + date +
                "Connection: keep-alive\r\nContent-Length: 0\r\n\r\n");
}

TEST(Response, HeadCountsTheBody) {
  std::string body(100000, 'b');
  std::string head = response(200, "text/plain", body, true, keep, {}, now);
  EXPECT_EQ(head, "HTTP/1.1 200 OK\r\n" + date +
                      "Content-Type: text/plain\r\n"
                      "Content-Length: 100000\r\n\r\n");
  EXPECT_EQ(response(200, "text/plain", body, false, keep, {}, now),
            head + body);
}

TEST(Response, ExtraHeadersCannotInject) {
  HeaderField extra[] = {{"X-A", "1"}, {"X-B", "2\r\nEvil: yes"}};
  std::string text =
      response(200, "a\r\nEvil: also\n", "", true, keep, extra, now);
  EXPECT_NE(text.find("\r\nX-A: 1\r\n"), text.npos);
  EXPECT_NE(text.find("\r\nX-B: 2  Evil: yes\r\n"), text.npos);
  EXPECT_EQ(text.find("\nEvil"), text.npos);
}

TEST(Response, Refusals) {
  std::string wrongVersion = refusal(426, "only version 13");
  EXPECT_TRUE(wrongVersion.starts_with("HTTP/1.1 426 Upgrade Required\r\n"));
  EXPECT_NE(wrongVersion.find("\r\nSec-WebSocket-Version: 13\r\n"),
            std::string::npos);
  EXPECT_NE(wrongVersion.find("\r\nUpgrade: websocket\r\n"), std::string::npos);
  EXPECT_NE(wrongVersion.find("\r\nConnection: Upgrade\r\n"),
            std::string::npos);
  EXPECT_TRUE(wrongVersion.ends_with("\r\n\r\nonly version 13\n"));
  EXPECT_NE(refusal(405, "x").find("\r\nAllow: GET, HEAD, OPTIONS\r\n"),
            std::string::npos);
  for (unsigned status : {429, 503})
    EXPECT_NE(refusal(status, "x").find("\r\nRetry-After: 10\r\n"),
              std::string::npos);
  for (unsigned status : {400, 403, 408, 414, 429, 431, 505, 503}) {
    std::string text = refusal(status, "why");
    EXPECT_TRUE(text.starts_with("HTTP/1.1 " + std::to_string(status)));
    EXPECT_NE(text.find("\r\nConnection: close\r\n"), std::string::npos);
    EXPECT_TRUE(text.ends_with("why\n"));
  }
}

TEST(Response, RefusalOfHeadHasNoBody) {
  std::string text = refusal(503, "why", true);
  EXPECT_NE(text.find("\r\nContent-Length: 4\r\n"), text.npos);
  EXPECT_TRUE(text.ends_with("\r\n\r\n"));
}
