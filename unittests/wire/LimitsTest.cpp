//===- LimitsTest.cpp - what a peer cannot make us hold -------------------===//

#include "Support.h"

using namespace plumb::rt::wire;

namespace {

constexpr auto server = Decoder::Role::Server;
constexpr uint64_t max = (uint64_t(1) << 63) - 1;

/// Only the header of a frame that claims `size` bytes.
std::string claim(int opcode, uint64_t size, bool fin = true) {
  std::string out{char((fin ? 0x80 : 0) | opcode), char(0xff)};
  for (int at = 7; at >= 0; --at)
    out += char(size >> (8 * at));
  return out + "key!";
}

} // namespace

TEST(Limits, AtAndOverTheMessageLimit) {
  Limits limits;
  limits.maxMessage = 10;
  std::string ten(10, 'x'), eleven(11, 'x');
  expectEvents(raw({1, ten}), {text(ten)}, server, limits);
  expectEvents(raw({1, eleven}), {error(1009)}, server, limits);
  // The header alone is enough, without the key even.
  expectEvents(raw({1, eleven}).substr(0, 2), {error(1009)}, server, limits);
  // Control frames are no messages.
  expectEvents(raw({9, eleven}), {ping(eleven)}, server, limits);
}

TEST(Limits, TheSumOfTheFragmentsCounts) {
  Limits limits;
  limits.maxMessage = 10;
  std::string five(5, 'a');
  std::string start = raw({2, five, false}) + raw({0, "", false});
  expectEvents(start + raw({0, five}), {binary(five + five)}, server, limits);
  expectEvents(start + raw({0, five, false}) + raw({0, ""}),
               {binary(five + five)}, server, limits);
  expectEvents(start + raw({0, five + "b"}), {error(1009)}, server, limits);
  expectEvents(start + raw({0, five, false}) + raw({0, "b"}), {error(1009)},
               server, limits);
  // The next message starts from zero.
  expectEvents(start + raw({0, five}) + raw({2, five + five}),
               {binary(five + five), binary(five + five)}, server, limits);
  // No sum of two lengths may wrap around.
  limits.maxMessage = max;
  expectEvents(start + claim(0, max), {error(1009)}, server, limits);
}

TEST(Limits, NoLimitAtAllOnEmptyMessages) {
  Limits limits;
  limits.maxMessage = 0;
  expectEvents(raw({1, ""}) + raw({2, "", false}) + raw({0, ""}),
               {text(""), binary("")}, server, limits);
  expectEvents(raw({1, "x"}), {error(1009)}, server, limits);
}

TEST(Limits, AClaimOf2To62Bytes) {
  for (uint64_t size :
       {uint64_t(1) << 62, max, uint64_t(1) << 32, uint64_t((1 << 20) + 1)}) {
    expectEvents(claim(2, size), {error(1009)});
    expectEvents(claim(1, size, false), {error(1009)});
    expectEvents(raw({1, "a", false}) + claim(0, size), {error(1009)});
  }
}

TEST(Limits, MemoryFollowsWhatArrivedNotWhatIsClaimed) {
  Limits limits;
  limits.maxMessage = max;
  for (bool fin : {true, false}) {
    Decoder decoder;
    Scratch scratch;
    auto sink = [](const Event &) { return ADD_FAILURE(), true; };
    std::string stream = claim(2, uint64_t(1) << 62, fin);
    std::vector<uint8_t> bytes(stream.begin(), stream.end());
    EXPECT_EQ(decoder.feed(bytes, limits, scratch, sink), bytes.size());
    EXPECT_LT(decoder.heapBytes(), 1024u);
    std::vector<uint8_t> piece(1000);
    size_t arrived = 0, moves = 0, before = decoder.heapBytes();
    for (int count = 0; count != 2000; ++count) {
      decoder.feed(piece, limits, scratch, sink);
      arrived += piece.size();
      ASSERT_LE(decoder.heapBytes(), 2 * arrived + 1024);
      moves += decoder.heapBytes() != before;
      before = decoder.heapBytes();
    }
    EXPECT_LE(moves, 14u); // Doubling: 11 times from 1000 to 2 million.
  }
}

TEST(Limits, TheBufferOfAKnownSizeIsNotOvershot) {
  Decoder decoder;
  Scratch scratch;
  std::string stream = raw({2, std::string(5000, 'x')});
  std::vector<uint8_t> bytes(stream.begin(), stream.end());
  size_t peak = 0;
  for (size_t at = 0; at + 100 < bytes.size(); at += 100) {
    decoder.feed(std::span(bytes).subspan(at, 100), Limits(), scratch,
                 [](const Event &) { return true; });
    peak = std::max(peak, decoder.heapBytes());
  }
  EXPECT_LE(peak, 5000u + 400);
}

TEST(Limits, TooManyFragments) {
  Limits limits;
  limits.maxFragments = 4;
  std::string empty = raw({0, "", false});
  std::string three = raw({1, "", false}) + empty + empty;
  expectEvents(three + raw({0, "ab"}), {text("ab")}, server, limits);
  expectEvents(three + empty + raw({0, "ab"}), {error(1009)}, server, limits);
  // Control frames between them are not counted, and each message anew.
  expectEvents(three + raw({9, ""}) + raw({9, ""}) + raw({0, ""}) + three +
                   raw({0, ""}),
               {ping(""), ping(""), text(""), text("")}, server, limits);
  // The default stands a flood too.
  std::string flood = raw({1, "", false});
  for (int at = 0; at != 4096; ++at)
    flood += empty;
  EXPECT_EQ(decode(flood, {}), Events{error(1009)});
}

TEST(Limits, ALimitLoweredInTheMiddle) {
  Decoder decoder;
  Scratch scratch;
  Events events;
  auto sink = [&](const Event &e) {
    events.push_back({e.kind, "", e.code});
    return true;
  };
  auto feed = [&](const std::string &stream, uint64_t limit) {
    Limits limits;
    limits.maxMessage = limit;
    std::vector<uint8_t> bytes(stream.begin(), stream.end());
    decoder.feed(bytes, limits, scratch, sink);
  };
  feed(raw({1, "0123456789", false}), 20);
  feed(raw({0, ""}), 5);
  EXPECT_EQ(events, Events{error(1009)});
}
