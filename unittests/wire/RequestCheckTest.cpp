//===- RequestCheckTest.cpp - what any server here refuses ----------------===//

#include "runtime/wire/RequestCheck.h"
#include "runtime/base/Utf8.h"
#include "runtime/wire/RequestReader.h"

#include <gtest/gtest.h>

using namespace plumb::rt::wire;
using namespace plumb::rt::base;

namespace {
unsigned status(const std::string &line, bool secure = false) {
  RequestReader reader;
  reader.feed(asBytes(line + " HTTP/1.1\r\nHost: x\r\n\r\n"), Limits());
  EXPECT_EQ(reader.state(), RequestReader::State::Done) << line;
  return checkService(reader.take(), secure).status;
}
} // namespace

TEST(CheckService, Methods) {
  for (const char *method : {"GET", "HEAD", "OPTIONS"})
    EXPECT_EQ(status(std::string(method) + " /"), 0u);
  EXPECT_EQ(status("OPTIONS *"), 0u);
  for (const char *method : {"POST", "PUT", "DELETE", "TRACE", "PATCH"})
    EXPECT_EQ(status(std::string(method) + " /"), 405u);
  EXPECT_EQ(status("CONNECT x:80"), 405u);
  for (const char *method : {"FOO", "get", "GETX", "PRI"})
    EXPECT_EQ(status(std::string(method) + " /"), 501u);
}

TEST(CheckService, Schemes) {
  for (const char *scheme : {"http", "ws", "HTTP"}) {
    EXPECT_EQ(status("GET " + std::string(scheme) + "://x/"), 0u);
    EXPECT_EQ(status("GET " + std::string(scheme) + "://x/", true), 421u);
  }
  for (const char *scheme : {"https", "wss", "HttpS"}) {
    EXPECT_EQ(status("GET " + std::string(scheme) + "://x/"), 421u);
    EXPECT_EQ(status("GET " + std::string(scheme) + "://x/", true), 0u);
  }
}
