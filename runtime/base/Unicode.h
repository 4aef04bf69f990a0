//===- Unicode.h - code points that a reader does not see -------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_BASE_UNICODE_H
#define PLUMB_RUNTIME_BASE_UNICODE_H

#include <algorithm>
#include <iterator>

namespace plumb::rt::base {

/// What shows nothing of its own but can end a line, turn the text after it
/// around, hide, or be a command: Unicode's Cc, Cf, Zl, Zp and Cs, everything
/// that is Default_Ignorable_Code_Point (of Unicode 16, and what is reserved
/// for it), noncharacters, and what is over U+10FFFF.
constexpr bool isInvisible(char32_t point) noexcept {
  struct Range {
    char32_t first, last;
  };
  constexpr Range ranges[] = {
      {0x0, 0x1f},        {0x7f, 0x9f},       {0xad, 0xad},
      {0x34f, 0x34f},     {0x600, 0x605},     {0x61c, 0x61c},
      {0x6dd, 0x6dd},     {0x70f, 0x70f},     {0x890, 0x891},
      {0x8e2, 0x8e2},     {0x115f, 0x1160},   {0x17b4, 0x17b5},
      {0x180b, 0x180f},   {0x200b, 0x200f},   {0x2028, 0x202e},
      {0x2060, 0x206f},   {0x3164, 0x3164},   {0xd800, 0xdfff},
      {0xfdd0, 0xfdef},   {0xfe00, 0xfe0f},   {0xfeff, 0xfeff},
      {0xffa0, 0xffa0},   {0xfff0, 0xfffb},   {0x110bd, 0x110bd},
      {0x110cd, 0x110cd}, {0x13430, 0x1343f}, {0x1bca0, 0x1bca3},
      {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff}};
  if ((point & 0xfffe) == 0xfffe || point > 0x10ffff)
    return true;
  const Range *range =
      std::lower_bound(std::begin(ranges), std::end(ranges), point,
                       [](const Range &r, char32_t p) { return r.last < p; });
  return range != std::end(ranges) && range->first <= point;
}

} // namespace plumb::rt::base

#endif // PLUMB_RUNTIME_BASE_UNICODE_H
