//===- HandshakeTest.cpp - RFC 6455 section 4.2 ---------------------------===//

#include "runtime/wire/Handshake.h"
#include "runtime/wire/Utf8.h"

#include <gtest/gtest.h>

#include <map>

using namespace plumb::rt::wire;

namespace {

Request parse(const std::string &head) {
  RequestReader reader;
  reader.feed(asBytes(head), Limits());
  EXPECT_EQ(reader.state(), RequestReader::State::Done) << head;
  return reader.take();
}

/// The example of section 1.2 with some lines replaced, or left out when
/// their text is empty.
std::string example(std::map<std::string, std::string> changes = {}) {
  std::vector<std::pair<std::string, std::string>> lines = {
      {"Start", "GET /chat HTTP/1.1"},
      {"Host", "Host: server.example.com"},
      {"Upgrade", "Upgrade: websocket"},
      {"Connection", "Connection: Upgrade"},
      {"Key", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="},
      {"Version", "Sec-WebSocket-Version: 13"},
      {"More", ""}};
  std::string head;
  for (auto &[name, line] : lines) {
    auto change = changes.find(name);
    const std::string &text = change == changes.end() ? line : change->second;
    if (!text.empty())
      head += text + "\r\n";
  }
  return head + "\r\n";
}

unsigned status(std::map<std::string, std::string> changes) {
  UpgradeCheck check = validateUpgrade(parse(example(changes)));
  EXPECT_EQ(check.ok(), check.status == 101);
  EXPECT_EQ(check.text.empty(), check.ok());
  return check.status;
}

} // namespace

TEST(Handshake, TheExampleOfTheRfc) {
  EXPECT_EQ(acceptKey("dGhlIHNhbXBsZSBub25jZQ=="),
            "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  Request request = parse(example());
  EXPECT_TRUE(request.isUpgrade());
  EXPECT_EQ(request.key(), "dGhlIHNhbXBsZSBub25jZQ==");
  EXPECT_TRUE(validateUpgrade(request).ok());
  EXPECT_EQ(upgradeResponse(request),
            "HTTP/1.1 101 Switching Protocols\r\n"
            "Upgrade: websocket\r\n"
            "Connection: Upgrade\r\n"
            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n");
}

TEST(Handshake, WhatBrowsersSend) {
  EXPECT_EQ(status({{"Connection", "Connection: keep-alive, Upgrade"}}), 101u);
  EXPECT_EQ(status({{"Upgrade", "upgrade: WebSocket"}}), 101u);
  EXPECT_EQ(status({{"Connection", "CONNECTION: UPGRADE"}}), 101u);
  EXPECT_EQ(status({{"More", "Sec-WebSocket-Extensions: permessage-deflate; "
                             "client_max_window_bits\r\nOrigin: null"}}),
            101u);
  EXPECT_EQ(status({{"More", "Content-Length: 0"}}), 101u);
}

TEST(Handshake, Method) {
  for (std::string method : {"POST", "HEAD", "PUT", "get", "GETX"})
    EXPECT_EQ(status({{"Start", method + " /chat HTTP/1.1"}}), 405u) << method;
}

TEST(Handshake, HttpVersion) {
  EXPECT_EQ(status({{"Start", "GET /chat HTTP/1.0"}}), 400u);
}

TEST(Handshake, Upgrade) {
  EXPECT_EQ(status({{"Upgrade", ""}}), 426u);
  EXPECT_EQ(status({{"Upgrade", "Upgrade: h2c"}}), 426u);
  EXPECT_EQ(status({{"Upgrade", "Upgrade: websockets"}}), 426u);
  EXPECT_EQ(status({{"Upgrade", "Upgrade: h2c, websocket"}}), 101u);
}

TEST(Handshake, Connection) {
  EXPECT_EQ(status({{"Connection", ""}}), 400u);
  EXPECT_EQ(status({{"Connection", "Connection: close"}}), 400u);
  EXPECT_EQ(status({{"Connection", "Connection: keep-alive\r\n"
                                   "Connection: upgrade"}}),
            101u);
}

TEST(Handshake, Version) {
  EXPECT_EQ(status({{"Version", ""}}), 400u);
  for (std::string version : {"0", "8", "12", "14", "013", "13, 8", "x", ""})
    EXPECT_EQ(status({{"Version", "Sec-WebSocket-Version: " + version}}), 426u)
        << version;
  EXPECT_EQ(status({{"Version", "Sec-WebSocket-Version: 13\r\n"
                                "Sec-WebSocket-Version: 13"}}),
            400u);
  // Another version is told so, whatever its key looks like.
  EXPECT_EQ(status({{"Version", "Sec-WebSocket-Version: 99"}, {"Key", ""}}),
            426u);
}

TEST(Handshake, Key) {
  EXPECT_EQ(status({{"Key", ""}}), 400u);
  for (std::string key :
       {"", "x", "AAAA==", "dGhlIHNhbXBsZSBub25jZQAAAA==",
        "dGhlIHNhbXBsZSBub25jZQ=", "dGhlIHNhbXBsZSBub25jZQ",
        "dGhlIHNhbXBsZSBub25jZQ==x",
        "dGhlIHNhbXBsZSBub25jZ===", "dGhlIHNhbXBsZSBub25jZQAA",
        "dGhlIHNhbXBsZSBub25j*Q==", "dGhlIHNhbXBsZSBub25j Q==",
        "dGhlIHNhbXBsZSBub25j\xe9Q==", "dGhlIHNhbXBsZSBub25jZSBsb25nZXI="})
    EXPECT_EQ(status({{"Key", "Sec-WebSocket-Key: " + key}}), 400u) << key;
  EXPECT_EQ(status({{"Key", "Sec-WebSocket-Key: ++//00aaZZzsZSBub25jZQ=="}}),
            101u);
  std::string line = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
  EXPECT_EQ(status({{"Key", line + "\r\n" + line}}), 400u);
}

TEST(Handshake, Body) {
  EXPECT_EQ(status({{"More", "Content-Length: 3"}}), 400u);
  EXPECT_EQ(status({{"More", "Transfer-Encoding: chunked"}}), 400u);
}

TEST(Response, Whole) {
  EXPECT_EQ(response(200, "text/html", "<p>", false, true),
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
            "Content-Length: 3\r\n\r\n<p>");
  EXPECT_EQ(response(404, "", "", false, false),
            "HTTP/1.1 404 Not Found\r\nConnection: close\r\n"
            "Content-Length: 0\r\n\r\n");
}

TEST(Response, HeadCountsTheBody) {
  std::string body(100000, 'b');
  std::string head = response(200, "text/plain", body, true, true);
  EXPECT_EQ(head, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
                  "Content-Length: 100000\r\n\r\n");
  EXPECT_EQ(response(200, "text/plain", body, false, true), head + body);
}

TEST(Response, ExtraHeadersCannotInject) {
  HeaderField extra[] = {{"X-A", "1"}, {"X-B", "2\r\nEvil: yes"}};
  std::string text = response(200, "a\r\nEvil: also\n", "", true, true, extra);
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
  EXPECT_NE(refusal(405, "x").find("\r\nAllow: GET, HEAD\r\n"),
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
