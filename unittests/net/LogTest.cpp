//===- LogTest.cpp - lines of the log, in both forms ----------------------===//

#include "runtime/net/Log.h"

#include <gtest/gtest.h>

using namespace plumb::rt::net;

namespace {
std::string text(LogLevel level, std::string_view message,
                 std::initializer_list<LogField> fields = {},
                 Logger logger = Logger::Plumb) {
  return logLine(LogFormat::Text, level, logger, message,
                 std::span(fields.begin(), fields.size()), 0);
}
std::string json(std::string_view message,
                 std::initializer_list<LogField> fields = {},
                 int64_t milliseconds = 0) {
  return logLine(LogFormat::Json, LogLevel::Warning, Logger::Plumb, message,
                 std::span(fields.begin(), fields.size()), milliseconds);
}
} // namespace

TEST(LogLine, WhoSpeaksAndHowLoud) {
  EXPECT_EQ(text(LogLevel::Info, "hello"), "plumb: hello\n");
  EXPECT_EQ(text(LogLevel::Error, "hello"), "plumb: error: hello\n");
  EXPECT_EQ(text(LogLevel::Info, "hello", {}, Logger::Program),
            "info: hello\n");
  EXPECT_EQ(json("hello"), "{\"time\":\"1970-01-01T00:00:00.000Z\","
                           "\"level\":\"warning\",\"logger\":\"plumb\","
                           "\"message\":\"hello\"}\n");
  EXPECT_NE(json("", {}, 1764107841042).find("\"2025-11-25T21:57:21.042Z\""),
            std::string::npos);
}

TEST(LogLine, Fields) {
  EXPECT_EQ(text(LogLevel::Info, "m",
                 {{"code", 1006},
                  {"path", "/a"},
                  {"room", "two words"},
                  {"empty", ""},
                  {"equal", "a=b"}}),
            "plumb: m code=1006 path=/a room=\"two words\" empty=\"\" "
            "equal=\"a=b\"\n");
  std::string line = json("m", {{"code", -7}, {"room", "two words"}});
  EXPECT_TRUE(line.ends_with("\"code\":-7,\"room\":\"two words\"}\n")) << line;
}

TEST(LogLine, WhatPeersSendStaysInItsPlace) {
  // A line of its own, a terminal's command (also in C1), a value that would
  // end, what is not UTF-8: overlong, a surrogate, cut off, a lone byte.
  EXPECT_EQ(text(LogLevel::Info, "a\nplumb: error: b\r\t\x1b[2J\x7f\xc2\x9bq"),
            "plumb: a\\nplumb: error: b\\r\\t\\x1b[2J\\x7f\\x9bq\n");
  EXPECT_EQ(text(LogLevel::Info, "m", {{"v", "x\" code=1 \\\n"}}),
            "plumb: m v=\"x\\\" code=1 \\\\\\n\"\n");
  EXPECT_EQ(text(LogLevel::Info, "\xc0\xaf|\xed\xa0\x80|\xf5|\xe2\x82"),
            "plumb: \\xc0\\xaf|\\xed\\xa0\\x80|\\xf5|\\xe2\\x82\n");
  EXPECT_EQ(text(LogLevel::Info, "Zoë \xe2\x82\xac \xf0\x9f\x98\x80"),
            "plumb: Zoë \xe2\x82\xac \xf0\x9f\x98\x80\n");
  std::string line = json("a\n\"\\\x01\x7f\xc2\x85", {{"v", "\xff\",\"x\":1"}});
  EXPECT_NE(line.find("\"message\":\"a\\n\\\"\\\\\\u0001\\u007f\\u0085\","
                      "\"v\":\"\\ufffd\\\",\\\"x\\\":1\"}\n"),
            std::string::npos)
      << line;
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  EXPECT_EQ(text(LogLevel::Info, {"a\0b", 3}), "plumb: a\\x00b\n");
}

TEST(LogGate, OneLineAMinute) {
  LogGate gate(1, 60000);
  uint64_t leftOut = 0;
  EXPECT_TRUE(gate.pass(5, leftOut));
  for (int64_t now : {5, 6, 30000, 60004})
    EXPECT_FALSE(gate.pass(now, leftOut)) << now;
  EXPECT_TRUE(gate.pass(60005, leftOut));
  EXPECT_EQ(leftOut, 4u);
  EXPECT_FALSE(gate.pass(60006, leftOut));
}

TEST(LogGate, FewLinesAWindowAndWhatWasLeftOut) {
  LogGate gate;
  uint64_t leftOut;
  int64_t now = 5;
  for (uint32_t i = 0; i < LogGate::linesAWindow; ++i) {
    EXPECT_TRUE(gate.pass(now++, leftOut));
    EXPECT_EQ(leftOut, 0u);
  }
  for (int i = 0; i < 7; ++i)
    EXPECT_FALSE(gate.pass(now++, leftOut));
  EXPECT_FALSE(gate.pass(5 + LogGate::windowMs - 1, leftOut));
  EXPECT_TRUE(gate.pass(5 + LogGate::windowMs, leftOut));
  EXPECT_EQ(leftOut, 8u);
  EXPECT_TRUE(gate.pass(6 + LogGate::windowMs, leftOut));
  EXPECT_EQ(leftOut, 0u);
}
