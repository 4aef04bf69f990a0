//===- Utf8.cpp - UTF-8 validation ----------------------------------------===//

#include "runtime/base/Utf8.h"

#include "runtime/base/Unaligned.h"

using namespace plumb::rt::base;

namespace {

/// What a lead byte demands (Unicode table 3-7): how many bytes follow, and
/// the range of the first of them; all others are 80..BF.
struct Lead {
  uint8_t follow, lower, upper;
};

constexpr uint8_t invalid = 0xff;

inline Lead classify(uint8_t lead) {
  if (lead < 0x80)
    return {0, 0, 0};
  if (lead < 0xc2) // A continuation byte, or an overlong form of ASCII.
    return {invalid, 0, 0};
  if (lead < 0xe0)
    return {1, 0x80, 0xbf};
  if (lead < 0xf0) // E0: no overlong forms; ED: no surrogates.
    return {2, uint8_t(lead == 0xe0 ? 0xa0 : 0x80),
            uint8_t(lead == 0xed ? 0x9f : 0xbf)};
  if (lead < 0xf5) // F0: no overlong forms; F4: up to U+10FFFF.
    return {3, uint8_t(lead == 0xf0 ? 0x90 : 0x80),
            uint8_t(lead == 0xf4 ? 0x8f : 0xbf)};
  return {invalid, 0, 0};
}

inline bool continues(uint8_t byte) { return (byte & 0xc0) == 0x80; }

/// Skips ASCII, 64 or 16 bytes a step.
inline const uint8_t *skipAscii(const uint8_t *at, const uint8_t *end) {
  using Vector = uint64_t __attribute__((vector_size(16)));
  constexpr uint64_t high = 0x8080808080808080u;
  for (; end - at >= 64; at += 64) {
    Vector any = load<Vector>(at) | load<Vector>(at + 16) |
                 load<Vector>(at + 32) | load<Vector>(at + 48);
    if (((any[0] | any[1]) & high) != 0)
      break;
  }
  while (end - at >= 16 &&
         ((load<uint64_t>(at) | load<uint64_t>(at + 8)) & high) == 0)
    at += 16;
  while (at != end && *at < 0x80)
    ++at;
  return at;
}

/// Whether a character begins at `at`, whose lead this is, and is all there.
inline bool isWhole(const uint8_t *at, const uint8_t *end, Lead lead) {
  return lead.follow == 0 ||
         (lead.follow != invalid && end - at > lead.follow &&
          at[1] >= lead.lower && at[1] <= lead.upper &&
          (lead.follow < 2 || continues(at[2])) &&
          (lead.follow < 3 || continues(at[3])));
}

/// Skips whole, valid characters; stops at the end, at an invalid one, or at
/// one that `end` cuts.
inline const uint8_t *skipCharacters(const uint8_t *at, const uint8_t *end) {
  while ((at = skipAscii(at, end)) != end) {
    do { // Such characters come in runs: stay here while they do.
      Lead lead = classify(*at);
      if (!isWhole(at, end, lead))
        return at;
      at += lead.follow + 1;
    } while (at != end && *at >= 0x80);
  }
  return at;
}

} // namespace

bool Utf8Checker::feed(std::span<const uint8_t> bytes) noexcept {
  const uint8_t *at = bytes.data(), *end = at + bytes.size();
  while (at != end) {
    if (need == 0) {
      at = skipCharacters(at, end);
      if (at == end)
        return true;
      Lead lead = classify(*at++);
      need = lead.follow;
      lower = lead.lower;
      upper = lead.upper;
    } else if (need != invalid && *at >= lower && *at <= upper) {
      ++at;
      --need;
      lower = 0x80;
      upper = 0xbf;
    } else {
      need = invalid;
    }
    if (need == invalid)
      return false;
  }
  return need != invalid;
}

size_t
plumb::rt::base::validUtf8Prefix(std::span<const uint8_t> bytes) noexcept {
  const uint8_t *begin = bytes.data();
  return skipCharacters(begin, begin + bytes.size()) - begin;
}

size_t plumb::rt::base::firstCharacter(std::string_view text) noexcept {
  std::span<const uint8_t> bytes = asBytes(text);
  Lead lead = classify(bytes[0]);
  return isWhole(bytes.data(), bytes.data() + bytes.size(), lead)
             ? lead.follow + 1u
             : 0;
}

char32_t plumb::rt::base::codePoint(std::string_view character) noexcept {
  char32_t point = static_cast<uint8_t>(character[0]);
  if (character.size() > 1)
    point &= 0xffu >> (character.size() + 1);
  for (uint8_t byte : asBytes(character.substr(1)))
    point = point << 6 | (byte & 0x3f);
  return point;
}

bool plumb::rt::base::isValidUtf8(std::span<const uint8_t> bytes) noexcept {
  return validUtf8Prefix(bytes) == bytes.size();
}

std::string plumb::rt::base::toUtf8(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  while (true) {
    size_t valid = validUtf8Prefix(asBytes(bytes));
    text += bytes.substr(0, valid);
    if (valid == bytes.size())
      return text;
    text += "\xef\xbf\xbd"; // U+FFFD
    bytes.remove_prefix(valid + 1);
  }
}
