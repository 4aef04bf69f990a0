//===- StrBodies.cpp - the bodies of family `str` -------------------------===//

#include "plumb/Runtime/Text.h"
#include "plumb/str.bodies.h"
#include "runtime/base/Number.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <new>

using namespace plumb::rt;

/// The boundary of a UTF-8 sequence at or before `position`.
static size_t boundary(std::string_view text, int64_t position) {
  size_t at = static_cast<size_t>(
      std::clamp<int64_t>(position, 0, static_cast<int64_t>(text.size())));
  while (at > 0 && at < text.size() &&
         (static_cast<uint8_t>(text[at]) & 0xc0) == 0x80)
    --at;
  return at;
}

PLUMB_BODY(str, concat) {
  if (left->len > SIZE_MAX / 4 || right->len > SIZE_MAX / 4)
    throw std::bad_alloc();
  plumb_str *both = newStr(left->len + right->len);
  if (left->len)
    std::memcpy(both->data, left->data, left->len);
  if (right->len)
    std::memcpy(both->data + left->len, right->data, right->len);
  return both;
}

PLUMB_BODY(str, length) { return static_cast<int64_t>(text->len); }

PLUMB_BODY(str, equal) { return view(left) == view(right); }

PLUMB_BODY(str, contains) {
  return view(text).find(view(part)) != std::string_view::npos;
}

PLUMB_BODY(str, starts_with) { return view(text).starts_with(view(prefix)); }

PLUMB_BODY(str, slice) {
  size_t from = boundary(view(text), begin), to = boundary(view(text), end);
  if (to <= from)
    return emptyStr();
  return copyStr({view(text).data() + from, to - from});
}

PLUMB_BODY(str, split) {
  std::string_view rest = view(text), cut = view(separator);
  if (index < 0)
    return emptyStr();
  if (cut.empty())
    return index == 0 ? copyStr(rest) : emptyStr();
  for (; index > 0; --index) {
    size_t at = rest.find(cut);
    if (at == std::string_view::npos)
      return emptyStr();
    rest.remove_prefix(at + cut.size());
  }
  return copyStr(rest.substr(0, rest.find(cut)));
}

PLUMB_BODY(str, from_int) {
  char digits[24];
  auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  return copyStr({digits, static_cast<size_t>(end - digits)});
}

PLUMB_BODY(str, to_int) {
  return base::parseNumber<int64_t>(view(text)).value_or(fallback);
}
