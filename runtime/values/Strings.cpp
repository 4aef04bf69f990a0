//===- Strings.cpp - strings and what builds them -------------------------===//

#include "runtime/values/Strings.h"
#include "runtime/values/Fail.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace plumb::rt::values {

plumb_string *emptyString() noexcept {
  static plumb_string empty = {{PLUMB_IMMORTAL, 0, &plumb_type_string}, 0, {}};
  return &empty;
}

/// What the tag can say.
static constexpr uint64_t maxLength = (uint64_t(1) << 35) - 64;

plumb_string *newString(uint64_t length, uint64_t capacity) noexcept {
  if (length > maxLength)
    fail("out of memory");
  // All the room that the memory has anyway.
  capacity = roundedSize(std::max({length, capacity, uint64_t(8)}));
  auto *string =
      make<plumb_string>(plumb_type_string, sizeof(plumb_string) + capacity);
  string->header.tag = static_cast<uint32_t>(capacity / 8);
  string->length = length;
  return string;
}

plumb_string *copyString(std::string_view text) noexcept {
  if (text.empty())
    return emptyString();
  plumb_string *string = newString(text.size());
  std::memcpy(string->data, text.data(), text.size());
  return string;
}

plumb_string *reserve(plumb_string *string, uint64_t capacity) noexcept {
  if (capacity > maxLength)
    fail("out of memory");
  capacity = roundedSize(capacity);
  string = static_cast<plumb_string *>(
      resize(string, sizeof(plumb_string) + capacityOf(string),
             sizeof(plumb_string) + capacity));
  string->header.tag = static_cast<uint32_t>(capacity / 8);
  return string;
}

plumb_string *appendText(plumb_string *string, std::string_view text) noexcept {
  if (text.empty())
    return string;
  uint64_t length = string->length + text.size();
  if (length > maxLength)
    fail("out of memory");
  if (!isUnique(string)) {
    if (string->length == 0) {
      plumb_string *copy = copyString(text);
      drop(string);
      return copy;
    }
    // It is likely to grow on: twice as much, but not for what is added once to
    // something long.
    plumb_string *both =
        newString(length, length + std::min<uint64_t>(length, 64));
    std::memcpy(both->data, string->data, string->length);
    std::memcpy(both->data + string->length, text.data(), text.size());
    drop(string);
    return both;
  }
  if (capacityOf(string) < length) {
    bool isOwn = text.data() >= viewOf(string).data() &&
                 text.data() <= viewOf(string).data() + string->length;
    ptrdiff_t offset = isOwn ? text.data() - viewOf(string).data() : 0;
    string = reserve(
        string, std::max(length, std::min(capacityOf(string) * 2, maxLength)));
    if (isOwn)
      text = {viewOf(string).data() + offset, text.size()};
  }
  std::memcpy(string->data + string->length, text.data(), text.size());
  string->length = length;
  return string;
}

void Builder::addSlowly(std::string_view text) noexcept {
  if (!string)
    string = newString(0, std::max<size_t>(text.size(), 32));
  string = appendText(string, text);
}

void Builder::addInt(int64_t number) noexcept {
  char digits[24];
  auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  add({digits, static_cast<size_t>(end - digits)});
}

void Builder::addFloat(double number) noexcept {
  if (std::isnan(number))
    return add("NaN");
  if (std::isinf(number))
    return add(number < 0 ? "-inf" : "inf");
  // DBL_MAX has 309 digits, and the smallest number 324 places and few digits.
  char digits[400];
  auto end = std::to_chars(digits, digits + sizeof digits, number,
                           std::chars_format::fixed)
                 .ptr;
  add({digits, static_cast<size_t>(end - digits)});
}

} // namespace plumb::rt::values

using namespace plumb::rt::values;

plumb_string *plumb_copy_text(const plumb_str *text) noexcept {
  return copyString(viewOf(text));
}
plumb_string *plumb_new_string(const char *bytes, uint64_t length) noexcept {
  return copyString({bytes, length});
}
