//===- ClientTest.cpp - whose a connection is, without a socket -----------===//

#include "runtime/server/Client.h"
#include "runtime/base/Utf8.h"
#include "runtime/http/Session.h"
#include "runtime/server/ServerState.h"

#include <gtest/gtest.h>

using namespace plumb::rt;
using namespace plumb::rt::server;
using Verdict = limits::Admission::Verdict;

namespace {
struct NoProgram final : websocket::Program {
  bool onConnect(rooms::Token) override { return true; }
  void onText(rooms::Token, std::span<uint8_t>) override {}
  void onBinary(rooms::Token, std::span<uint8_t>) override {}
  void onClose(rooms::Token, uint16_t, std::string_view) override {}
  void onDrained(rooms::Token) override {}
  bool takesBinary() const override { return true; }
};

/// The proxy is 192.0.2.1; 2 connections an address.
struct ClientTest : testing::Test {
  ClientTest() {
    options.trusted_proxies = "192.0.2.1";
    options.max_connections_per_address = 2;
  }
  void begin() {
    state = std::make_unique<ServerState>(options, program);
    EXPECT_EQ(state->readLists(), rooms::Status::Ok);
    reception = std::make_unique<Reception>(*state);
  }
  std::unique_ptr<Client> from(const char *peer) {
    net::Address address = *net::Address::parse(peer, 1);
    Verdict verdict =
        reception->judge(net::Descriptors::Use::Any, address).verdict;
    reception->enter(verdict);
    return std::make_unique<Client>(*reception, address, verdict);
  }
  static std::string hostOf(const Client &client) {
    std::string text = client.address().text();
    return text.substr(0, text.rfind(':'));
  }
  static Client::Header read(Client &client, std::string_view text,
                             size_t &bytes) {
    return client.readHeader(base::asBytes(text), bytes);
  }
  wire::Request request(const std::string &fields) {
    std::string text = "GET / HTTP/1.1\r\nHost: own\r\n" + fields + "\r\n";
    http::Session session;
    auto bytes = base::asBytes(text);
    EXPECT_EQ(session.read(bytes, state->limits),
              http::Session::State::Request);
    return session.takeRequest();
  }
  int64_t connections() const { return state->admission.connections(); }

  NoProgram program;
  Options options;
  std::unique_ptr<ServerState> state;
  std::unique_ptr<Reception> reception;
};
} // namespace

TEST_F(ClientTest, WithoutAProxyItIsTheSocketsPeer) {
  begin();
  auto one = from("192.0.2.9"), two = from("192.0.2.9"),
       three = from("192.0.2.9");
  EXPECT_EQ(hostOf(*one), "192.0.2.9");
  EXPECT_FALSE(one->expectsHeader());
  EXPECT_EQ(two->admission(), Verdict::Admitted);
  EXPECT_EQ(three->admission(), Verdict::Crowded);
  EXPECT_FALSE(one->identify(request("X-Forwarded-For: 203.0.113.5\r\n")));
  EXPECT_EQ(hostOf(*one), "192.0.2.9") << "whoever it says that it is";
  EXPECT_EQ(one->hostOf(request("X-Forwarded-Host: other\r\n")), "own");
  for (Client *each : {one.get(), two.get(), three.get()})
    each->leave();
  EXPECT_EQ(connections(), 0);
  EXPECT_EQ(from("192.0.2.9")->admission(), Verdict::Admitted);
}

TEST_F(ClientTest, AProxyHeaderSaysWhoItIs) {
  options.proxy_protocol = Options::ProxyProtocol::On;
  begin();
  EXPECT_FALSE(from("192.0.2.9")->expectsHeader()) << "no proxy of ours";
  auto client = from("192.0.2.1");
  ASSERT_TRUE(client->expectsHeader());
  size_t bytes = 0;
  EXPECT_EQ(read(*client, "PROXY TCP4 203.0.113.5 ", bytes),
            Client::Header::NeedMore);
  EXPECT_EQ(bytes, 23u);
  EXPECT_EQ(hostOf(*client), "192.0.2.1") << "not known yet";
  EXPECT_EQ(read(*client, "192.0.2.1 5000 80\r\nGET /", bytes),
            Client::Header::Done);
  EXPECT_EQ(bytes, 19u) << "what follows is another's";
  EXPECT_FALSE(client->expectsHeader());
  EXPECT_EQ(hostOf(*client), "203.0.113.5");
  EXPECT_FALSE(client->isSecure(false));
  EXPECT_TRUE(client->isSecure(true));
  client->leave();
}

/// Version 2 also says whether the client speaks TLS with the proxy.
TEST_F(ClientTest, AProxyHeaderSaysWhetherItIsSecure) {
  options.proxy_protocol = Options::ProxyProtocol::On;
  begin();
  for (bool secure : {false, true}) {
    auto client = from("192.0.2.1");
    std::string header("\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x14", 16);
    header += std::string("\xcb\0\x71\5\xc0\0\2\1\0\1\0\2", 12);
    header += std::string("\x20\0\5", 3) + char(secure) + std::string(4, 0);
    size_t bytes = 0;
    EXPECT_EQ(read(*client, header, bytes), Client::Header::Done);
    EXPECT_EQ(hostOf(*client), "203.0.113.5");
    EXPECT_EQ(client->isSecure(!secure), secure);
    client->leave();
  }
}

/// Whom a proxy passes on is believed nothing about others.
TEST_F(ClientTest, WhoIsPassedOnIsNoProxy) {
  options.proxy_protocol = Options::ProxyProtocol::On;
  options.forwarded_headers = Options::ForwardedHeaders::XForwarded;
  begin();
  auto client = from("192.0.2.1");
  size_t bytes = 0;
  EXPECT_EQ(read(*client, "PROXY TCP4 203.0.113.5 192.0.2.1 1 2\r\n", bytes),
            Client::Header::Done);
  EXPECT_FALSE(client->identify(request("X-Forwarded-For: 198.51.100.1\r\n")));
  EXPECT_EQ(hostOf(*client), "203.0.113.5");
  client->leave();
}

TEST_F(ClientTest, WhatIsNoProxyHeaderFails) {
  options.proxy_protocol = Options::ProxyProtocol::On;
  begin();
  auto client = from("192.0.2.1");
  size_t bytes = 0;
  EXPECT_EQ(read(*client, "GET / HTTP/1.1\r\n", bytes), Client::Header::Failed);
  client->leave();
  EXPECT_EQ(connections(), 0);
}

/// It is counted with those of its own address, not with the proxy's.
TEST_F(ClientTest, WhoComesThroughAProxyIsCountedToo) {
  options.proxy_protocol = Options::ProxyProtocol::On;
  begin();
  std::vector<std::unique_ptr<Client>> all;
  size_t bytes = 0;
  for (int i = 0; i < 3; ++i) {
    all.push_back(from("192.0.2.1"));
    EXPECT_EQ(all.back()->admission(), Verdict::Admitted);
    EXPECT_EQ(
        read(*all.back(), "PROXY TCP4 203.0.113.5 192.0.2.1 1 2\r\n", bytes),
        Client::Header::Done);
  }
  EXPECT_EQ(all[1]->admission(), Verdict::Admitted);
  EXPECT_EQ(all[2]->admission(), Verdict::Crowded) << "to be told so later";
  // When too many wait to be told, they are not.
  Client::Header header = Client::Header::Done;
  while (header == Client::Header::Done && all.size() < 1000) {
    all.push_back(from("192.0.2.1"));
    header =
        read(*all.back(), "PROXY TCP4 203.0.113.5 192.0.2.1 1 2\r\n", bytes);
  }
  EXPECT_EQ(header, Client::Header::Crowded);
  for (auto &client : all)
    client->leave();
  EXPECT_EQ(connections(), 0);
  EXPECT_EQ(from("203.0.113.5")->admission(), Verdict::Admitted);
}

TEST_F(ClientTest, EachRequestSaysWhoseItIs) {
  options.forwarded_headers = Options::ForwardedHeaders::XForwarded;
  begin();
  auto client = from("192.0.2.1");
  EXPECT_FALSE(client->expectsHeader());
  wire::Request first = request("X-Forwarded-For: 203.0.113.5\r\n"
                                "X-Forwarded-Proto: https\r\n"
                                "X-Forwarded-Host: shown\r\n");
  EXPECT_FALSE(client->identify(first));
  EXPECT_EQ(hostOf(*client), "203.0.113.5");
  EXPECT_TRUE(client->isSecure(false));
  EXPECT_EQ(client->hostOf(first), "shown");
  client->requestIsOver();
  EXPECT_EQ(hostOf(*client), "192.0.2.1") << "the next is anybody's";
  EXPECT_FALSE(client->isSecure(false));
  wire::Request second = request("X-Forwarded-For: 203.0.113.6\r\n");
  EXPECT_FALSE(client->identify(second));
  EXPECT_EQ(hostOf(*client), "203.0.113.6");
  EXPECT_EQ(client->hostOf(second), "own");
  for (int i = 0; i < 5; ++i) {
    client->requestIsOver();
    EXPECT_FALSE(client->identify(second)) << "it is one connection of his";
  }
  client->forgetProxy();
  EXPECT_EQ(hostOf(*client), "203.0.113.6") << "from the upgrade on it is his";
  client->leave();
  EXPECT_EQ(connections(), 0);
}

TEST_F(ClientTest, RequestsAreRefused) {
  options.forwarded_headers = Options::ForwardedHeaders::XForwarded;
  begin();
  std::vector<std::unique_ptr<Client>> all;
  for (int i = 0; i < 3; ++i) {
    all.push_back(from("192.0.2.1"));
    auto refusal =
        all.back()->identify(request("X-Forwarded-For: 203.0.113.5\r\n"));
    EXPECT_EQ(refusal.has_value(), i == 2);
    if (refusal)
      EXPECT_EQ(refusal->status, 429u);
  }
  auto wrong = all[0]->identify(request("X-Forwarded-For: nonsense!\r\n"));
  ASSERT_TRUE(wrong);
  EXPECT_EQ(wrong->status, 400u);
  for (auto &client : all)
    client->leave();
  EXPECT_EQ(connections(), 0);
}
