//===- OptionValue.h - options as texts -------------------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_ABI_OPTIONVALUE_H
#define PLUMB_RUNTIME_ABI_OPTIONVALUE_H

#include "runtime/base/Choice.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace plumb::rt {

/// Each reads `text` into `value` and returns "" or, with the value untouched,
/// what it must be instead: "a whole number from 1 to 256".
std::string readInteger(std::string_view text, int64_t min, int64_t max,
                        int64_t &value);
/// The value is the word's place, from 0.
std::string readChoice(std::string_view text, base::Choice words, int &value);

} // namespace plumb::rt

#endif // PLUMB_RUNTIME_ABI_OPTIONVALUE_H
