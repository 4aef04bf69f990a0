//===- SessionTest.cpp - HTTP on one connection, without a socket ---------===//

#include "runtime/http/Session.h"
#include "runtime/base/Utf8.h"
#include "runtime/http/Pages.h"

#include <gtest/gtest.h>

using namespace plumb::rt;
using namespace plumb::rt::http;

namespace {

constexpr wire::Limits limits{.maxHeader = 1000};

struct SessionTest : testing::Test {
  /// Reads one request's worth of `text`, which is cut by that.
  Session::State read(std::string &text) {
    auto bytes = base::asBytes(text);
    Session::State state = session.read(bytes, limits);
    text.erase(0, text.size() - bytes.size());
    return state;
  }
  /// What the session answers by itself to one request; empty when nothing.
  std::string answer(std::string text, bool secure = false) {
    EXPECT_EQ(read(text), Session::State::Request) << text;
    wire::Request request = session.takeRequest();
    auto response =
        session.answer(request, secure, request.persistence(), fault);
    persistence = response ? response->persistence : persistence;
    return response ? response->head : std::string();
  }
  Session session;
  wire::RequestFault fault;
  wire::Persistence persistence = wire::Persistence::Keep;
};

} // namespace

TEST_F(SessionTest, RequestsAreReadOneAtATime) {
  std::string text = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n"
                     "GET /b HTTP/1.1\r\nHost: x\r\n\r\nGE";
  EXPECT_EQ(read(text), Session::State::Request);
  EXPECT_EQ(session.takeRequest().path(), "/a");
  EXPECT_EQ(read(text), Session::State::Request);
  EXPECT_EQ(session.takeRequest().path(), "/b");
  EXPECT_FALSE(session.started());
  EXPECT_EQ(read(text), Session::State::NeedMore);
  EXPECT_TRUE(session.started());
  EXPECT_EQ(text, "");
}

TEST_F(SessionTest, WhatIsNoRequestIsRefused) {
  std::string text = "HELLO\r\n\r\n";
  EXPECT_EQ(read(text), Session::State::Refused);
  EXPECT_EQ(session.status(), 400u);
  Response response = session.refusal();
  EXPECT_TRUE(response.head.starts_with("HTTP/1.1 400 ")) << response.head;
  EXPECT_EQ(response.persistence, wire::Persistence::Close);
}

TEST_F(SessionTest, TooLongARequestIsRefused) {
  std::string text =
      "GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(2000, 'a');
  EXPECT_EQ(read(text), Session::State::Refused);
  EXPECT_EQ(session.status(), 431u);
}

TEST_F(SessionTest, MethodsThatNobodyHasAreRefused) {
  EXPECT_TRUE(answer("POST / HTTP/1.1\r\nHost: x\r\n\r\n")
                  .starts_with("HTTP/1.1 405 "));
  EXPECT_EQ(fault.status, 405u);
  EXPECT_EQ(persistence, wire::Persistence::Close);
}

TEST_F(SessionTest, OptionsAreAnswered) {
  EXPECT_TRUE(answer("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n")
                  .find("Allow: GET, HEAD, OPTIONS") != std::string::npos);
  EXPECT_FALSE(fault);
  EXPECT_EQ(persistence, wire::Persistence::Keep);
}

TEST_F(SessionTest, OtherRequestsAreForOthers) {
  EXPECT_EQ(answer("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), "");
  EXPECT_EQ(answer("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n"), "");
  EXPECT_TRUE(session.headOnly());
}

TEST_F(SessionTest, ARefusalOfHeadHasNoBody) {
  std::string text = "HEAD / HTTP/1.1\r\nHost: x\r\n\r\n";
  EXPECT_EQ(read(text), Session::State::Request);
  EXPECT_TRUE(session.refusal(503, "full").head.ends_with("\r\n\r\n"));
}

TEST_F(SessionTest, PagesAreSentWithTheirTag) {
  std::string page = "hello";
  Pages::instance().set("/session-test", "text/plain",
                        wire::Bytes(page.begin(), page.end()));
  std::string text = "GET /session-test HTTP/1.1\r\nHost: x\r\n\r\n";
  ASSERT_EQ(read(text), Session::State::Request);
  Response response = pageFor(session.takeRequest(), session.headOnly());
  EXPECT_TRUE(response.head.starts_with("HTTP/1.1 200 ")) << response.head;
  ASSERT_TRUE(response.body);
  EXPECT_EQ(response.body->size(), page.size());
  size_t at = response.head.find("ETag: ") + 6;
  std::string tag =
      response.head.substr(at, response.head.find("\r\n", at) - at);

  text = "GET /session-test HTTP/1.1\r\nHost: x\r\nIf-None-Match: " + tag +
         "\r\n\r\n";
  ASSERT_EQ(read(text), Session::State::Request);
  response = pageFor(session.takeRequest(), session.headOnly());
  EXPECT_TRUE(response.head.starts_with("HTTP/1.1 304 ")) << response.head;
  EXPECT_FALSE(response.body);

  text = "GET /session-no HTTP/1.1\r\nHost: x\r\n\r\n";
  ASSERT_EQ(read(text), Session::State::Request);
  EXPECT_TRUE(
      pageFor(session.takeRequest(), false).head.starts_with("HTTP/1.1 404 "));
}
