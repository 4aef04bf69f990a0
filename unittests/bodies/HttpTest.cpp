//===- HttpTest.cpp - requests, pages and what a request carried ----------===//

#include "Support.h"

using namespace plumb::test;

namespace {
class Http : public testing::TestWithParam<Config> {
protected:
  Server server{GetParam()};
  std::string ask(const std::string &request, const std::string &until = "") {
    auto client = Client::raw(server);
    client->writeRaw(request);
    return client->readRaw(until);
  }
};
std::string get(const std::string &path, const std::string &fields = "",
                const std::string &method = "GET") {
  return method + " " + path + " HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n";
}
const std::string end = "Connection: close\r\n";
} // namespace

INSTANTIATE_TEST_SUITE_P(All, Http, PLUMB_ALL_CONFIGS_AND_UNIX, nameOf);

TEST_P(Http, WhatTheRequestCarried) {
  Client a(server, "Ann", "/room/1?q=a%20b+c&q=second&empty=");
  EXPECT_EQ(a.ask("path"), "/room/1");
  EXPECT_EQ(a.ask("query q"), "a b c");
  EXPECT_EQ(a.ask("query name"), "Ann");
  EXPECT_EQ(a.ask("query empty"), "");
  EXPECT_EQ(a.ask("query absent"), "");
  EXPECT_EQ(a.ask("header x-TEST"), "from the client");
  EXPECT_EQ(a.ask("header absent"), "");
  EXPECT_EQ(a.ask("address"), a.address());
}

TEST_P(Http, Page) {
  EXPECT_EQ(plumb_ws_page(Text("/"), Text("text/html; charset=utf-8"),
                          Text("<p>hello</p>")),
            0);
  std::string page = ask(get("/", end));
  EXPECT_EQ(page.substr(0, 15), "HTTP/1.1 200 OK");
  EXPECT_NE(page.find("Content-Type: text/html; charset=utf-8\r\n"),
            std::string::npos);
  EXPECT_NE(page.find("Content-Length: 12\r\n"), std::string::npos);
  EXPECT_TRUE(page.ends_with("\r\n\r\n<p>hello</p>")) << page;

  std::string head = ask(get("/?x=1", end, "HEAD"));
  EXPECT_NE(head.find("Content-Length: 12\r\n"), std::string::npos);
  EXPECT_TRUE(head.ends_with("\r\n\r\n")) << head;

  size_t at = page.find("ETag: ");
  ASSERT_NE(at, std::string::npos);
  std::string tag = page.substr(at + 6, page.find('\r', at) - at - 6);
  std::string same = ask(get("/", end + "If-None-Match: " + tag + "\r\n"));
  EXPECT_EQ(same.substr(0, 12), "HTTP/1.1 304");
  for (const std::string &line :
       {"If-None-Match: W/" + tag, "If-None-Match: \"x\", " + tag,
        std::string("If-None-Match: *")})
    EXPECT_EQ(ask(get("/", end + line + "\r\n")).substr(0, 12), "HTTP/1.1 304")
        << line;
  EXPECT_EQ(ask(get("/", end + "If-Match: \"x\"\r\n")).substr(0, 12),
            "HTTP/1.1 412");
  EXPECT_TRUE(same.ends_with("\r\n\r\n"));

  EXPECT_EQ(plumb_ws_page(Text("/"), Text("text/html"), Text("<p>new</p>")), 0);
  EXPECT_TRUE(ask(get("/", end)).ends_with("<p>new</p>"));
  EXPECT_TRUE(ask(get("/", end + "If-None-Match: " + tag + "\r\n"))
                  .ends_with("new</p>"));
}

// The table of docs/serving.md.
TEST_P(Http, PathsAreComparedAsTheyWereSent) {
  EXPECT_EQ(plumb_ws_page(Text("/chat"), Text("text/plain"), Text("chat")), 0);
  EXPECT_EQ(plumb_ws_page(Text("/caf%C3%A9"), Text("text/plain"), Text("cafe")),
            0);
  const std::string absolute =
      GetParam().tls ? "https://x/chat" : "http://x/chat";
  struct {
    std::string target, path, page;
  } rows[] = {{"/chat", "/chat", "chat"},
              {"/chat?room=hall", "/chat", "chat"},
              {"/chat/", "/chat/", ""},
              {"//chat", "//chat", ""},
              {"/Chat", "/Chat", ""},
              {"/%63hat", "/%63hat", ""},
              {"/caf%C3%A9", "/caf%C3%A9", "cafe"},
              {"/caf%c3%a9", "/caf%c3%a9", ""},
              {"/caf\xc3\xa9", "/caf\xc3\xa9", ""},
              {"/caf\xe9", "/caf\xef\xbf\xbd", ""},
              {"/a/../chat", "/a/../chat", ""},
              {absolute, "/chat", "chat"}};
  for (const auto &row : rows) {
    std::string answer = ask(get(row.target, end));
    EXPECT_EQ(answer.substr(9, 3), row.page.empty() ? "404" : "200")
        << row.target;
    EXPECT_TRUE(answer.ends_with("\r\n\r\n" + row.page) || row.page.empty())
        << row.target;
    if (row.target == absolute)
      continue; // Its host is another than that of Client.
    EXPECT_EQ(Client(server, "", row.target).ask("path"), row.path);
  }
  Client client(server, "", "/?caf%C3%A9=a%2Bb+c&x=1&x=2&%zz=%");
  EXPECT_EQ(client.ask("query caf\xc3\xa9"), "a+b c");
  EXPECT_EQ(client.ask("query caf%C3%A9"), "");
  EXPECT_EQ(client.ask("query x"), "1");
  EXPECT_EQ(client.ask("query X"), "");
  EXPECT_EQ(client.ask("query %zz"), "%");
}

TEST_P(Http, OtherPathsAndMethods) {
  EXPECT_EQ(ask(get("/nothing", end)).substr(0, 12), "HTTP/1.1 404");
  std::string post = ask(get("/", "Content-Length: 0\r\n", "POST"));
  EXPECT_EQ(post.substr(0, 12), "HTTP/1.1 405");
  EXPECT_NE(post.find("Allow: GET, HEAD, OPTIONS\r\n"), std::string::npos);
  EXPECT_EQ(ask(get("/", "", "FOO")).substr(0, 12), "HTTP/1.1 501");
  EXPECT_EQ(ask(get("x:80", "", "CONNECT")).substr(0, 12), "HTTP/1.1 405");
  for (const char *target : {"*", "/", "/nothing"}) {
    std::string options = ask(get(target, end, "OPTIONS"));
    EXPECT_EQ(options.substr(0, 12), "HTTP/1.1 200") << target;
    EXPECT_NE(options.find("Allow: GET, HEAD, OPTIONS\r\n"), std::string::npos);
    EXPECT_TRUE(options.ends_with("Content-Length: 0\r\n\r\n")) << options;
  }
  EXPECT_EQ(ask("rubbish\r\n\r\n").substr(0, 12), "HTTP/1.1 400");
  EXPECT_EQ(ask(get("/", "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                         "Sec-WebSocket-Version: 8\r\n"
                         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"))
                .substr(0, 12),
            "HTTP/1.1 426");
}

TEST_P(Http, WhatIsRefused) {
  EXPECT_EQ(plumb_ws_page(Text("/p"), Text("text/plain"), Text("page")), 0);
  const std::string upgrade = "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                              "Sec-WebSocket-Version: 13\r\n"
                              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  for (const std::string &more : {end, upgrade}) {
    for (const char *target :
         {"foo", "*", "x:80", "?x=http://e/p", "http:///p", "/p#a", "/%zz"})
      EXPECT_EQ(ask(get(target, more)).substr(0, 12), "HTTP/1.1 400") << target;
    EXPECT_EQ(
        ask("GET /p HTTP/1.1\r\nHost: a b\r\n" + more + "\r\n").substr(0, 12),
        "HTTP/1.1 400");
    for (const char *line : {"Host: x", "Origin: http://x\r\nOrigin: http://x",
                             "Content-Length: 1\r\nContent-Length: 2",
                             "Transfer-Encoding: xchunked"})
      EXPECT_EQ(ask(get("/p", more + line + std::string("\r\n"))).substr(0, 12),
                "HTTP/1.1 400")
          << line;
    const char *other = GetParam().tls ? "http://x/p" : "https://x/p";
    EXPECT_EQ(ask(get(other, more)).substr(0, 12), "HTTP/1.1 421");
  }
  const char *ours = GetParam().tls ? "https://x/p" : "http://x/p";
  EXPECT_TRUE(ask(get(ours, end)).ends_with("\r\n\r\npage"));
}

TEST_P(Http, RefusalsOfHeadHaveNoBody) {
  for (const char *target : {"/nothing", "foo"}) {
    std::string answer = ask(get(target, end, "HEAD"));
    EXPECT_TRUE(answer.ends_with("\r\n\r\n")) << answer;
    EXPECT_EQ(answer.find("Content-Length: 0"), std::string::npos) << answer;
  }
}

TEST_P(Http, Dates) {
  EXPECT_EQ(plumb_ws_page(Text("/p"), Text("text/plain"), Text("page")), 0);
  for (const std::string &request :
       {get("/p", end), get("/p", end + "If-None-Match: *\r\n"),
        get("/nothing", end), get("foo"), get("/", "", "POST")}) {
    std::string answer = ask(request);
    size_t at = answer.find("\r\nDate: ");
    ASSERT_NE(at, std::string::npos) << answer;
    std::tm parsed = {};
    const char *rest = ::strptime(answer.c_str() + at + 8,
                                  "%a, %d %b %Y %H:%M:%S GMT\r\n", &parsed);
    ASSERT_NE(rest, nullptr) << answer;
    EXPECT_LT(std::abs(std::difftime(::timegm(&parsed), ::time(nullptr))), 60);
  }
}

TEST_P(Http, OldClientsAreToldThatTheConnectionStays) {
  EXPECT_EQ(plumb_ws_page(Text("/p"), Text("text/plain"), Text("page")), 0);
  auto client = Client::raw(server);
  for (int i = 0; i < 2; ++i) {
    client->writeRaw("GET /p HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    std::string answer = client->readRaw("\r\n\r\npage");
    EXPECT_NE(answer.find("\r\nConnection: keep-alive\r\n"), std::string::npos);
  }
  client->writeRaw("GET /p HTTP/1.0\r\n\r\n");
  EXPECT_NE(client->readRaw().find("\r\nConnection: close\r\n"),
            std::string::npos);
}

TEST_P(Http, CookieLines) {
  auto client = Client::raw(server);
  client->writeRaw(get("/", "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                            "Sec-WebSocket-Version: 13\r\n"
                            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                            "Cookie: a=1\r\nCookie: b=2\r\n") +
                   std::string("\x81\x8d\0\0\0\0header cookie", 19));
  client->readRaw("\x81\x08"
                  "a=1; b=2");
}

TEST_P(Http, LongHeader) {
  EXPECT_EQ(
      ask(get("/", "X: " + std::string(20000, 'x') + "\r\n")).substr(0, 12),
      "HTTP/1.1 431");
}

TEST_P(Http, KeepAliveAndPipelining) {
  std::string large(3 << 20, 'x');
  EXPECT_EQ(plumb_ws_page(Text("/large"), Text("text/plain"), Text(large)), 0);
  EXPECT_EQ(plumb_ws_page(Text("/small"), Text("text/plain"), Text("small")),
            0);
  // Ten responses that no socket takes at once, then one more on the same
  // connection.
  std::string requests;
  for (int i = 0; i < 10; ++i)
    requests += get("/large") + get("/small");
  std::string all = ask(requests + get("/nothing", end));
  size_t responses = 0;
  for (size_t at = 0; (at = all.find("HTTP/1.1 200", at)) != std::string::npos;
       ++at)
    ++responses;
  EXPECT_EQ(responses, 20u);
  EXPECT_GT(all.size(), 10 * large.size());
  EXPECT_NE(all.find("HTTP/1.1 404"), std::string::npos);
}

TEST_P(Http, FramesBehindTheRequest) {
  auto client = Client::raw(server);
  // The upgrade and a masked "echo hi" in one write.
  client->writeRaw(get("/", "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                            "Sec-WebSocket-Version: 13\r\n"
                            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n") +
                   std::string("\x81\x87\0\0\0\0echo hi", 13));
  std::string answer = client->readRaw("\x81\x02hi");
  EXPECT_EQ(answer.substr(0, 12), "HTTP/1.1 101");
  EXPECT_NE(answer.find("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), std::string::npos);
}

TEST_P(Http, UpgradeOnAKeptConnection) {
  auto client = Client::raw(server);
  client->writeRaw(get("/nothing"));
  client->readRaw("no page here\n");
  client->writeRaw(get("/", "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                            "Sec-WebSocket-Version: 13\r\n"
                            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"));
  EXPECT_EQ(client->readRaw("\r\n\r\n").substr(0, 12), "HTTP/1.1 101");
}

TEST_P(Http, FramesQueuedInOnConnectComeBehindTheResponse) {
  Server greeting(GetParam(), false);
  greeting.onConnect = [](plumb_ws_conn conn) {
    plumb_ws_join(conn, Text("hall"));
    plumb_ws_send(conn, Text("welcome"));
    plumb_ws_broadcast(Text("hall"), Text("somebody is new"));
    plumb_ws_put(conn, Text("seen"), Text("yes"));
    return true;
  };
  greeting.start();
  Client a(greeting);
  EXPECT_EQ(a.status, 101);
  EXPECT_EQ(a.read(), "welcome");
  EXPECT_EQ(a.read(), "somebody is new");
  EXPECT_EQ(a.ask("get seen"), "yes");
  EXPECT_EQ(a.ask("count hall"), "1");
}

TEST_P(Http, RequestThatNeverEnds) {
  EXPECT_TRUE(withinLongerTimes([](const char *milliseconds) {
    Environment timeout("PLUMB_WS_HANDSHAKE_TIMEOUT_MS", milliseconds);
    Server strict(GetParam());
    auto silent = Client::raw(strict);
    silent->writeRaw("GET / HT");
    return silent->readRaw().starts_with("HTTP/1.1 408");
  }));
}

TEST(Page, ArgumentsAreChecked) {
  for (const char *path : {"", "x", "/a b", "/a?b", "/a#b", "/a\n"})
    EXPECT_EQ(plumb_ws_page(Text(path), Text("text/plain"), Text("x")),
              PLUMB_ERR_INVALID_ARGUMENT)
        << path;
  for (const char *type : {"", "text/plain\r\nX: y"})
    EXPECT_EQ(plumb_ws_page(Text("/p"), Text(type), Text("x")),
              PLUMB_ERR_INVALID_ARGUMENT);
}
