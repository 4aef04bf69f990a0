//===- LogTest.cpp - lines of the log, in both forms ----------------------===//

#include "runtime/base/Log.h"
#include "runtime/base/Unicode.h"

#include <gtest/gtest.h>

using namespace plumb::rt::base;

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

/// Of every code point and every form: nothing that ends a line or turns it
/// around is in the output, and JSON keeps what was said.
TEST(LogLine, EveryCodePoint) {
  auto utf8 = [](char32_t p) {
    std::string out;
    if (p < 0x80)
      return out += static_cast<char>(p);
    int more = p < 0x800 ? 1 : p < 0x10000 ? 2 : 3;
    out += static_cast<char>(0xf80 >> more & 0xff) |
           static_cast<char>(p >> (6 * more));
    while (more-- > 0)
      out += static_cast<char>(0x80 | (p >> (6 * more) & 0x3f));
    return out;
  };
  size_t escaped = 0;
  for (char32_t p = 0; p <= 0x10ffff; ++p) {
    std::string one = utf8(p), line = text(LogLevel::Info, "a" + one + "b"),
                value = text(LogLevel::Info, "m", {{"v", "a" + one + "b"}}),
                object = json("a" + one + "b");
    bool raw = line.find(one) != line.npos && p != 'a' && p != 'b' && p != '\n';
    if (isInvisible(p)) {
      ++escaped;
      for (const std::string *out : {&line, &value, &object}) {
        ASSERT_EQ(out->find("a" + one), out->npos) << std::hex << uint32_t(p);
        ASSERT_EQ(out->find('\n'), out->size() - 1) << std::hex << uint32_t(p);
        ASSERT_NE(out->find("a\\"), out->npos) << std::hex << uint32_t(p);
      }
    } else {
      ASSERT_TRUE(raw || p == 'a' || p == 'b') << std::hex << uint32_t(p);
    }
  }
  EXPECT_GT(escaped, 6000u);
  // Those that are known to be used.
  for (char32_t p :
       {0x0au,    0x85u,    0x9bu,    0xadu,    0x61cu,    0x200bu,
        0x200eu,  0x200fu,  0x2028u,  0x2029u,  0x202au,   0x202eu,
        0x2066u,  0x2069u,  0xfeffu,  0xfff9u,  0xffffu,   0x1d173u,
        0xe0001u, 0xe0041u, 0xe0100u, 0x1fffeu, 0x10ffffu, 0xd800u})
    EXPECT_TRUE(isInvisible(p)) << std::hex << uint32_t(p);
  for (char32_t p : {0x20u, 0xa0u, 0xebu, 0x20acu, 0x4e00u, 0xac00u, 0xe000u,
                     0xfffdu, 0x1f600u})
    EXPECT_FALSE(isInvisible(p)) << std::hex << uint32_t(p);
  EXPECT_EQ(text(LogLevel::Info, "a\u202eb\u2028c\U000e0041"),
            "plumb: a\\u{202e}b\\u{2028}c\\u{e0041}\n");
  EXPECT_NE(json("a\u202eb\U000e0041").find("a\\u202eb\\udb40\\udc41\""),
            std::string::npos);
}

template <typename... Arguments>
concept CanLog = requires(Arguments &&...arguments) {
  log(std::forward<Arguments>(arguments)...);
};
static_assert(CanLog<LogGate &, LogLevel, const char *>);
static_assert(CanLog<Ungated, LogLevel, const char *>);
static_assert(!CanLog<LogLevel, const char *>, "no line without a gate");

TEST(LogGate, WhatIsKeptBackIsCounted) {
  LogGate gate(1, 60000);
  uint64_t before = linesGated(), leftOut;
  for (int i = 0; i < 5; ++i)
    gate.pass(0, leftOut);
  EXPECT_EQ(linesGated() - before, 4u);
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
