//===- LetterCase.h - capital and small letters -----------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_VALUES_LETTERCASE_H
#define PLUMB_RUNTIME_VALUES_LETTERCASE_H

#include "runtime/values/Strings.h"

namespace plumb::rt::values {

/// Unicode's full mappings, without those of a language of its own.
plumb_string *toUpper(std::string_view text) noexcept;
plumb_string *toLower(std::string_view text) noexcept;

/// Unicode's White_Space.
bool isBlank(char32_t point) noexcept;

} // namespace plumb::rt::values

#endif // PLUMB_RUNTIME_VALUES_LETTERCASE_H
