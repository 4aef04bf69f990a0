//===- LetterCase.cpp - capital and small letters -------------------------===//

#include "runtime/values/LetterCase.h"
#include "runtime/base/Utf8.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <span>

namespace plumb::rt::values {

namespace {
/// Each `step`-th code point from `first` to `last` becomes one `distance` off.
struct CaseRange {
  char32_t first, last;
  uint32_t step;
  int32_t distance;
};
/// One that becomes several.
struct CaseSpecial {
  char32_t point;
  char32_t to[3]; // 0 at the end
};
} // namespace

#include "LetterCases.inc"

static void addPoint(Builder &text, char32_t point) noexcept {
  auto byte = [](char32_t bits) { return static_cast<char>(bits); };
  auto more = [&](int shift) { return byte(0x80 | (point >> shift & 0x3f)); };
  char bytes[4];
  size_t size;
  if (point < 0x80) {
    bytes[0] = byte(point), size = 1;
  } else if (point < 0x800) {
    bytes[0] = byte(0xc0 | point >> 6), bytes[1] = more(0), size = 2;
  } else if (point < 0x10000) {
    bytes[0] = byte(0xe0 | point >> 12), bytes[1] = more(6), bytes[2] = more(0);
    size = 3;
  } else {
    bytes[0] = byte(0xf0 | point >> 18), bytes[1] = more(12);
    bytes[2] = more(6), bytes[3] = more(0), size = 4;
  }
  text.add({bytes, size});
}

static char32_t mapped(std::span<const CaseRange> ranges,
                       char32_t point) noexcept {
  auto range = std::lower_bound(
      ranges.begin(), ranges.end(), point,
      [](const CaseRange &r, char32_t p) { return r.last < p; });
  if (range == ranges.end() || range->first > point ||
      (point - range->first) % range->step != 0)
    return point;
  return static_cast<char32_t>(static_cast<int32_t>(point) + range->distance);
}

static const CaseSpecial *special(std::span<const CaseSpecial> table,
                                  char32_t point) noexcept {
  auto found = std::lower_bound(
      table.begin(), table.end(), point,
      [](const CaseSpecial &s, char32_t p) { return s.point < p; });
  return found != table.end() && found->point == point ? &*found : nullptr;
}

static void addMapped(Builder &text, std::span<const CaseRange> ranges,
                      std::span<const CaseSpecial> specials,
                      std::string_view character) noexcept {
  char32_t point = base::codePoint(character);
  if (const CaseSpecial *several = special(specials, point)) {
    for (char32_t to : several->to)
      if (to)
        addPoint(text, to);
    return;
  }
  char32_t to = mapped(ranges, point);
  if (to == point)
    text.add(character);
  else
    addPoint(text, to);
}

/// Calls each(character, where it begins) for what is not ASCII, and takes care
/// of what is.
template <typename Each>
static plumb_string *convert(std::string_view text, char from, int distance,
                             Each &&each) noexcept {
  Builder result(text.size());
  for (size_t at = 0; at < text.size();) {
    char c = text[at];
    if (static_cast<unsigned char>(c) < 0x80) {
      bool changes = c >= from && c <= from + 25;
      result.add(changes ? static_cast<char>(c + distance) : c);
      ++at;
      continue;
    }
    size_t size = std::max<size_t>(base::firstCharacter(text.substr(at)), 1);
    each(result, text.substr(at, size), at);
    at += size;
  }
  return result.take();
}

plumb_string *toUpper(std::string_view text) noexcept {
  return convert(text, 'a', 'A' - 'a',
                 [](Builder &result, std::string_view character, size_t) {
                   addMapped(result, upperCase, upperCaseSpecial, character);
                 });
}

static bool hasCase(char32_t point) noexcept {
  if (point < 0x80)
    return (point | 0x20) >= 'a' && (point | 0x20) <= 'z';
  return mapped(upperCase, point) != point ||
         mapped(lowerCase, point) != point ||
         special(upperCaseSpecial, point) || special(lowerCaseSpecial, point);
}

/// What may stand within a word without being a letter.
static bool isIgnored(char32_t point) noexcept {
  return point == '\'' || point == '.' || point == ':' || point == 0xad ||
         point == 0x2019 || (point >= 0x300 && point <= 0x36f);
}

/// Whether a sigma between the two ends a word.
static bool endsWord(std::string_view before, std::string_view after) noexcept {
  char32_t point;
  do {
    if (before.empty())
      return false;
    size_t at = before.size() - 1;
    while (at > 0 && (static_cast<unsigned char>(before[at]) & 0xc0) == 0x80)
      --at;
    point = base::codePoint(before.substr(at));
    before = before.substr(0, at);
  } while (isIgnored(point));
  if (!hasCase(point))
    return false;
  do {
    if (after.empty())
      return true;
    size_t size = std::max<size_t>(base::firstCharacter(after), 1);
    point = base::codePoint(after.substr(0, size));
    after = after.substr(size);
  } while (isIgnored(point));
  return !hasCase(point);
}

plumb_string *toLower(std::string_view text) noexcept {
  return convert(
      text, 'A', 'a' - 'A',
      [text](Builder &result, std::string_view character, size_t at) {
        if (base::codePoint(character) == U'Σ' &&
            endsWord(text.substr(0, at), text.substr(at + character.size())))
          return addPoint(result, U'ς');
        addMapped(result, lowerCase, lowerCaseSpecial, character);
      });
}

bool isBlank(char32_t point) noexcept {
  return (point >= 9 && point <= 13) || point == ' ' || point == 0x85 ||
         point == 0xa0 || point == 0x1680 ||
         (point >= 0x2000 && point <= 0x200a) || point == 0x2028 ||
         point == 0x2029 || point == 0x202f || point == 0x205f ||
         point == 0x3000;
}

} // namespace plumb::rt::values
