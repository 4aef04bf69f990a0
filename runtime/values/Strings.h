//===- Strings.h - strings and what builds them -----------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_VALUES_STRINGS_H
#define PLUMB_RUNTIME_VALUES_STRINGS_H

#include "runtime/values/Object.h"

#include <cstring>
#include <string_view>

namespace plumb::rt::values {

inline std::string_view viewOf(const plumb_string *string) noexcept {
  return {reinterpret_cast<const char *>(string->data), string->length};
}
inline std::string_view viewOf(const plumb_str *text) noexcept {
  return {reinterpret_cast<const char *>(text->data), text->len};
}

/// Bytes that there is room for at `data`.
inline uint64_t capacityOf(const plumb_string *string) noexcept {
  return uint64_t(string->header.tag) * 8;
}

/// Immortal.
plumb_string *emptyString() noexcept;
/// A string of `length` bytes that are to be set.
plumb_string *newString(uint64_t length, uint64_t capacity = 0) noexcept;
plumb_string *copyString(std::string_view text) noexcept;

/// The string with `text` at its end, in place when nobody else has it; room
/// doubles. Consumes the string; `text` may be of it.
plumb_string *appendText(plumb_string *string, std::string_view text) noexcept;

/// The string with room for more; consumes it, and nobody else may have it.
plumb_string *reserve(plumb_string *string, uint64_t capacity) noexcept;

/// Collects text.
class Builder {
public:
  Builder() noexcept = default;
  explicit Builder(uint64_t capacity) noexcept
      : string(newString(0, capacity)) {}
  ~Builder() {
    if (string)
      drop(string);
  }
  Builder(const Builder &) = delete;
  Builder &operator=(const Builder &) = delete;

  void add(std::string_view text) noexcept {
    if (!string || capacityOf(string) - string->length < text.size())
      return addSlowly(text);
    std::memcpy(string->data + string->length, text.data(), text.size());
    string->length += text.size();
  }
  void add(char c) noexcept { add(std::string_view(&c, 1)); }
  void addInt(int64_t number) noexcept;
  void addFloat(double number) noexcept;

  /// Who calls it owns what has been collected.
  plumb_string *take() noexcept {
    plumb_string *taken = string ? string : emptyString();
    string = nullptr;
    return taken;
  }

private:
  void addSlowly(std::string_view text) noexcept;

  plumb_string *string = nullptr;
};

} // namespace plumb::rt::values

#endif // PLUMB_RUNTIME_VALUES_STRINGS_H
