//===- DecoderErrorTest.cpp - every rule that a peer can break ------------===//

#include "Support.h"

using namespace plumb::rt::wire;

namespace {

constexpr auto client = Decoder::Role::Client;

/// The stream fails with `code`, under every cut, after `before`, and the
/// message names the section.
void expectError(const std::string &stream, uint16_t code,
                 std::string_view section, Events before = {},
                 Decoder::Role role = Decoder::Role::Server) {
  before.push_back(error(code));
  expectEvents(stream, before, role);
  Events got = decode(stream, {}, role);
  ASSERT_FALSE(got.empty());
  EXPECT_NE(got.back().what.find("RFC 6455 " + std::string(section)),
            std::string::npos)
      << got.back().what;
  // What follows an error is not looked at.
  expectEvents(stream + raw({1, "late"}), before, role);
}

} // namespace

TEST(DecoderError, ReservedBits) {
  for (int bits = 0x10; bits <= 0x70; bits += 0x10)
    for (int opcode : {0, 1, 2, 8, 9, 10})
      expectError(raw({opcode, "", true, true, bits}), 1002, "5.2");
  expectError(raw({1, "a", false}) + raw({0, "b", true, true, 0x40}), 1002,
              "5.2");
}

TEST(DecoderError, ReservedOpcodes) {
  for (int opcode : {3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {
    expectError(raw({opcode, "x"}), 1002, "5.2");
    expectError(raw({1, "a", false}) + raw({opcode, "b"}), 1002, "5.2");
  }
}

TEST(DecoderError, Masking) {
  for (int opcode : {1, 2, 8, 9, 10}) {
    expectError(raw({opcode, "", true, false}), 1002, "5.1");
    expectError(raw({opcode, "", true, true}), 1002, "5.1", {}, client);
  }
  expectError(raw({1, "a"}) + raw({1, "b", true, false}), 1002, "5.1",
              {text("a")});
}

TEST(DecoderError, ControlFrames) {
  for (int opcode : {8, 9, 10}) {
    expectError(raw({opcode, "", false}), 1002, "5.5");
    expectError(raw({opcode, std::string(126, 'x')}), 1002, "5.5");
    expectError(raw({opcode, std::string(70000, 'x')}).substr(0, 200), 1002,
                "5.5");
    expectError(raw({opcode, "x", true, true, 0, 2}), 1002, "5.5");
  }
}

TEST(DecoderError, Fragmentation) {
  expectError(raw({0, "x"}), 1002, "5.4");
  expectError(raw({0, "x", false}), 1002, "5.4");
  expectError(raw({1, "a", false}) + raw({1, "b"}), 1002, "5.4");
  expectError(raw({1, "a", false}) + raw({2, "b"}), 1002, "5.4");
  expectError(raw({2, "", false}) + raw({2, "b"}), 1002, "5.4");
  expectError(raw({2, "", false}) + raw({9, "p"}) + raw({2, "b"}), 1002, "5.4",
              {ping("p")});
  expectError(raw({1, "a", false}) + raw({0, "b"}) + raw({0, "c"}), 1002, "5.4",
              {text("ab")});
  expectError(raw({1, "a"}) + raw({0, "b"}), 1002, "5.4", {text("a")});
}

TEST(DecoderError, LengthForms) {
  for (size_t size : {0, 1, 125})
    for (int bytes : {2, 8})
      expectError(raw({2, std::string(size, 'x'), true, true, 0, bytes}), 1002,
                  "5.2");
  for (size_t size : {126, 65535})
    expectError(
        raw({2, std::string(size, 'x'), true, true, 0, 8}).substr(0, 300), 1002,
        "5.2");
  expectError(std::string("\x82\xff\x80\0\0\0\0\0\0\0abcd", 14), 1002, "5.2");
  expectError(std::string("\x82\xff\xff\xff\xff\xff\xff\xff\xff\xff", 10), 1002,
              "5.2");
}

TEST(DecoderError, ClosePayload) {
  expectError(raw({8, "\x03"}), 1002, "5.5.1");
  expectError(raw({8, std::string("\x00\x00", 2)}), 1002, "7.4");
  expectError(raw({8, "\x03\xed"}), 1002, "7.4");     // 1005
  expectError(raw({8, "\x03\xee"}), 1002, "7.4");     // 1006
  expectError(raw({8, "\x03\xf7 tls"}), 1002, "7.4"); // 1015
  expectError(raw({8, "\x13\x88"}), 1002, "7.4");     // 5000
  expectError(raw({8, "\x03\xe8\xff"}), 1007, "5.5.1");
  expectError(raw({8, "\x03\xe8ok\xe2\x82"}), 1007, "5.5.1");
  expectError(raw({1, "a", false}) + raw({8, "\x03"}), 1002, "5.5.1");
}

TEST(DecoderError, TextIsNotUtf8) {
  for (std::string bad :
       {"\x80", "\xff", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80",
        "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80", "\xc3(", "\xe2\x82(",
        "\xf0\x9f\x98(", "ab\xc3", "ab\xe2\x82", "ab\xf0\x9f\x98"}) {
    expectError(raw({1, bad}), 1007, "8.1");
    expectError(raw({1, "sixteen bytes...and more" + bad}), 1007, "8.1");
    for (size_t at = 0; at <= bad.size(); ++at)
      expectError(raw({1, bad.substr(0, at), false}) + raw({0, bad.substr(at)}),
                  1007, "8.1");
    // Binary is nobody's business.
    expectEvents(raw({2, bad}), {binary(bad)});
  }
}

TEST(DecoderError, TextFailsAtItsFirstBadByte) {
  // Of a frame of 1000 bytes only the first bad one has come.
  for (std::string start : {"ok\xff", "\xed\xa0", "\xf4\x90", "\xe0\x9f"}) {
    std::string stream = raw({1, start + std::string(1000, 'x')});
    stream.resize(8 + start.size());
    expectEvents(stream, {error(1007)});
    stream.pop_back();
    expectEvents(stream, {});
  }
  // A character that a fragment leaves open may not be closed wrongly.
  std::string stream = raw({1, "\xe2", false}) + raw({9, "p"});
  expectEvents(stream + raw({0, "\x28...", false}), {ping("p"), error(1007)});
}

TEST(DecoderError, FailsBeforeTheRestArrives) {
  // Each rule as soon as its byte is there: nobody waits for a frame's end.
  EXPECT_EQ(decode("\xc1", {}), Events{error(1002)});
  EXPECT_EQ(decode("\x83", {}), Events{error(1002)});
  EXPECT_EQ(decode("\x09", {}), Events{error(1002)});
  EXPECT_EQ(decode(std::string_view("\x80", 1), {}), Events{error(1002)});
  EXPECT_EQ(decode("\x81\x05", {}), Events{error(1002)});
  EXPECT_EQ(decode("\x89\xfe", {}), Events{error(1002)});
  EXPECT_EQ(decode("\x82\xff\x80", {}), Events{error(1002)});
}
