//===- HandshakeTest.cpp - RFC 6455 section 4.2 ---------------------------===//

#include "runtime/wire/Handshake.h"
#include "runtime/base/Utf8.h"

#include <gtest/gtest.h>

#include <map>

using namespace plumb::rt::wire;
using namespace plumb::rt::base;

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
}

TEST(Handshake, Body) {
  EXPECT_EQ(status({{"More", "Content-Length: 3"}}), 400u);
  EXPECT_EQ(status({{"More", "Transfer-Encoding: chunked"}}), 400u);
}
