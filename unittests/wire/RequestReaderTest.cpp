//===- RequestReaderTest.cpp - HTTP request heads, cut anywhere -----------===//

#include "runtime/wire/RequestReader.h"
#include "runtime/base/Utf8.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

using namespace plumb::rt::wire;
using State = RequestReader::State;

namespace {

/// Feeds the stream in pieces of `step` bytes, each a block of its own, until
/// the reader has had enough; returns how many bytes it took.
size_t feed(RequestReader &reader, std::string_view stream, size_t step,
            const Limits &limits = {}) {
  size_t total = 0;
  for (size_t at = 0; at < stream.size(); at += step) {
    std::string_view part = stream.substr(at, step);
    auto piece = std::make_unique<uint8_t[]>(part.size());
    std::copy(part.begin(), part.end(), piece.get());
    size_t taken = reader.feed({piece.get(), part.size()}, limits);
    total += taken;
    if (taken != part.size() || reader.state() != State::NeedMore)
      break;
  }
  return total;
}

/// The request that `head` is, checked to be the same under every single cut.
Request good(const std::string &head) {
  RequestReader whole;
  EXPECT_EQ(feed(whole, head, head.size()), head.size());
  EXPECT_EQ(whole.state(), State::Done) << head << ": " << whole.text();
  Request request = whole.take();
  auto expectSame = [&](RequestReader &reader) {
    ASSERT_EQ(reader.state(), State::Done);
    Request other = reader.take();
    EXPECT_EQ(other.method(), request.method());
    EXPECT_EQ(other.target(), request.target());
    EXPECT_EQ(other.header("Host"), request.header("Host"));
  };
  for (size_t cut = 1; cut < head.size(); ++cut) {
    RequestReader reader;
    EXPECT_EQ(feed(reader, head.substr(0, cut), cut), cut);
    EXPECT_EQ(reader.state(), State::NeedMore);
    EXPECT_EQ(feed(reader, head.substr(cut), head.size()), head.size() - cut);
    expectSame(reader);
  }
  RequestReader bytewise;
  EXPECT_EQ(feed(bytewise, head, 1), head.size());
  expectSame(bytewise);
  return request;
}

/// Fails with this status whether it comes whole or byte by byte.
void bad(const std::string &head, unsigned status, const Limits &limits = {}) {
  RequestReader whole, bytewise;
  size_t taken = feed(whole, head, head.size(), limits);
  EXPECT_EQ(whole.state(), State::Failed) << head;
  EXPECT_EQ(whole.status(), status) << head << ": " << whole.text();
  EXPECT_FALSE(whole.text().empty());
  EXPECT_EQ(feed(bytewise, head, 1, limits), taken) << head;
  EXPECT_EQ(bytewise.state(), State::Failed) << head;
  EXPECT_EQ(bytewise.status(), status) << head;
  // And it takes nothing more.
  EXPECT_EQ(feed(whole, "GET / HTTP/1.1\r\n\r\n", 100), 0u);
  EXPECT_EQ(whole.state(), State::Failed);
}

const std::string simple = "GET /a?b=c HTTP/1.1\r\nHost: x\r\n\r\n";

} // namespace

TEST(RequestReader, Parts) {
  Request r = good("GET /room/1?name=x&y HTTP/1.1\r\nHost: example.com:80\r\n"
                   "X-One:  padded \t\r\nEmpty:\r\nx-one: again\r\n"
                   "Accept: a\r\n\r\n");
  EXPECT_EQ(r.method(), "GET");
  EXPECT_EQ(r.target(), "/room/1?name=x&y");
  EXPECT_EQ(r.path(), "/room/1");
  EXPECT_EQ(r.query(), "name=x&y");
  EXPECT_EQ(r.version(), 11u);
  EXPECT_EQ(r.header("host"), "example.com:80");
  EXPECT_EQ(r.header("X-ONE"), "padded, again");
  EXPECT_EQ(r.firstHeader("x-One"), "padded");
  EXPECT_EQ(r.headerCount("x-one"), 2u);
  EXPECT_EQ(r.header("empty"), "");
  EXPECT_EQ(r.headerCount("empty"), 1u);
  EXPECT_EQ(r.header("absent"), "");
  EXPECT_EQ(r.headerCount("absent"), 0u);
  EXPECT_EQ(r.header("ccept"), "");
  EXPECT_EQ(r.header("GET /room/1?name=x&y HTTP/1.1"), "");
  EXPECT_EQ(r.persistence(), Persistence::Keep);
  EXPECT_FALSE(r.isUpgrade());
  EXPECT_FALSE(r.hasBody());
  Request moved = std::move(r);
  EXPECT_EQ(moved.path(), "/room/1");
}

TEST(RequestReader, NoRequestYet) {
  Request none;
  EXPECT_EQ(none.path(), "");
  EXPECT_EQ(none.query(), "");
  EXPECT_EQ(none.header("Host"), "");
}

TEST(RequestReader, Targets) {
  auto get = [](const std::string &target) {
    return good("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n");
  };
  EXPECT_EQ(get("/").path(), "/");
  EXPECT_EQ(get("/?").query(), "");
  EXPECT_EQ(get("/?a?b").query(), "a?b");
  EXPECT_EQ(get("/x?u=http://y/z").path(), "/x");
  EXPECT_EQ(get("http://host:80/p/q?r").path(), "/p/q");
  EXPECT_EQ(get("http://host:80/p/q?r").query(), "r");
  EXPECT_EQ(get("ws://host").path(), "/");
  EXPECT_EQ(get("ws://host?q").path(), "/");
  EXPECT_EQ(get("ws://host?q").query(), "q");
  EXPECT_EQ(get("/caf\xc3\xa9").path(), "/caf\xc3\xa9");
}

TEST(RequestReader, TokensInLists) {
  Request r = good("GET / HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, "
                   "Upgrade\r\nUpgrade: h2c\r\nUPGRADE: foo ,\tWebSocket\r\n"
                   "Other: websockets, awebsocket\r\n\r\n");
  EXPECT_TRUE(r.isUpgrade());
  EXPECT_TRUE(r.headerHasToken("connection", "upgrade"));
  EXPECT_TRUE(r.headerHasToken("Connection", "Keep-Alive"));
  EXPECT_TRUE(r.headerHasToken("upgrade", "h2c"));
  EXPECT_FALSE(r.headerHasToken("upgrade", "h2"));
  EXPECT_FALSE(r.headerHasToken("other", "websocket"));
  EXPECT_FALSE(r.headerHasToken("absent", "websocket"));
}

TEST(RequestReader, PersistenceAndBodies) {
  auto with = [](const std::string &version, const std::string &lines) {
    return good("POST / HTTP/" + version + "\r\nHost: x\r\n" + lines + "\r\n");
  };
  EXPECT_EQ(with("1.1", "").persistence(), Persistence::Keep);
  EXPECT_EQ(with("1.1", "Connection: x, Close\r\n").persistence(),
            Persistence::Close);
  EXPECT_EQ(with("1.0", "").persistence(), Persistence::Close);
  EXPECT_EQ(with("1.0", "Connection: keep-alive\r\n").persistence(),
            Persistence::KeepSaid);
  EXPECT_EQ(
      with("1.0", "Connection: x\r\nConnection: Keep-Alive\r\n").persistence(),
      Persistence::KeepSaid);
  // close has the last word (RFC 9112 section 9.3).
  for (const char *version : {"1.0", "1.1"})
    EXPECT_EQ(with(version, "Connection: keep-alive, close\r\n").persistence(),
              Persistence::Close);
  EXPECT_FALSE(with("1.1", "Content-Length: 0\r\n").hasBody());
  EXPECT_FALSE(with("1.1", "Content-Length: 00, 0\r\n").hasBody());
  for (const char *line :
       {"Content-Length: 5", "Content-Length: 5\r\nContent-Length: 5",
        "Content-Length: 5, 5", "Transfer-Encoding: chunked",
        "Transfer-Encoding: , CHUNKED",
        // Of any size: it is the server's to refuse it.
        "Content-Length: 99999999999"}) {
    Request request = with("1.1", std::string(line) + "\r\n");
    EXPECT_TRUE(request.hasBody()) << line;
    EXPECT_EQ(request.persistence(), Persistence::Close) << line;
  }
}

TEST(RequestReader, TransferEncodings) {
  auto lines = [](const std::string &text, const std::string &version = "1.1") {
    return "GET / HTTP/" + version +
           "\r\nHost: x\r\nTransfer-Encoding: " + text + "\r\n\r\n";
  };
  // Without chunked at its end nobody knows where the body ends: RFC 9112
  // section 6.3, item 4.
  for (const char *text :
       {"xchunked", "chunkedx", "identity", "gzip", "chunked, gzip", "",
        "chunked, chunked", "chunked\r\nTransfer-Encoding: chunked",
        "chunked;q=1", "chunked, identity", "\"chunked\"", "chunked chunked",
        "@, chunked", "chunked\r\nContent-Length: 0",
        "gzip\r\nContent-Length: 3", "\vchunked"})
    bad(lines(text), 400);
  for (const char *text :
       {"gzip, chunked", "gzip\r\nTransfer-Encoding: chunked",
        "x; a=\"b,c\", chunked", "identity, chunked"})
    bad(lines(text), 501);
  bad(lines("chunked", "1.0"), 400);
}

TEST(RequestReader, LeavesWhatFollows) {
  for (std::string after : {std::string("\x81\x85mask....."), simple,
                            std::string("\r\n\r\n"), std::string(1, '\0')}) {
    std::string stream = simple + after;
    for (size_t step = 1; step <= stream.size(); ++step) {
      RequestReader reader;
      ASSERT_EQ(feed(reader, stream, step), simple.size()) << step;
      ASSERT_EQ(reader.state(), State::Done);
      // Nothing is taken until the request is.
      ASSERT_EQ(feed(reader, after, step), 0u);
      EXPECT_EQ(reader.take().target(), "/a?b=c");
    }
  }
}

TEST(RequestReader, ReadsOneAfterAnother) {
  RequestReader reader;
  for (std::string path : {"/one", "/two", "/three"}) {
    feed(reader, "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n", 7);
    ASSERT_EQ(reader.state(), State::Done);
    EXPECT_EQ(reader.take().path(), path);
    ASSERT_EQ(reader.state(), State::NeedMore);
  }
}

TEST(RequestReader, TooLarge) {
  Limits limits;
  limits.maxHeader = uint32_t(simple.size());
  RequestReader fits;
  feed(fits, simple, simple.size(), limits);
  EXPECT_EQ(fits.state(), State::Done);
  limits.maxHeader -= 1;
  bad(simple, 431, limits);
  bad(std::string(100, 'G'), 414, limits);
  limits = Limits();
  bad("GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(16384, 'a') + "\r\n\r\n",
      431);
  bad("GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(16384, 'a'), 431);
  bad("GET /" + std::string(16384, 'a') + " HTTP/1.1\r\n\r\n", 414);
  std::string many = "GET / HTTP/1.1\r\nHost: x\r\n";
  for (int at = 0; at != 5000; ++at)
    many += "a:\r\n";
  bad(many + "\r\n", 431);
  // Just below the limit is fine, also in Beast's eyes (its own is 8192).
  std::string head = "GET / HTTP/1.1\r\nHost: x\r\nA: ";
  std::string large = head + std::string(16384 - head.size() - 4, 'a');
  RequestReader reader;
  EXPECT_EQ(feed(reader, large + "\r\n\r\n", 1000), 16384u);
  EXPECT_EQ(reader.state(), State::Done);
}

TEST(RequestReader, Malformed) {
  std::string end = " HTTP/1.1\r\nHost: x\r\n\r\n";
  bad("\r\n\r\n", 400);
  bad("hello world\r\n\r\n", 400);
  bad("GET /\r\n\r\n", 400); // HTTP/0.9
  bad("GET" + end, 400);
  bad(" GET /" + end, 400);
  bad("GET  /" + end, 400);
  bad("G@T /" + end, 400);
  bad("GET / x" + end, 400);
  bad("GET / HTTP/1.1\nHost: x\n\n", 400);
  bad("GET / HTTP/1.1 \r\nHost: x\r\n\r\n", 400);
  bad("GET / HTTPS/1.1\r\nHost: x\r\n\r\n", 400);
  bad("GET / FOO/1.1\r\nHost: x\r\n\r\n", 400);
  bad("GET / HTTP/2.0\r\nHost: x\r\n\r\n", 505);
  bad("GET / HTTP/3.1\r\nHost: x\r\n\r\n", 505);
  bad("GET / HTTP/0.9\r\nHost: x\r\n\r\n", 505);
  bad("GET / HTTP/2.01\r\nHost: x\r\n\r\n", 400);
  bad("GET / HTTP/1.10\r\nHost: x\r\n\r\n", 400);
  auto lines = [](const std::string &text) {
    return "GET / HTTP/1.1\r\nHost: x\r\n" + text + "\r\n\r\n";
  };
  bad(lines("\r"), 400);
  bad(lines("no colon"), 400);
  bad(lines(": no name"), 400);
  bad(lines("a b: c"), 400);
  bad(lines("a : c"), 400);
  bad(lines(" a: c"), 400);
  bad(lines("a: b\r\n folded"), 400);
  bad(lines("a:\r\n\tfolded"), 400);
  bad(lines("a: b\nc: d"), 400);
  bad(lines("a: b\rc: d"), 400);
  bad(lines(std::string("a: b\0c", 6)), 400);
  bad(lines("a: b\x01"), 400);
  bad(lines("Content-Length: x"), 400);
  bad(lines("Content-Length: -1"), 400);
  bad(lines("Content-Length: +1"), 400);
  bad(lines("Content-Length: 1\r\nContent-Length: 2"), 400);
  bad(lines("Content-Length: 1, 2"), 400);
  bad(lines("Content-Length: 1,"), 400);
  bad(lines("Content-Length: 0x1"), 400);
  bad(lines("Content-Length: 99999999999999999999"), 400);
  bad(lines("Origin: http://x\r\nOrigin: http://x"), 400);
  bad(lines("Sec-WebSocket-Key: a\r\nSec-WebSocket-Key: a"), 400);
  bad(lines("Content-Length: 1\r\nTransfer-Encoding: chunked"), 400);
  bad(lines("Connection: \x7f"), 400);
}

TEST(RequestReader, TargetsOfNoForm) {
  auto with = [](const std::string &target, const std::string &method) {
    return method + " " + target + " HTTP/1.1\r\nHost: x\r\n\r\n";
  };
  for (const char *target : {"foo",         "*",
                             "x:80",        "?x=http://e/p",
                             "http:/x",     "http:x",
                             "http:///x",   "http://",
                             "http://?q",   "http://:80/",
                             "http://a b/", "http://u@h/",
                             "http://h:x/", "http://h/a#b",
                             "http://h#b",  "ftp://h/",
                             "htt://h/",    "://h/",
                             "/a#b",        "/?a#b",
                             "/%zz",        "/%",
                             "/%4",         "/a%4g",
                             "/<x>",        "/\"",
                             "/`",          "/{x}",
                             "/a\\b",       "/?<",
                             "/?\"",        "http://[::1/",
                             "http://[x]/"})
    bad(with(target, "GET"), 400);
  EXPECT_EQ(good(with("*", "OPTIONS")).path(), "*");
  EXPECT_EQ(good(with("x:443", "CONNECT")).host(), "x:443");
  EXPECT_EQ(good(with("[::1]:443", "CONNECT")).path(), "");
  for (const char *target : {"x", "x:", ":80", "/", "*", "http://x:80/", "a b"})
    bad(with(target, "CONNECT"), 400);
  bad(with("**", "OPTIONS"), 400);
}

TEST(RequestReader, TargetsAreNotNormalised) {
  auto get = [](const std::string &target) {
    return good("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n");
  };
  for (const char *path :
       {"/a/../b", "/./a", "//a", "/%61", "/%2e%2E/", "/a%2Fb", "/a;b=c",
        "/a|b^[c]", "/..", "//h/x", "/A"}) {
    EXPECT_EQ(get(path).path(), path);
    EXPECT_EQ(get("HTTP://h" + std::string(path)).path(), path);
  }
  // Browsers send these as they are.
  for (const char *query : {"100%", "%zz", "a={b}|c\\d`e^[f]", "caf\xc3\xa9"})
    EXPECT_EQ(get("/?" + std::string(query)).query(), query);
}

TEST(RequestReader, Host) {
  bad("GET / HTTP/1.1\r\n\r\n", 400);
  bad("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400);
  bad("GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", 400);
  good("GET / HTTP/1.0\r\nA: b\r\n\r\n");
  auto host = [](const std::string &host, const std::string &target = "/") {
    return "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
  };
  for (const char *text :
       {"", "a", "a:80", "a:", "A-b_c.d~", "127.0.0.1:1", "[::1]", "[::1]:443",
        "[::ffff:1.2.3.4]", "[v1.a:b]", "a%20b", "a.:65535", "a;b!$&'()*+,="})
    good(host(text));
  for (const char *text :
       {"a b",     "a/b",    "a@b",        "[::1",    "http://x",  "<x>",
        "a:b",     ":80",    "a:65536",    "a:80:80", "a:-1",      "[]",
        "[a]",     "[::1]x", "[::1%eth0]", "[1.2.3]", "::1",       "a%2",
        "a%zz",    "a?b",    "a#b",        "a\\b",    "a\"b",      "a^b",
        "[v.a]",   "[v1.]",  "[vx.a]",     "a|b",     "a\xc3\xa9", "a, b:1",
        "[:::]:1", "a{b}"})
    bad(host(text), 400);
  // Also where the target overrides it.
  bad(host("a b", "http://c/"), 400);
  Request request = good(host("a", "http://c:80/"));
  EXPECT_EQ(request.host(), "c:80");
  EXPECT_EQ(request.header("host"), "c:80");
}

TEST(RequestReader, OneEmptyLineBeforeTheRequest) {
  EXPECT_EQ(good("\r\n" + simple).path(), "/a");
  bad("\r\n\r\n", 400);
  bad("\n" + simple, 400);
  bad("\r\r\n" + simple, 400);
  RequestReader reader;
  feed(reader, "\r\n", 1);
  EXPECT_FALSE(reader.started());
  feed(reader, "G", 1);
  EXPECT_TRUE(reader.started());
}

TEST(RequestReader, LaterMinorVersionsAreReadAsOurs) {
  EXPECT_EQ(good("GET / HTTP/1.2\r\nHost: x\r\n\r\n").version(), 11u);
  EXPECT_EQ(good("GET / HTTP/1.9\r\nHost: x\r\n\r\n").version(), 11u);
  bad("GET / HTTP/1.2\r\n\r\n", 400);
}

TEST(RequestReader, CookieLinesAreJoinedAsCookies) {
  Request r = good("GET / HTTP/1.1\r\nHost: x\r\nCookie: a=1\r\n"
                   "X: 1\r\ncookie: b=2; c=3\r\nX: 2\r\n\r\n");
  EXPECT_EQ(r.header("COOKIE"), "a=1; b=2; c=3");
  EXPECT_EQ(r.header("X"), "1, 2");
}

TEST(RequestReader, KnowsWhoWantsNoBody) {
  RequestReader reader;
  feed(reader, "HEAD / HTTP/1.1\r\nHost: x\r\n\r\n", 100);
  reader.take();
  EXPECT_TRUE(reader.headOnly());
  feed(reader, simple, 100);
  EXPECT_FALSE(reader.headOnly());
  reader.take();
  feed(reader, "HEAD x HTTP/1.1\r\nHost: x\r\n\r\n", 100);
  EXPECT_EQ(reader.status(), 400u);
  EXPECT_TRUE(reader.headOnly());
}

TEST(RequestReader, FailsEarlyOnWhatIsNotHttp) {
  // No end of a head ever comes.
  bad(std::string("\x16\x03\x01\x02\x00\x01", 6), 400); // A TLS hello.
  bad(std::string("GET /\0", 6), 400);
  bad("GET / HTTP/1.1\n", 400);
  bad("GET / HTTP/1.1\rX", 400);
  bad("\x7f", 400);
  bad("GET /\tx", 400);
}

TEST(QueryValue, Decodes) {
  using Value = std::optional<std::string>;
  EXPECT_EQ(queryValue("", "a"), Value());
  EXPECT_EQ(queryValue("a=1&b=2", "a"), Value("1"));
  EXPECT_EQ(queryValue("a=1&b=2", "b"), Value("2"));
  EXPECT_EQ(queryValue("a=1&b=2", "c"), Value());
  EXPECT_EQ(queryValue("ab=1&a=2&a=3", "a"), Value("2"));
  EXPECT_EQ(queryValue("a&b=", "a"), Value(""));
  EXPECT_EQ(queryValue("a&b=", "b"), Value(""));
  EXPECT_EQ(queryValue("&&a=1=2&", "a"), Value("1=2"));
  EXPECT_EQ(queryValue("a=x%20y+z%2B%c3%A9", "a"), Value("x y z+\xc3\xa9"));
  EXPECT_EQ(queryValue("a=%", "a"), Value("%"));
  EXPECT_EQ(queryValue("a=%4", "a"), Value("%4"));
  EXPECT_EQ(queryValue("a=%4x%x4%41", "a"), Value("%4x%x4A"));
  EXPECT_EQ(queryValue("%6eame=v", "name"), Value("v"));
  EXPECT_EQ(queryValue("a=%00", "a"), Value(std::string(1, '\0')));
}
