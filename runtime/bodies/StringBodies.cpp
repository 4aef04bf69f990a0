//===- StringBodies.cpp - the bodies of family `string` -------------------===//

#include "plumb/string.bodies.h"
#include "runtime/base/Utf8.h"
#include "runtime/values/LetterCase.h"
#include "runtime/values/List.h"
#include "runtime/values/Sequence.h"
#include "runtime/values/Strings.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string>

using namespace plumb::rt;
using namespace plumb::rt::values;

static bool beginsCharacter(char c) {
  return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
}

PLUMB_BODY(string, concat) { return appendText(left, viewOf(right)); }

PLUMB_BODY(string, length) {
  return std::ranges::count_if(viewOf(text), beginsCharacter);
}

/// Where the next character begins.
static size_t following(std::string_view text, size_t at) {
  do
    ++at;
  while (at < text.size() && !beginsCharacter(text[at]));
  return at;
}

/// Where code point `index` begins, or the end.
static size_t offsetOf(std::string_view text, int64_t index) {
  size_t at = 0;
  for (; index > 0 && at < text.size(); --index)
    at = following(text, at);
  return at;
}

PLUMB_BODY(string, slice) {
  from = std::max<int64_t>(from, 0);
  if (to <= from)
    return emptyString();
  std::string_view rest = viewOf(text);
  rest.remove_prefix(offsetOf(rest, from));
  return copyString(rest.substr(0, offsetOf(rest, to - from)));
}

PLUMB_BODY(string, contains) {
  return viewOf(text).find(viewOf(part)) != std::string_view::npos;
}

PLUMB_BODY(string, starts_with) {
  return viewOf(text).starts_with(viewOf(prefix));
}

PLUMB_BODY(string, ends_with) { return viewOf(text).ends_with(viewOf(suffix)); }

static std::string_view trimmed(std::string_view text) {
  while (!text.empty()) {
    size_t next = following(text, 0);
    if (!isBlank(base::codePoint(text.substr(0, next))))
      break;
    text.remove_prefix(next);
  }
  while (!text.empty()) {
    size_t at = text.size() - 1;
    while (at > 0 && !beginsCharacter(text[at]))
      --at;
    if (!isBlank(base::codePoint(text.substr(at))))
      break;
    text.remove_suffix(text.size() - at);
  }
  return text;
}

PLUMB_BODY(string, trim) { return copyString(trimmed(viewOf(text))); }

PLUMB_BODY(string, to_upper) { return toUpper(viewOf(text)); }

PLUMB_BODY(string, to_lower) { return toLower(viewOf(text)); }

PLUMB_BODY(string, replace) {
  std::string_view rest = viewOf(text), wanted = viewOf(old),
                   with = viewOf(replacement);
  Builder result(rest.size());
  if (wanted.empty()) {
    while (!rest.empty()) {
      size_t next = following(rest, 0);
      result.add(with);
      result.add(rest.substr(0, next));
      rest.remove_prefix(next);
    }
    result.add(with);
    return result.take();
  }
  for (size_t at; (at = rest.find(wanted)) != std::string_view::npos;) {
    result.add(rest.substr(0, at));
    result.add(with);
    rest.remove_prefix(at + wanted.size());
  }
  result.add(rest);
  return result.take();
}

PLUMB_BODY(string, split) {
  std::string_view rest = viewOf(text), cut = viewOf(separator);
  plumb_list *parts = newList(0, PLUMB_OBJECT);
  auto add = [&](std::string_view part) {
    parts = push(parts, slotOf(copyString(part)), PLUMB_OBJECT);
  };
  if (cut.empty()) {
    while (!rest.empty()) {
      size_t next = following(rest, 0);
      add(rest.substr(0, next));
      rest.remove_prefix(next);
    }
    return parts;
  }
  for (size_t at; (at = rest.find(cut)) != std::string_view::npos;) {
    add(rest.substr(0, at));
    rest.remove_prefix(at + cut.size());
  }
  add(rest);
  return parts;
}

PLUMB_BODY(string, join) {
  std::string_view between = viewOf(separator);
  uint64_t size = 0;
  for (plumb_slot part : elementsOf(parts))
    size += objectOf<plumb_string>(part)->length + between.size();
  Builder result(size);
  bool isFirst = true;
  for (plumb_slot part : elementsOf(parts)) {
    if (!isFirst)
      result.add(between);
    isFirst = false;
    result.add(viewOf(objectOf<plumb_string>(part)));
  }
  return result.take();
}

static plumb_option *none() {
  return reinterpret_cast<plumb_option *>(&plumb_none);
}

/// Without a plus sign, which std::from_chars does not know; none when a sign
/// follows it.
static std::string_view withoutPlus(std::string_view text) {
  if (!text.starts_with('+'))
    return text;
  text.remove_prefix(1);
  return text.starts_with('-') ? std::string_view() : text;
}

PLUMB_BODY(string, to_int) {
  std::string_view digits = withoutPlus(trimmed(viewOf(text)));
  int64_t number = 0;
  const char *end = digits.data() + digits.size();
  auto [at, error] = std::from_chars(digits.data(), end, number);
  if (error != std::errc() || at != end)
    return none();
  return plumb_new_some(static_cast<plumb_slot>(number), PLUMB_INT);
}

PLUMB_BODY(string, to_float) {
  std::string_view digits = withoutPlus(trimmed(viewOf(text)));
  // "nan(1)" is one for the library.
  if (digits.find('(') != std::string_view::npos)
    return none();
  double number = 0;
  const char *end = digits.data() + digits.size();
  auto [at, error] = std::from_chars(digits.data(), end, number);
  if (at != end ||
      (error != std::errc() && error != std::errc::result_out_of_range))
    return none();
  if (error == std::errc::result_out_of_range) {
    // Which of the two it is, strtod says: too large, or too near to 0.
    std::string copy(digits);
    number = std::strtod(copy.c_str(), nullptr);
  }
  return plumb_new_some(slotOf(number), PLUMB_FLOAT);
}

PLUMB_BODY(string, collect) {
  Builder result;
  eachOf(iter, [&](plumb_slot part) {
    result.add(viewOf(objectOf<plumb_string>(part)));
    dropSlot(part, PLUMB_OBJECT);
  });
  return result.take();
}
