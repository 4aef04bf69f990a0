//===- ForwardedTest.cpp - servers behind a proxy that speaks HTTP --------===//

#include "AdminSupport.h"
#include "Support.h"

using namespace plumb::test;

namespace {

/// 127.0.0.1 is a proxy, and so are those whose addresses begin with 10.
struct Behind {
  Environment trusted{"PLUMB_WS_TRUSTED_PROXIES", "127.0.0.1,10.0.0.0/8"},
      headers;
  explicit Behind(const std::string &kind = "x_forwarded")
      : headers("PLUMB_WS_FORWARDED_HEADERS", kind) {}
};

using Fields = std::vector<std::pair<std::string, std::string>>;

/// What the program hears of a client that a proxy passes on so; or the status.
std::string addressBehind(Server &server, Fields fields,
                          const std::string &from = "127.0.0.1") {
  server.route = {from, "", std::move(fields)};
  Client client(server);
  if (client.status != 101)
    return std::to_string(client.status);
  std::string address = client.ask("address");
  return address == client.address() ? "the peer's" : address;
}

int statusOf(Server &server, Fields fields) {
  server.route = {"127.0.0.1", "", std::move(fields)};
  return Client(server).status;
}

class ForwardedHeaders : public testing::TestWithParam<Config> {};

} // namespace

INSTANTIATE_TEST_SUITE_P(All, ForwardedHeaders, PLUMB_ALL_CONFIGS, nameOf);

TEST_P(ForwardedHeaders, TheClientIsTheHeaders) {
  Behind behind;
  Server server(GetParam());
  EXPECT_EQ(addressBehind(server, {{"X-Forwarded-For", "192.0.2.1"}}),
            "192.0.2.1:0");
  EXPECT_EQ(addressBehind(server, {{"X-Forwarded-For", "192.0.2.1:4711"}}),
            "192.0.2.1:4711");
  EXPECT_EQ(addressBehind(server, {{"X-Forwarded-For", "6.6.6.6, 192.0.2.1"},
                                   {"X-Forwarded-For", "10.0.0.1"}}),
            "192.0.2.1:0");
  EXPECT_EQ(addressBehind(server, {}), "the peer's");
  EXPECT_EQ(addressBehind(server, {{"X-Forwarded-For", "unknown"}}),
            "the peer's");
  EXPECT_EQ(addressBehind(server, {{"X-Forwarded-For", "a.example"}}), "400");
  EXPECT_EQ(addressBehind(server, {{"Forwarded", "for=192.0.2.1"}}),
            "the peer's")
      << "the kind that was not asked for";
}

TEST_P(ForwardedHeaders, Rfc7239) {
  Behind behind("forwarded");
  Server server(GetParam());
  EXPECT_EQ(addressBehind(
                server, {{"Forwarded", "for=6.6.6.6, for=\"[2001:db8::1]:1\""},
                         {"X-Forwarded-For", "6.6.6.6"}}),
            "[2001:db8::1]:1");
  EXPECT_EQ(
      addressBehind(server, {{"Forwarded", "for=\"6.6.6.6, for=1.1.1.1"}}),
      "400");
  EXPECT_EQ(addressBehind(server, {{"X-Forwarded-For", "192.0.2.1"}}),
            "the peer's");
}

/// Anybody can write a header.
TEST_P(ForwardedHeaders, UntrustedPeer) {
  Behind behind;
  Server server(GetParam());
  for (const char *value : {"192.0.2.1", "10.0.0.1", "127.0.0.1", "a.example"})
    EXPECT_EQ(addressBehind(server, {{"X-Forwarded-For", value}}, "127.0.0.2"),
              "the peer's")
        << value;
  server.route = {"127.0.0.2",
                  "",
                  {{"X-Forwarded-Proto", GetParam().tls ? "http" : "https"},
                   {"X-Forwarded-Host", "a.example"},
                   {"Origin", "https://a.example"}}};
  EXPECT_EQ(Client(server).status, 403);
}

TEST_P(ForwardedHeaders, OffUnlessAskedFor) {
  Environment trusted("PLUMB_WS_TRUSTED_PROXIES", "127.0.0.1");
  Server server(GetParam());
  EXPECT_EQ(addressBehind(server, {{"X-Forwarded-For", "192.0.2.1"},
                                   {"Forwarded", "for=192.0.2.1"}}),
            "the peer's");
}

TEST_P(ForwardedHeaders, SameOriginIsWhatTheClientSees) {
  Behind behind;
  Server server(GetParam());
  // The Host of these clients is localhost.
  EXPECT_EQ(statusOf(server, {{"Origin", "https://localhost"},
                              {"X-Forwarded-Proto", "https"}}),
            101);
  EXPECT_EQ(statusOf(server, {{"Origin", "http://localhost"},
                              {"X-Forwarded-Proto", "http"}}),
            101);
  EXPECT_EQ(statusOf(server, {{"Origin", "http://localhost"},
                              {"X-Forwarded-Proto", "https"}}),
            403);
  EXPECT_EQ(statusOf(server, {{"Origin", "https://a.example:8443"},
                              {"X-Forwarded-Proto", "https"},
                              {"X-Forwarded-Host", "a.example"},
                              {"X-Forwarded-Port", "8443"}}),
            101);
  EXPECT_EQ(statusOf(server, {{"Origin", "https://localhost"},
                              {"X-Forwarded-Proto", "https"},
                              {"X-Forwarded-Host", "a.example"}}),
            403);
  std::string own = GetParam().tls ? "https://localhost" : "http://localhost";
  EXPECT_EQ(statusOf(server, {{"Origin", own}}), 101)
      << "as without a proxy when nothing is told";
}

TEST_P(ForwardedHeaders, LimitByAddressCountsClients) {
  Behind behind;
  Environment limit("PLUMB_WS_MAX_CONNECTIONS_PER_ADDRESS", "2");
  Server server(GetParam());
  auto connect = [&](const std::string &source) {
    server.route = {"127.0.0.1", "", {{"X-Forwarded-For", source}}};
    return std::make_unique<Client>(server, "c");
  };
  auto one = connect("192.0.2.1"), two = connect("192.0.2.1");
  EXPECT_EQ(one->status, 101);
  EXPECT_EQ(two->status, 101);
  EXPECT_EQ(connect("192.0.2.1")->status, 429);
  EXPECT_EQ(connect("::ffff:192.0.2.1")->status, 429) << "the same client";
  Log::instance().waitFor("an address has 2 connections and wants more");
  EXPECT_EQ(connect("192.0.2.9")->status, 101);
  std::vector<std::unique_ptr<Client>> own;
  for (int i = 0; i < 5; ++i) {
    own.push_back(connect("unknown"));
    EXPECT_EQ(own.back()->status, 101) << "the proxy's own are not counted";
  }
  two->drop();
  server.closed.pop();
  int status = 429;
  for (int i = 0; i < 1000 && status == 429; ++i)
    status = connect("192.0.2.1")->status;
  EXPECT_EQ(status, 101);
}

namespace {
/// A connection that a proxy keeps for requests of anybody.
struct Kept {
  Socket socket;
  explicit Kept(Server &server) : socket(server.port) {}
  int ask(const std::string &client) {
    socket.write("GET /none HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: " + client +
                 "\r\n\r\n");
    std::string answer = socket.readAll("there is no page here\n");
    return std::atoi(answer.substr(answer.find(' ') + 1).c_str());
  }
};
} // namespace

/// Each request is one of its own client's, and only while it is answered.
TEST(ForwardedRequests, ConnectionThatIsKept) {
  Behind behind;
  Environment limit("PLUMB_WS_MAX_CONNECTIONS_PER_ADDRESS", "1");
  Server server;
  Kept kept(server), other(server);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(kept.ask("192.0.2.1"), 404);
    EXPECT_EQ(kept.ask("192.0.2.2"), 404);
    EXPECT_EQ(other.ask("192.0.2.1"), 404) << "what kept had asked is over";
  }
  EXPECT_EQ(addressBehind(server, {{"X-Forwarded-For", "192.0.2.1"}}),
            "192.0.2.1:0");
  // Requests that come at once are of their clients, too.
  Socket pipelined(server.port);
  std::string requests;
  for (const char *client : {"192.0.2.1", "192.0.2.2", "unknown", "192.0.2.1"})
    requests += "GET /none HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: " +
                std::string(client) + "\r\n\r\n";
  pipelined.write(requests);
  pipelined.write(
      "GET / HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 192.0.2.3\r\n" +
      upgradeFields + "Sec-WebSocket-Version: 13\r\n\r\n\x81\x87" +
      std::string(4, '\0') + "address\x88\x80" + std::string(4, '\0'));
  std::string answers = pipelined.readAll();
  EXPECT_NE(answers.find("\x81\x0b"
                         "192.0.2.3:0"),
            answers.npos)
      << answers;
}

/// In front of the proxy there is another one, which does not speak HTTP.
TEST(ForwardedRequests, BehindAProxyHeader) {
  Behind behind;
  Environment protocol("PLUMB_WS_PROXY_PROTOCOL", "on");
  Server server;
  auto address = [&](const std::string &source) {
    server.route = {"127.0.0.1",
                    "PROXY TCP4 " + source + " 192.0.2.2 1 2\r\n",
                    {{"X-Forwarded-For", "198.51.100.1"}}};
    return Client(server).ask("address");
  };
  EXPECT_EQ(address("10.0.0.1"), "198.51.100.1:0") << "its header is a proxy's";
  EXPECT_EQ(address("192.0.2.1"), "192.0.2.1:1") << "its header is anybody's";
}
