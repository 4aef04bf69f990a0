//===- Utf8.cpp - UTF-8 validation ----------------------------------------===//

#include "runtime/wire/Utf8.h"

#include "runtime/wire/Mask.h"

using namespace plumb::rt::wire;

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
    Vector any = detail::load<Vector>(at) | detail::load<Vector>(at + 16) |
                 detail::load<Vector>(at + 32) | detail::load<Vector>(at + 48);
    if (((any[0] | any[1]) & high) != 0)
      break;
  }
  while (end - at >= 16 &&
         ((detail::load<uint64_t>(at) | detail::load<uint64_t>(at + 8)) &
          high) == 0)
    at += 16;
  while (at != end && *at < 0x80)
    ++at;
  return at;
}

/// Skips whole, valid characters; stops at the end, at an invalid one, or at
/// one that `end` cuts.
inline const uint8_t *skipCharacters(const uint8_t *at, const uint8_t *end) {
  while ((at = skipAscii(at, end)) != end) {
    do { // Such characters come in runs: stay here while they do.
      Lead lead = classify(*at);
      if (lead.follow == invalid || end - at <= lead.follow ||
          at[1] < lead.lower || at[1] > lead.upper ||
          (lead.follow > 1 && !continues(at[2])) ||
          (lead.follow > 2 && !continues(at[3])))
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
plumb::rt::wire::validUtf8Prefix(std::span<const uint8_t> bytes) noexcept {
  const uint8_t *begin = bytes.data();
  return skipCharacters(begin, begin + bytes.size()) - begin;
}

bool plumb::rt::wire::isValidUtf8(std::span<const uint8_t> bytes) noexcept {
  return validUtf8Prefix(bytes) == bytes.size();
}

std::string plumb::rt::wire::toUtf8(std::string_view bytes) {
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
