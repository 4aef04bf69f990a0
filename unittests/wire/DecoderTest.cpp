//===- DecoderTest.cpp - valid streams under every cut --------------------===//

#include "Support.h"

using namespace plumb::rt::wire;

namespace {

std::string noise(size_t size, unsigned seed = 1) {
  std::mt19937 random(seed);
  std::string bytes(size, 0);
  for (char &c : bytes)
    c = char(random());
  return bytes;
}

constexpr auto client = Decoder::Role::Client;

} // namespace

TEST(Decoder, ExamplesOfSection5_7) {
  // Verbatim from RFC 6455 section 5.7, so that our own builder is not the
  // only source of frames.
  std::string_view masked("\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58", 11);
  expectEvents(masked, {text("Hello")});
  std::string_view plain("\x81\x05Hello", 7);
  expectEvents(plain, {text("Hello")}, client);
  std::string_view parts("\x01\x03Hel\x80\x02lo", 9);
  expectEvents(parts, {text("Hello")}, client);
  std::string_view pinged("\x89\x05Hello", 7);
  expectEvents(pinged, {ping("Hello")}, client);
  std::string_view ponged("\x8a\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58", 11);
  expectEvents(ponged, {pong("Hello")});
  std::string medium = noise(256), large = noise(65536);
  expectEvents(std::string("\x82\x7e\x01\x00", 4) + medium, {binary(medium)},
               client);
  expectEvents(std::string("\x82\x7f\0\0\0\0\0\x01\0\0", 10) + large,
               {binary(large)}, client);
}

TEST(Decoder, EveryPayloadSizeAroundTheLengthForms) {
  for (size_t size :
       {0,  1,  2,  3,  4,  5,   7,   8,   9,   15,  16,  17,  31,
        32, 33, 63, 64, 65, 124, 125, 126, 127, 128, 255, 256, 1000}) {
    SCOPED_TRACE(size);
    std::string payload = noise(size, unsigned(size));
    expectEvents(raw({2, payload}), {binary(payload)});
    expectEvents(raw({2, payload, true, false}), {binary(payload)}, client);
  }
  for (size_t size : {65535, 65536, 65537, 300000}) {
    std::string payload = noise(size);
    std::string stream = raw({2, payload});
    for (size_t step :
         {stream.size(), size_t(1), size_t(4096), size_t(65537)}) {
      std::vector<size_t> cuts;
      for (size_t at = step; at < stream.size(); at += step)
        cuts.push_back(at);
      ASSERT_EQ(decode(stream, cuts), Events{binary(payload)});
    }
  }
}

TEST(Decoder, ShortStreamsUnderEveryCut) {
  expectEvents(raw({1, ""}), {text("")});
  expectEvents(raw({2, ""}), {binary("")});
  expectEvents(raw({9, ""}), {ping("")});
  expectEvents(raw({10, "x"}), {pong("x")});
  expectEvents(raw({1, "ab"}) + raw({8, ""}), {text("ab"), closed(1005)});
  expectEvents(raw({1, "ab", true, false}) + raw({2, "c", true, false}) +
                   raw({9, "", true, false}) + raw({10, "d", true, false}),
               {text("ab"), binary("c"), ping(""), pong("d")}, client);
  expectEvents(raw({1, "a", false, false}) + raw({0, "", false, false}) +
                   raw({9, "p", true, false}) + raw({0, "b", true, false}),
               {ping("p"), text("ab")}, client);
  expectEvents(raw({2, "", false, false}) + raw({0, "", true, false}) +
                   raw({1, "", false, false}) + raw({0, "", true, false}),
               {binary(""), text("")}, client);
}

TEST(Decoder, ControlFramesBetweenAllFragments) {
  std::string big(125, 'p');
  std::string stream =
      raw({9, "before"}) + raw({1, "one ", false}) + raw({9, big}) +
      raw({10, "in"}) + raw({0, "two ", false}) + raw({0, "", false}) +
      raw({9, ""}) + raw({0, "three"}) + raw({10, "after"}) + raw({1, "next"});
  expectEvents(stream, {ping("before"), ping(big), pong("in"), ping(""),
                        text("one two three"), pong("after"), text("next")});
}

TEST(Decoder, CharactersSplitOverFragments) {
  std::string all = "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80z";
  for (size_t a = 0; a <= all.size(); ++a)
    for (size_t b = a; b <= all.size(); ++b)
      expectEvents(raw({1, all.substr(0, a), false}) +
                       raw({0, all.substr(a, b - a), false}) + raw({9, "x"}) +
                       raw({0, all.substr(b)}),
                   {ping("x"), text(all)});
}

TEST(Decoder, ManyMessagesInOneRead) {
  std::string stream;
  Events expected;
  for (int at = 0; at != 300; ++at) {
    std::string payload = noise(size_t(at), unsigned(at));
    stream += raw({2, payload, true, true, 0, -1, uint32_t(at) * 0x9e3779b9u});
    expected.push_back(binary(payload));
  }
  ASSERT_EQ(decode(stream, {}), expected);
  std::mt19937 random(7);
  for (int round = 0; round != 100; ++round) {
    std::vector<size_t> cuts;
    for (size_t at = random() % 400; at < stream.size(); at += random() % 400)
      cuts.push_back(at);
    ASSERT_EQ(decode(stream, cuts), expected);
  }
}

TEST(Decoder, CloseEndsTheStream) {
  // Section 5.5.1: what follows a close frame is not looked at.
  std::string close = raw({8, std::string("\x03\xe8") + "bye"});
  expectEvents(close + raw({1, "late"}) + "\xff\xff\xff",
               {closed(1000, "bye")});
  expectEvents(raw({1, "half", false}) + close + raw({0, "late"}),
               {closed(1000, "bye")});
}

TEST(Decoder, EveryCloseCode) {
  for (uint32_t code = 0; code != 65536; ++code) {
    // Section 7.4.1 and 7.4.2, and 1012-1014 of the IANA registry, spelt out.
    bool good = code == 1000 || code == 1001 || code == 1002 || code == 1003 ||
                code == 1007 || code == 1008 || code == 1009 || code == 1010 ||
                code == 1011 || code == 1012 || code == 1013 || code == 1014 ||
                (code >= 3000 && code < 5000);
    std::string payload{char(code >> 8), char(code)};
    Seen expected = good ? closed(uint16_t(code)) : error(1002);
    ASSERT_EQ(decode(raw({8, payload}), {}), Events{expected}) << code;
    ASSERT_EQ(isValidCloseCode(uint16_t(code)), good) << code;
  }
}

TEST(Decoder, ReasonIsAlignedAndWhole) {
  for (size_t size = 0; size <= 123; ++size) {
    std::string reason(size, 'r');
    expectEvents(raw({8, "\x0f\xa0" + reason}), {closed(4000, reason)});
  }
}

TEST(Decoder, SinkStopsAndTheRestCanFollow) {
  std::string stream = raw({1, "a"}) + raw({1, "b", false}) + raw({0, "c"}) +
                       raw({9, "d"}) + raw({1, "e"});
  std::vector<uint8_t> bytes(stream.begin(), stream.end());
  Decoder decoder;
  Scratch scratch;
  Events events;
  std::vector<size_t> ends;
  size_t at = 0;
  while (at != bytes.size()) {
    size_t before = events.size();
    at += decoder.feed(
        std::span(bytes).subspan(at), Limits(), scratch, [&](const Event &e) {
          events.push_back(
              {e.kind, std::string(e.payload.begin(), e.payload.end())});
          return false;
        });
    ASSERT_EQ(events.size(), before + 1); // Stopped after the first one.
    ends.push_back(at);
  }
  EXPECT_EQ(events, (Events{text("a"), text("bc"), ping("d"), text("e")}));
  EXPECT_EQ(ends, (std::vector<size_t>{7, 21, 28, 35}));
}

TEST(Decoder, SinkMayDestroyTheDecoder) {
  for (std::string stream :
       {raw({1, "a"}), raw({1, "a", false}) + raw({0, "b"}), raw({8, ""}),
        raw({1, "\xff"})}) {
    stream += raw({1, "never"});
    auto decoder = std::make_unique<Decoder>();
    Scratch scratch;
    int calls = 0;
    std::vector<uint8_t> bytes(stream.begin(), stream.end());
    Decoder &feeding = *decoder;
    feeding.feed(bytes, Limits(), scratch, [&](const Event &event) {
      decoder.reset();
      // The payload must outlive the decoder for the rest of the call.
      std::fill(event.payload.begin(), event.payload.end(), 0);
      ++calls;
      return false;
    });
    EXPECT_EQ(calls, 1);
  }
}

TEST(Decoder, SinkMayThrow) {
  std::string stream = raw({1, "a", false}) + raw({0, "b"});
  std::vector<uint8_t> bytes(stream.begin(), stream.end());
  Decoder decoder;
  Scratch scratch;
  auto throwing = [](const Event &) -> bool { throw 1; };
  EXPECT_THROW(decoder.feed(bytes, Limits(), scratch, throwing), int);
  EXPECT_TRUE(decoder.idle());
  Events events;
  decoder.feed(bytes, Limits(), scratch, [&](const Event &e) {
    events.push_back({e.kind, std::string(e.payload.begin(), e.payload.end())});
    return true;
  });
  EXPECT_EQ(events, Events{text("ab")});
}

TEST(Decoder, MovesInTheMiddleOfAMessage) {
  std::string stream = raw({1, "hello ", false}) + raw({0, "world"});
  for (size_t cut = 1; cut != stream.size(); ++cut) {
    std::vector<uint8_t> bytes(stream.begin(), stream.end());
    Scratch scratch;
    Decoder first;
    auto none = [](const Event &) { return ADD_FAILURE(), true; };
    first.feed(std::span(bytes).first(cut), Limits(), scratch, none);
    Decoder second(std::move(first));
    Decoder third;
    third = std::move(second);
    std::string got;
    third.feed(std::span(bytes).subspan(cut), Limits(), scratch,
               [&](const Event &e) {
                 got.assign(e.payload.begin(), e.payload.end());
                 return true;
               });
    ASSERT_EQ(got, "hello world");
  }
}
