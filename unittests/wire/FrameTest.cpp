//===- FrameTest.cpp - encoding -------------------------------------------===//

#include "Support.h"

#include "runtime/base/Utf8.h"
#include "runtime/wire/Frame.h"

#include <thread>

using namespace plumb::rt::wire;
using namespace plumb::rt::base;

namespace {

std::string bytesOf(const FrameRef &frame) {
  return std::string(frame.bytes().begin(), frame.bytes().end());
}

} // namespace

TEST(Frame, ExamplesOfSection5_7) {
  EXPECT_EQ(bytesOf(encode(Opcode::Text, asBytes("Hello"))), "\x81\x05Hello");
  EXPECT_EQ(bytesOf(encode(Opcode::Ping, asBytes("Hello"))), "\x89\x05Hello");
  std::vector<uint8_t> out;
  uint8_t key[] = {0x37, 0xfa, 0x21, 0x3d};
  uint32_t word;
  std::memcpy(&word, key, 4);
  encodeMasked(out, Opcode::Text, true, asBytes("Hello"), word);
  EXPECT_EQ(std::string(out.begin(), out.end()),
            "\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58");
}

TEST(Frame, EveryLengthForm) {
  for (size_t size : {0, 1, 125, 126, 127, 65535, 65536, 70000}) {
    std::string payload(size, 'x');
    FrameRef frame = encode(Opcode::Binary, asBytes(payload));
    EXPECT_EQ(bytesOf(frame), raw({2, payload, true, false})) << size;
    EXPECT_EQ(frame.payloadSize(), size);
    EXPECT_EQ(frame.opcode(), Opcode::Binary);
    EXPECT_TRUE(std::equal(payload.begin(), payload.end(),
                           frame.payload().begin(), frame.payload().end()));
    EXPECT_EQ(frame.bytes().size(), frameHeaderSize(size) + size);
    for (bool fin : {true, false}) {
      std::vector<uint8_t> out{'*'}; // Appends.
      encodeMasked(out, Opcode::Continuation, fin, asBytes(payload), 0);
      EXPECT_EQ(std::string(out.begin(), out.end()),
                "*" + raw({0, payload, fin, true, 0, -1, 0}));
    }
  }
}

TEST(Frame, HeadersOfLengthsThatNoTestCanHold) {
  uint8_t out[10];
  EXPECT_EQ(writeFrameHeader(out, Opcode::Binary, false, 0x123456789abcdefu),
            out + 10);
  EXPECT_EQ(std::memcmp(out, "\x02\x7f\x01\x23\x45\x67\x89\xab\xcd\xef", 10),
            0);
}

TEST(Frame, DecodesToWhatWasEncoded) {
  std::string payload = "caf\xc3\xa9";
  EXPECT_EQ(decode(bytesOf(encode(Opcode::Text, asBytes(payload))), {},
                   Decoder::Role::Client),
            Events{text(payload)});
  std::vector<uint8_t> out;
  encodeMasked(out, Opcode::Ping, true, asBytes("p"), 0xdeadbeef);
  EXPECT_EQ(decode(std::string(out.begin(), out.end()), {}), Events{ping("p")});
}

TEST(Frame, Close) {
  auto payload = [](uint16_t code, std::string_view reason) {
    FrameRef frame = encodeClose(code, reason);
    EXPECT_EQ(frame.opcode(), Opcode::Close);
    return std::string(frame.payload().begin(), frame.payload().end());
  };
  EXPECT_EQ(payload(1000, "bye"), "\x03\xe8"
                                  "bye");
  EXPECT_EQ(payload(4999, ""), "\x13\x87");
  EXPECT_EQ(payload(1005, "ignored"), "");
  for (uint16_t bad : {0, 999, 1004, 1006, 1015, 2999, 5000, 65535})
    EXPECT_EQ(payload(bad, ""), "\x03\xf3") << bad; // 1011
  // At most 125 bytes, cut between two characters, never inside one.
  for (std::string_view last :
       {"x", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80"})
    for (size_t before = 118; before != 126; ++before) {
      std::string reason =
          std::string(before, 'a') + std::string(last) + "zzzzz";
      std::string kept = payload(3000, reason).substr(2);
      EXPECT_LE(kept.size(), 123u);
      EXPECT_TRUE(isValidUtf8(asBytes(kept)));
      EXPECT_TRUE(reason.starts_with(kept));
      EXPECT_GT(kept.size() + last.size(), 123u); // No more than needed.
    }
  EXPECT_EQ(payload(3000, "good\xff"
                          "bad"),
            "\x0b\xb8good");
}

/// A program's text is judged before it goes out (RFC 6455 section 8.1).
TEST(Frame, MessagesAreTextOrNone) {
  // Longer than a word, so that the bad byte is in each part of the copy.
  for (size_t at : {0, 7, 20, 32, 39}) {
    std::string bytes(40, 'x');
    bytes[at] = '\xff';
    EXPECT_FALSE(encodeMessage(Opcode::Text, asBytes(bytes))) << at;
    FrameRef data = encodeMessage(Opcode::Binary, asBytes(bytes));
    ASSERT_TRUE(data);
    EXPECT_EQ(std::string(data.payload().begin(), data.payload().end()), bytes);
  }
  EXPECT_TRUE(encodeMessage(Opcode::Text, asBytes("k\xc3\xa4se")));
}

TEST(Frame, References) {
  FrameRef none;
  EXPECT_FALSE(none);
  EXPECT_TRUE(none.bytes().empty());
  EXPECT_EQ(none.payloadSize(), 0u);
  FrameRef first = encode(Opcode::Text, asBytes("shared"));
  FrameRef second = first;
  EXPECT_TRUE(second == first);
  EXPECT_EQ(first.bytes().data(), second.bytes().data());
  FrameRef third = std::move(first);
  EXPECT_FALSE(first); // NOLINT(bugprone-use-after-move): what a move leaves
  second = static_cast<const FrameRef &>(second); // To itself.
  second = FrameRef();
  EXPECT_EQ(bytesOf(third), "\x81\x06shared");
}

TEST(Frame, SharedBetweenThreads) {
  // Under ASan or TSan this fails when the count is wrong.
  FrameRef frame = encode(Opcode::Text, asBytes("shared"));
  std::vector<std::thread> threads;
  for (int at = 0; at != 4; ++at)
    threads.emplace_back([copy = frame] {
      for (int round = 0; round != 20000; ++round) {
        FrameRef mine = copy, other = mine;
        ASSERT_EQ(other.payloadSize(), 6u);
      }
    });
  frame = FrameRef();
  for (std::thread &thread : threads)
    thread.join();
}
