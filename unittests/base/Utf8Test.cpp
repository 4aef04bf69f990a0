//===- Utf8Test.cpp - against a straightforward reference -----------------===//

#include "runtime/base/Utf8.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

using namespace plumb::rt::base;
using Bytes = std::vector<uint8_t>;

namespace {

/// Decodes to a code point and asks whether its encoding is these very bytes:
/// the definition, in another form than the checker's table.
bool reference(const Bytes &bytes) {
  for (size_t at = 0; at < bytes.size();) {
    uint8_t lead = bytes[at];
    size_t size = lead < 0x80             ? 1
                  : (lead & 0xe0) == 0xc0 ? 2
                  : (lead & 0xf0) == 0xe0 ? 3
                  : (lead & 0xf8) == 0xf0 ? 4
                                          : 0;
    if (size == 0 || at + size > bytes.size())
      return false;
    uint32_t point = size == 1 ? lead : lead & (0x7f >> size);
    for (size_t next = 1; next != size; ++next) {
      if ((bytes[at + next] & 0xc0) != 0x80)
        return false;
      point = point << 6 | (bytes[at + next] & 0x3f);
    }
    size_t shortest = point < 0x80      ? 1
                      : point < 0x800   ? 2
                      : point < 0x10000 ? 3
                                        : 4;
    if (size != shortest || point > 0x10ffff ||
        (point >= 0xd800 && point < 0xe000))
      return false;
    at += size;
  }
  return true;
}

/// The checker fed byte by byte.
bool stepwise(const Bytes &bytes) {
  Utf8Checker checker;
  for (const uint8_t &byte : bytes)
    if (!checker.feed({&byte, 1}))
      return false;
  return checker.complete();
}

void check(const Bytes &bytes) {
  bool expected = reference(bytes);
  ASSERT_EQ(isValidUtf8(bytes), expected) << ::testing::PrintToString(bytes);
  ASSERT_EQ(stepwise(bytes), expected) << ::testing::PrintToString(bytes);
}

} // namespace

TEST(Utf8, AllSequencesOfUpToThreeBytes) {
  check({});
  for (int a = 0; a != 256; ++a) {
    check({uint8_t(a)});
    for (int b = 0; b != 256; ++b)
      check({uint8_t(a), uint8_t(b)});
  }
  // All 2^24, without gtest's cost for each.
  Bytes bytes(3);
  size_t wrong = 0;
  for (int a = 0; a != 256; ++a)
    for (int b = 0; b != 256; ++b)
      for (int c = 0; c != 256; ++c) {
        bytes[0] = uint8_t(a), bytes[1] = uint8_t(b), bytes[2] = uint8_t(c);
        bool expected = reference(bytes);
        wrong += isValidUtf8(bytes) != expected;
        wrong += stepwise(bytes) != expected;
      }
  EXPECT_EQ(wrong, 0u);
}

TEST(Utf8, FourBytesAtTheBoundaries) {
  const uint8_t edges[] = {0x00, 0x7f, 0x80, 0x81, 0x8f, 0x90,
                           0x9f, 0xa0, 0xbf, 0xc0, 0xff};
  for (int a = 0xed; a != 256; ++a)
    for (int b = 0; b != 256; ++b)
      for (uint8_t c : edges)
        for (uint8_t d : edges) {
          check({uint8_t(a), uint8_t(b), c, d});
          check({'x', uint8_t(a), uint8_t(b), c, d, 'y'});
        }
}

TEST(Utf8, ACharacterAndItsCodePoint) {
  using namespace std::literals;
  EXPECT_EQ(firstCharacter("a€"), 1u);
  EXPECT_EQ(firstCharacter("\0x"sv), 1u);
  EXPECT_EQ(firstCharacter("é!"), 2u);
  EXPECT_EQ(firstCharacter("€"), 3u);
  EXPECT_EQ(firstCharacter("\U0010ffff"), 4u);
  for (std::string_view none : {"\xe2\x82"sv, "\x80"sv, "\xc0\x80"sv,
                                "\xed\xa0\x80"sv, "\xf4\x90\x80\x80"sv})
    EXPECT_EQ(firstCharacter(none), 0u) << none;
  EXPECT_EQ(codePoint("a"), U'a');
  EXPECT_EQ(codePoint("é"), U'é');
  EXPECT_EQ(codePoint("€"), U'€');
  EXPECT_EQ(codePoint("\U0010ffff"), U'\U0010ffff');
}

TEST(Utf8, FailsAtTheFirstByteThatNoneCanMend) {
  // Every prefix that the checker accepts must have a valid continuation.
  const char *tails[] = {"",         "\x80",         "\xbf",        "\x80\x80",
                         "\xbf\xbf", "\x80\x80\x80", "\xbf\xbf\xbf"};
  for (int a = 0; a != 256; ++a)
    for (int b = 0; b != 256; ++b)
      for (size_t size : {1, 2}) {
        Bytes bytes{uint8_t(a), uint8_t(b)};
        bytes.resize(size);
        bool mendable = false;
        for (std::string_view tail : tails) {
          Bytes whole = bytes;
          whole.insert(whole.end(), tail.begin(), tail.end());
          mendable |= reference(whole);
        }
        Utf8Checker checker;
        ASSERT_EQ(checker.feed(bytes), mendable) << a << " " << b;
        if (!mendable) { // And it stays so.
          ASSERT_FALSE(checker.feed({}));
          ASSERT_FALSE(checker.feed(asBytes("fine")));
          ASSERT_FALSE(checker.complete());
        }
      }
}

TEST(Utf8, LongTextsInPieces) {
  std::mt19937 random(11);
  const char *parts[] = {"plain ascii text of some length, ", "\xc3\xa9",
                         "\xe2\x82\xac", "\xf0\x9f\x98\x80", "x"};
  for (int round = 0; round != 3000; ++round) {
    std::string textual;
    for (int count = int(random() % 30); count != 0; --count)
      textual += parts[random() % 5];
    if (random() % 2 && !textual.empty()) // Damage one byte.
      textual[random() % textual.size()] = char(random());
    Bytes bytes(textual.begin(), textual.end());
    check(bytes);
    bool expected = reference(bytes), ok = true;
    Utf8Checker checker;
    for (size_t at = 0; at != bytes.size();) {
      size_t size = std::min<size_t>(1 + random() % 40, bytes.size() - at);
      ok = ok && checker.feed({bytes.data() + at, size});
      at += size;
    }
    ASSERT_EQ(ok && checker.complete(), expected);

    size_t prefix = validUtf8Prefix(bytes);
    Bytes good(bytes.begin(), bytes.begin() + ptrdiff_t(prefix));
    ASSERT_TRUE(reference(good));
    for (size_t more = 1; more <= 4 && prefix + more <= bytes.size(); ++more) {
      Bytes longer(bytes.begin(), bytes.begin() + ptrdiff_t(prefix + more));
      ASSERT_FALSE(reference(longer)); // None longer is valid.
    }
  }
}

TEST(Utf8, RepairsText) {
  EXPECT_EQ(toUtf8(""), "");
  EXPECT_EQ(toUtf8("h\xc3\xa9"), "h\xc3\xa9");
  EXPECT_EQ(toUtf8("a\xff-\xe2\x82"), "a\xef\xbf\xbd-\xef\xbf\xbd\xef\xbf\xbd");
}
